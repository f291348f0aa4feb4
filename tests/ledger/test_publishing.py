"""What is promised stands in the record of its day; every day has its batch; doing it twice changes nothing."""

import itertools
import json
import secrets
from datetime import UTC, date, datetime, timedelta

import pytest

from fairline.core import publication
from fairline.core.jobs import Night
from fairline.core.transactions import writing
from fairline.ledger import batches, keeping, leaves, merkle, nightly, notes, promises, queries, services, tiles
from fairline.ledger.checkpoints import ACTS, ARRIVALS, LOGS, origin
from fairline.ledger.errors import BatchError, DayClosedError, UnknownRecordError
from fairline.ledger.models import Batch, Log, Waiting
from fairline.ledger.nightly import publish_records
from fairline.ledger.record import PublishedRecord, RecordIdentity
from fairline.seal.primitives import public_key, unb64
from support.records import FOUNDED

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def proven(record, name, day):
    """A day as an outsider gets it, from public files only."""
    head = json.loads(publication.published(record.office, f"{name}/{day}/head").body)
    return batches.published(
        name,
        origin("line.example.org", record.office, name),
        record.keys.checkpoint,
        checkpoint=head["checkpoint"].encode(),
        peaks=[unb64(peak) for peak in head["peaks"]],
        batch=publication.published(record.office, f"{name}/{day}").body,
        day=str(day),
    )


def test_a_promise_is_kept_in_the_night_and_every_outsider_can_see_it(record):
    kept = [record.arrive() for _ in range(3)]
    services.publish_day(record.office, FOUNDED)
    day = proven(record, ARRIVALS, FOUNDED)
    for promise in kept:
        state = keeping.state(promise, record.keys.promise, day, str(FOUNDED + DAY))
        proof = queries.inclusion(promise)
        assert state == keeping.Kept(proof.index)
        said = queries.read(proof.checkpoint)
        merkle.verify_inclusion(promise.leaf_hash, proof.index, proof.size, proof.path, said.root)
    assert not Waiting.objects.exists()


def test_a_promise_that_nobody_stored_is_provably_broken(record):
    services.publish_day(record.office, FOUNDED)
    seed = services.keys.promise_seed(record.office)
    lost = promises.make(record.office, secrets.token_bytes(96), str(FOUNDED), seed)
    state = keeping.state(lost, record.keys.promise, proven(record, ARRIVALS, FOUNDED), str(FOUNDED + DAY))
    name = origin("line.example.org", record.office, ARRIVALS)
    assert keeping.check_broken(state.proof, name, record.keys.promise, record.keys.checkpoint) == lost


def test_the_same_entry_gets_the_same_promise_before_and_after_the_night(record):
    first = record.arrive()
    with writing():
        assert services.promise(record.office, first.leaf, FOUNDED) == first
        assert services.promise(record.office, first.leaf, FOUNDED + DAY) == first
    services.publish_day(record.office, FOUNDED)
    with writing():
        assert services.promise(record.office, first.leaf, FOUNDED) == first
    assert not Waiting.objects.exists()


def test_nothing_is_promised_for_a_day_that_is_closed(record):
    services.publish_day(record.office, FOUNDED)
    with writing(), pytest.raises(DayClosedError, match="day-closed"):
        services.promise(record.office, secrets.token_bytes(96), FOUNDED)


def test_what_is_no_entry_is_not_promised(record):
    with writing(), pytest.raises(BatchError, match="leaf-size"):
        services.promise(record.office, bytes(95), FOUNDED)


def test_an_office_without_record_promises_nothing(database):
    with writing(), pytest.raises(UnknownRecordError, match="record-unknown"):
        services.promise(bytes(16), bytes(96), FOUNDED)


def test_every_day_has_its_batch_when_nights_were_missed(record):
    promise = record.arrive()
    later = record.arrive(FOUNDED + 2 * DAY)
    night = datetime(2026, 3, 6, 0, 1, tzinfo=UTC)
    assert services.publish_due(record.office, night) == [FOUNDED + n * DAY for n in range(4)]
    days = [proven(record, ARRIVALS, FOUNDED + n * DAY) for n in range(4)]
    for one, two in itertools.pairwise(days):
        keeping.check_next(one, two)
    assert days[0].place(promise.leaf) is not None
    assert days[2].place(later.leaf) is not None
    assert [len(day.entries) for day in days] == [256] * 4


