"""An act is recorded once, in the member's own order, and promised at once."""

import json
import secrets
from datetime import UTC, date, datetime, timedelta

import pytest

from fairline.core.transactions import writing
from fairline.ledger import acts, keeping, queries, services
from fairline.ledger.checkpoints import ACTS
from fairline.ledger.errors import CounterTakenError, PromiseError, UnknownRecordError
from fairline.seal.primitives import H, b64, public_key, sign
from support.records import FOUNDED

pytestmark = pytest.mark.django_db

SEED, MEMBER = secrets.token_bytes(32), secrets.token_bytes(16)
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def what(counter, **more):
    return json.dumps({"act": "set aside", "member": b64(MEMBER), "counter": counter, **more}).encode()


def act(record, counter, when=NOON, **more):
    text = what(counter, **more)
    with writing():
        return services.record_act(record.office, text, sign(SEED, "act", text), when, signer=public_key(SEED))


def test_an_act_is_promised_and_stands_in_the_log_after_the_night(record):
    promise = act(record, 1)
    promise.check(record.keys.promise)
    assert (promise.day, len(promise.leaf)) == (str(FOUNDED), 32)
    services.publish_day(record.office, FOUNDED)
    proof = queries.inclusion(promise)
    assert queries.read(proof.checkpoint).size == proof.size == 256
    assert keeping.log_of(promise) == ACTS


def test_the_auditor_reads_every_row_and_outsiders_none(record):
    act(record, 1)
    services.publish_day(record.office, FOUNDED)
    rows = list(queries.rows(record.office, FOUNDED))
    assert len(rows) == 256
    assert [row.number for row in rows[:2]] == [1, None]
    assert acts.parse_row(rows[0].row).what == what(1)
    assert {acts.parse_row(row.row).act().act for row in rows[1:]} == {"fill"}
    assert all(H(row.row) == row.entry for row in rows)


def test_the_same_counter_twice_or_a_gap_is_refused_and_changes_nothing(record):
    act(record, 1)
    for counter in (1, 3):
        with pytest.raises(CounterTakenError, match="act-counter"):
            act(record, counter, reason="another window")
    assert queries.next_counter(record.office, MEMBER) == 2
    act(record, 2)
    assert queries.next_counter(record.office, MEMBER) == 3


def test_an_act_that_its_member_did_not_sign_is_refused(record):
    text = what(1)
    with writing(), pytest.raises(PromiseError, match="act-signature"):
        services.record_act(record.office, text, sign(bytes(32), "act", text), NOON, signer=public_key(SEED))
    with writing(), pytest.raises(PromiseError, match="act-signature"):
        services.record_act(record.office, text, None, NOON, signer=public_key(SEED))


def test_what_is_no_act_is_refused(record):
    with writing(), pytest.raises(PromiseError, match="act-shape"):
        services.record_act(record.office, b"[]", None, NOON)


def test_the_machine_acts_in_its_own_name_without_counter(record):
    for _ in range(2):
        with writing():
            services.record_act(record.office, b'{"act":"clock stopped"}', None, NOON)
    assert [row.number for row in queries.rows(record.office, FOUNDED)] == [1, 2]


def test_an_act_after_its_day_was_closed_is_promised_for_the_next(record):
    services.publish_day(record.office, FOUNDED)
    assert act(record, 1).day == str(FOUNDED + timedelta(days=1))


def test_the_day_of_an_act_is_the_office_s(record):
    services.move(record.office, "Pacific/Auckland")
    assert act(record, 1).day == str(date(2026, 3, 3))


def test_a_root_document_is_an_entry_itself(record):
    with writing():
        promise = services.record_document(record.office, b'{"kind":"root"}', NOON)
    assert promise.leaf == H(b'{"kind":"root"}')


def test_an_office_without_record_records_nothing(database):
    with writing(), pytest.raises(UnknownRecordError, match="record-unknown"):
        services.record_act(bytes(16), b'{"act":"triage"}', None, NOON)


def act_and_fail(record):
    with writing():
        services.record_act(record.office, b'{"act":"clock stopped"}', None, NOON)
        raise LookupError


def test_an_act_undone_with_its_transaction_leaves_no_gap(record):
    with pytest.raises(LookupError):
        act_and_fail(record)
    act(record, 1)
    assert [row.number for row in queries.rows(record.office, FOUNDED)] == [1]
