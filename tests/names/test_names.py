"""A name under seal: asked for by who is assigned, answered by custodians, handed over to the asker alone."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import timedelta

import pytest
from django.apps import apps

from cases.casework import NOW, TODAY
from fairline.core import erasure
from fairline.ledger.acts import parse_row
from fairline.line.models import SealedFile
from fairline.names import queries
from fairline.names.erasure import shred_answers, shred_requests
from fairline.names.models import Answer, NameRequest
from fairline.seal.primitives import b64, unb64
from names.keeping import Named, acts_of, refusal

pytestmark = pytest.mark.django_db
LAST = TODAY + timedelta(days=30)


def test_asked_for_told_and_handed_over_to_the_asker_alone(named):
    lead, bao, _cleo = named.office.people
    mira, wen = named.keepers
    before = named.case.row.o_posts
    row = named.asks()
    assert named.case.row.o_posts == before + 1
    assert row.told == TODAY
    [seen] = queries.of_thread(named.facts(bao), named.case.id, TODAY)
    assert seen.name == b""
    named.releases(row, mira)
    named.releases(row, wen)
    [mine] = queries.of_thread(named.facts(bao), named.case.id, TODAY)
    [theirs] = queries.of_thread(named.facts(lead), named.case.id, TODAY)
    sealed = SealedFile.objects.get(thread=named.case.id, kind="identity").sealed
    assert mine.name == bytes(sealed)
    assert theirs.name == b""
    assert {bytes(one.sealed) for one in mine.standing.answers} == {b"a share of " + one.id for one in (mira, wen)}
    assert acts_of(named)[-3:] == ["request name", "release name", "release name"]


def test_a_custodian_gets_the_shares_and_what_proves_the_request_and_oversight_no_share(named):
    row = named.asks(told=False)
    mira = named.facts(named.keepers[0])
    [found] = queries.of_office(mira, TODAY)
    shares = SealedFile.objects.filter(thread=named.case.id, kind="share").order_by("place")
    assert list(found.shares) == [bytes(one.sealed) for one in shares]
    asked, assigned = parse_row(found.asked.row).act(), parse_row(found.assigned.row).act()
    assert (asked.act, asked.subject, asked.after) == ("request name", b64(named.case.id), bytes(row.content))
    assert (assigned.act, assigned.subject) == ("triage", b64(named.case.id))
    assert sorted(map(unb64, assigned.fields["people"])) == sorted(one.id for one in named.office.people[:2])
    watcher = replace(mira, roles=("oversight",))
    assert [one.shares for one in queries.of_office(watcher, TODAY)] == [()]
    named.releases(row, named.keepers[0])
    assert [one.shares for one in queries.of_office(named.facts(named.keepers[0]), TODAY)] == [()]


def test_after_new_keys_the_proof_is_that_of_those(named):
    lead, bao, cleo = named.office.people
    named.asks()
    named.case.rekey(lead, [lead, bao, cleo])
    [found] = queries.of_office(named.facts(named.keepers[0]), TODAY)
    assert parse_row(found.assigned.row).act().act == "rekey"


def test_who_is_not_assigned_asks_for_nothing_and_sees_nothing(named):
    lead, _bao, cleo = named.office.people
    assert refusal(lambda: named.asks(cleo)) == "no-thread"
    assert refusal(lambda: named.asks(named.keepers[0])) == "no-thread"
    assert refusal(lambda: queries.of_thread(named.facts(cleo), named.case.id, TODAY)) == "no-thread"
    row = named.asks(lead)
    assert refusal(lambda: named.takes_back(row, named.asker)) == "no-request"
    assert not NameRequest.objects.exclude(over=None).exists()


def test_a_report_at_the_desk_is_no_case_yet(named):
    fresh = named.office.report()
    fresh.declare(named.asker)
    assert refusal(Named(named.office, fresh, named.keepers).asks) == "state"


def test_nobody_asks_twice_or_for_a_message_without_a_name_or_other_than_they_signed(named):
    assert refusal(lambda: named.asks(message=1)) == "no-name"
    assert refusal(lambda: named.asks(said=1)) == "act"
    named.asks()
    assert refusal(named.asks) == "asked"
    assert refusal(lambda: named.asks(named.office.people[0])) == "asked"
    assert NameRequest.objects.count() == 1


def test_what_was_answered_stands_and_no_custodian_answers_twice(named):
    row, (mira, wen) = named.asks(), named.keepers
    named.releases(row, mira)
    named.declines(row, wen, "told")
    for act in (lambda: named.releases(row, mira), lambda: named.declines(row, mira), lambda: named.releases(row, wen)):
        assert refusal(act) == "answered"
    assert sorted((one.reason, bool(one.sealed)) for one in Answer.objects.all()) == [("", True), ("told", False)]
    assert refusal(lambda: named.declines(row, wen, "because")) == "reason"
    assert refusal(lambda: named.declines(row, wen, "told", said="ground")) == "act"


def test_who_works_on_the_case_hands_over_no_share_and_who_left_it_gets_none(named):
    row = named.asks()
    lead, bao, cleo = named.office.people
    assert refusal(lambda: named.releases(row, bao)) == "same-person"
    assert refusal(lambda: named.releases(row, lead)) == "same-person"
    named.case.rekey(lead, [lead, cleo])
    assert refusal(lambda: named.releases(row, named.keepers[0])) == "state"
    assert refusal(lambda: queries.of_thread(named.facts(bao), named.case.id, TODAY)) == "no-thread"


def test_when_who_asked_has_left_the_case_somebody_else_asks_at_once(named):
    """It had stood in the way for thirty days, and custodians were reminded of what they could not answer."""
    row, keeper = named.asks(), named.facts(named.keepers[0])
    lead, _bao, cleo = named.office.people
    assert [one.row.id for one in queries.owed_by(keeper, TODAY)] == [row.id]
    named.case.rekey(lead, [lead, cleo])
    assert queries.owed_by(keeper, TODAY) == []
    named.case.declare(cleo)
    anew = named.asks(cleo)
    assert [one.row.id for one in queries.owed_by(keeper, TODAY)] == [anew.id]
    found = queries.of_thread(named.facts(cleo), named.case.id, TODAY)
    assert {one.standing.row.id: one.standing.over for one in found} == {row.id: True, anew.id: False}


def test_a_request_ends_by_itself_or_is_taken_back_with_what_was_handed_over(named):
    row, (mira, wen) = named.asks(), named.keepers
    assert queries.standing(row, LAST).over is False
    assert refusal(lambda: named.releases(row, mira, LAST + timedelta(days=1))) == "over"
    named.releases(row, mira, LAST)
    named.takes_back(row)
    assert not Answer.objects.exists()
    assert refusal(lambda: named.releases(row, wen)) == "over"
    assert refusal(lambda: named.takes_back(row)) == "over"
    assert acts_of(named)[-1] == "withdraw name request"
    assert named.asks().id != row.id


def test_today_says_what_waits_for_whom(named):
    row, (mira, wen) = named.asks(), named.keepers
    assert [one.row.id for one in queries.owed_by(named.facts(mira), TODAY)] == [row.id]
    assert queries.owed_by(named.facts(named.asker), TODAY) == []
    named.releases(row, mira)
    assert queries.owed_by(named.facts(mira), TODAY) == []
    assert [one.row.id for one in queries.owed_by(named.facts(wen), TODAY)] == [row.id]
    assert [len(one.answers) for one in queries.asked_by(named.facts(named.asker), TODAY)] == [1]
    assert queries.owed_by(named.facts(wen), LAST + timedelta(days=1)) == []


def test_with_the_case_goes_all_that_was_asked_and_handed_over(named):
    named.releases(named.asks(), named.keepers[0])
    assert shred_requests(NOW) == 0
    erasure.forget_case(named.office.maker.id, named.case.id)
    assert not NameRequest.objects.exists()
    assert not Answer.objects.exists()


def test_the_night_deletes_what_a_gone_case_left(named):
    named.releases(named.asks(), named.keepers[0])
    NameRequest.objects.update(thread=secrets.token_bytes(16))
    assert (shred_requests(NOW), shred_answers(NOW)) == (1, 1)


def test_when_its_time_is_over_no_share_is_left_and_who_answered_stays(named):
    row, (mira, wen) = named.asks(), named.keepers
    named.releases(row, mira)
    named.declines(row, wen)
    assert shred_answers(NOW + timedelta(days=30)) == 0
    assert Answer.objects.exclude(sealed=b"").count() == 1
    late = LAST + timedelta(days=1)
    [seen] = queries.of_thread(named.facts(named.asker), named.case.id, late)
    assert (seen.name, seen.standing.over) == (b"", True)
    shred_answers(NOW + timedelta(days=31))
    assert not Answer.objects.exclude(sealed=b"").exists()
    assert {one.member for one in Answer.objects.all()} == {mira.id, wen.id}


def test_every_field_that_is_not_sealed_is_an_id_a_day_a_number_or_a_word_of_a_list():
    for model in apps.get_app_config("names").get_models():
        for field in model._meta.get_fields():
            assert field.get_internal_type() != "TextField"
            assert field.name == "reason" or field.get_internal_type() != "CharField"