def test_a_day_without_anything_is_published_too(record):
    services.publish_day(record.office, FOUNDED)
    assert len(proven(record, ARRIVALS, FOUNDED).entries) == len(proven(record, ACTS, FOUNDED).entries) == 256


def test_publishing_twice_changes_nothing(record):
    record.arrive()
    publish_records(Night(datetime(2026, 3, 4, 0, 1, tzinfo=UTC)))
    before = [(row.file, row.checkpoint) for row in Batch.objects.order_by("log", "day")]
    public = publication.listing(record.office)
    services.publish_day(record.office, FOUNDED)
    publish_records(Night(datetime(2026, 3, 4, 13, 0, tzinfo=UTC)))
    assert [(row.file, row.checkpoint) for row in Batch.objects.order_by("log", "day")] == before
    assert publication.listing(record.office) == public


def test_a_day_is_not_published_before_the_one_before_it_nor_before_it_is_over(record):
    with pytest.raises(DayClosedError, match="day-order"):
        services.publish_day(record.office, FOUNDED + DAY)
    assert services.publish_due(record.office, datetime(2026, 3, 2, 23, 59, tzinfo=UTC)) == []
    assert not Batch.objects.exists()


def test_days_are_those_of_the_office(record):
    services.move(record.office, "Pacific/Auckland")
    assert services.publish_due(record.office, datetime(2026, 3, 2, 12, 0, tzinfo=UTC)) == [FOUNDED]


def test_what_a_night_stored_but_did_not_show_is_shown_by_the_next(record, monkeypatch):
    def power_failure(*_args):
        raise OSError

    with monkeypatch.context() as broken:
        broken.setattr(publication, "publish", power_failure)
        with pytest.raises(OSError):  # noqa: PT011 - made up above
            services.publish_day(record.office, FOUNDED)
    assert publication.published(record.office, f"{ARRIVALS}/{FOUNDED}") is None
    services.publish_due(record.office, datetime(2026, 3, 3, 9, 0, tzinfo=UTC))
    assert proven(record, ARRIVALS, FOUNDED).day == str(FOUNDED)


def test_at_no_moment_of_a_night_does_a_checkpoint_show_what_is_not_there_yet(record, monkeypatch):
    """A reader in the middle of it, or after a night that broke off anywhere, finds a record that has grown."""
    services.publish_day(record.office, FOUNDED)
    identity = RecordIdentity(record.office, "line.example.org", record.keys.promise, record.keys.checkpoint)
    seen = {name: outsider(identity).newest(name).checkpoint for name in LOGS}
    publish, left = publication.publish, 0

    def breaks_off(*what, **how):
        nonlocal left
        if left == 0:
            raise OSError
        left -= 1
        publish(*what, **how)

    def looks():
        for name in LOGS:
            shown = outsider(identity)
            shown.grown(name, seen[name], shown.newest(name).checkpoint)

    monkeypatch.setattr(publication, "publish", breaks_off)
    for files in range(30):
        left = files
        looks()
        try:
            services.publish_due(record.office, datetime(2026, 3, 4, 9, 0, tzinfo=UTC))
        except OSError:
            continue
        break
    looks()
    assert outsider(identity).newest(ARRIVALS).checkpoint.day == str(FOUNDED + DAY)
    assert 10 < files < 29


def test_what_an_earlier_night_shows_late_takes_nothing_back(record):
    for day in range(2):
        services.publish_day(record.office, FOUNDED + day * DAY)
    newest = publication.published(record.office, f"{ARRIVALS}/checkpoint")
    publication.publish(record.office, newest.path, newest.content_type, b"older", FOUNDED, only_forward=True)
    assert publication.published(record.office, newest.path) == newest


@pytest.mark.parametrize("before", [0, 1, 255, 256, 257, 65_536, 65_792])
@pytest.mark.parametrize("more", [0, 1, 255, 256, 513, 65_536])
def test_the_tiles_that_a_day_touches_are_those_that_it_makes_longer(before, more):
    hashes = [n.to_bytes(32, "big") for n in range(before + more)]
    held = tiles.grown(0, lambda *_: b"", hashes[:before])
    made = tiles.grown(before, lambda level, index: held.get((level, index), b""), hashes[before:])
    assert sorted(tiles.touched(before, before + more)) == sorted((*at, len(tile) // 32) for at, tile in made.items())


def outsider(identity):
    """The record as it is served at this moment."""

    def served(path):
        found = publication.published(identity.office, path)
        return None if found is None else found.body

    return PublishedRecord(identity, served)


def test_the_record_only_grows(record):
    services.publish_day(record.office, FOUNDED)
    seen = {name: queries.read(queries.checkpoint(record.office, name)) for name in LOGS}
    for day in range(1, 5):
        for _ in range(300 if day == 2 else 0):
            record.arrive(FOUNDED + day * DAY)
        services.publish_day(record.office, FOUNDED + day * DAY)
        for name in LOGS:
            now = queries.read(queries.checkpoint(record.office, name))
            path = queries.consistency(record.office, name, seen[name].size, now.size)
            keeping.check_growth(seen[name], now, path)
    assert Log.objects.get(office=record.office, name=ARRIVALS).size == 256 * 4 + 1024


def test_witnesses_are_added_and_strangers_passed_over(record):
    services.publish_day(record.office, FOUNDED)
    text = notes.parse(queries.checkpoint(record.office, ARRIVALS)).text
    seed = secrets.token_bytes(32)
    witness = notes.NoteKey("witness.example.net", public_key(seed), notes.COSIGNATURE)
    good = notes.cosign(text, witness.name, seed, 1772500000)
    strange = notes.cosign(text, "nobody.example.net", secrets.token_bytes(32), 1772500000)
    lines = f"{good.line()}\n{strange.line()}\n"
    assert services.cosign(record.office, ARRIVALS, FOUNDED, lines, [witness]) == 1
    assert services.cosign(record.office, ARRIVALS, FOUNDED, lines, [witness]) == 0
    shown = notes.parse(publication.published(record.office, f"{ARRIVALS}/checkpoint").body)
    assert shown.cosigned([witness]) == {witness.name: 1772500000}


def test_published_tiles_prove_what_the_checkpoint_says(record):
    for day in range(3):
        services.publish_day(record.office, FOUNDED + day * DAY)
    said = queries.read(publication.published(record.office, f"{ARRIVALS}/checkpoint").body)
    parts = [publication.published(record.office, f"{ARRIVALS}/tile/0/{n:03d}").body for n in range(3)]
    upper = publication.published(record.office, f"{ARRIVALS}/tile/1/000.p/3").body
    assert upper == b"".join(merkle.folded(part) for part in parts)
    edge = merkle.EMPTY.grown(part[at : at + 32] for part in parts for at in range(0, len(part), 32))
    assert (edge.size, edge.root()) == (said.size, said.root)


def test_quiet_and_busy_days_look_alike_to_who_polls_every_public_file(record):
    """Names, sizes and texts of all public files, with what is random in them struck out."""

    def outline():
        found = []
        for path, _day in publication.listing(record.office):
            body = publication.published(record.office, path).body
            found.append((path, len(body)))
        return found

    other = type(record)()
    for number in range(40):
        day = FOUNDED + (number % 3) * DAY
        entry = leaves.Arrival(secrets.token_bytes(32), secrets.token_bytes(32), secrets.token_bytes(32)).entry()
        with writing():
            services.promise(record.office, entry, day)
    for office in (record.office, other.office):
        services.publish_due(office, datetime(2026, 3, 5, 0, 1, tzinfo=UTC))
    busy = outline()
    record.office = other.office
    assert outline() == busy


def test_a_date_is_read_alike_from_both_databases(record):
    assert services._waiting(record.office, secrets.token_bytes(96), date(2026, 3, 2)) == date(2026, 3, 2)


def test_one_office_whose_record_cannot_be_sealed_keeps_no_others_from_theirs(record, monkeypatch):
    promise, damaged = record.arrive(), bytes([9] * 16)
    publish_due = nightly.publishing.publish_due

    def publishing(office, now):
        if office == damaged:
            raise LookupError("damaged")
        publish_due(office, now)

    monkeypatch.setattr(nightly.publishing, "publish_due", publishing)
    monkeypatch.setattr(nightly.queries, "offices", lambda: [damaged, record.office])
    with pytest.raises(ExceptionGroup):
        publish_records(Night(datetime.combine(FOUNDED + DAY, datetime.min.time(), UTC) + timedelta(hours=1)))
    assert queries.inclusion(promise).size > 0
