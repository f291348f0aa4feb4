"""`fairline verify` is silent about an honest record and names whatever was altered, removed or reordered."""

import json
import secrets
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connections

from fairline.cli import main as cli
from fairline.core.published.models import PublicFile
from fairline.core.transactions import writing
from fairline.ledger import acts, promises, queries, services, stored
from fairline.ledger.checkpoints import ACTS, ARRIVALS
from fairline.ledger.models import Batch, Log, Row, Tile, Waiting
from fairline.ledger.verifying import is_consistent, verify, what_became
from fairline.seal.primitives import H, b64, public_key, sign
from support.records import FOUNDED

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
LATER = FOUNDED + timedelta(days=2)


@pytest.fixture
def full(record):
    """Two published days with reports and acts, and a third day under way."""
    seed, member = secrets.token_bytes(32), secrets.token_bytes(16)
    record.members[member] = [public_key(seed)]
    for day in range(3):
        for _ in range(3):
            record.arrive(FOUNDED + timedelta(days=day))
        for count in (1, 2):
            what = {"act": "triage", "subject": "x", "member": b64(member), "counter": day * 2 + count}
            text = json.dumps(what).encode()
            with writing():
                services.record_act(record.office, text, sign(seed, "act", text), NOON + timedelta(days=day))
    with writing():
        services.record_document(record.office, b'{"kind":"root"}', NOON)
    record.documents.add(H(b'{"kind":"root"}'))
    services.publish_due(record.office, NOON + timedelta(days=2))
    return record


def found(record):
    """All findings, without waiting for a night that nobody runs."""
    return list(verify(record.office, lambda _seconds: None))


def test_an_honest_record_passes(full):
    assert found(full) == []


@pytest.mark.parametrize("name", [ARRIVALS, ACTS])
def test_an_entry_altered_in_a_batch(full, name):
    row = Batch.objects.get(log__name=name, log__office=full.office, day=FOUNDED)
    row.file = row.file[:500] + bytes([row.file[500] ^ 1]) + row.file[501:]
    row.save()
    assert any("is not the one that its checkpoint names" in said for said in found(full))


@pytest.mark.parametrize("name", [ARRIVALS, ACTS])
def test_two_entries_reordered_in_a_batch(full, name):
    row = Batch.objects.get(log__name=name, log__office=full.office, day=FOUNDED)
    size = len(row.file) // 256
    row.file = row.file[size : 2 * size] + row.file[:size] + row.file[2 * size :]
    row.save()
    assert f"The batch of the {name} record, day {FOUNDED} is damaged." in found(full)


def test_a_batch_remade_with_its_public_copy_but_not_the_checkpoint(full):
    row = Batch.objects.get(log__name=ARRIVALS, log__office=full.office, day=FOUNDED)
    row.file = b"".join(sorted(secrets.token_bytes(96) for _ in range(256)))
    row.save()
    PublicFile.objects.filter(office=full.office, path=f"{ARRIVALS}/{FOUNDED}").update(body=row.file)
    said = found(full)
    assert any("is not the one that its checkpoint names" in sentence for sentence in said)
    assert any("was promised for 2026-03-02, and the record of that day does not hold it" in each for each in said)


def test_a_day_removed(full):
    Batch.objects.filter(log__name=ARRIVALS, log__office=full.office, day=FOUNDED + timedelta(days=1)).delete()
    assert "The arrivals record does not end where it should: a day was removed or added." in found(full)


def test_a_day_removed_from_the_beginning(full):
    Batch.objects.filter(log__name=ACTS, log__office=full.office, day=FOUNDED).delete()
    assert any("does not follow the day before" in said for said in found(full))


def test_a_checkpoint_signed_by_another_key(full):
    row = Batch.objects.get(log__name=ARRIVALS, log__office=full.office, day=FOUNDED)
    row.checkpoint = row.checkpoint.replace(b"\n512\n", b"\n513\n").replace(b"\n256\n", b"\n257\n")
    row.save()
    assert any("The checkpoint of the arrivals record, day 2026-03-02 does not hold" in said for said in found(full))


@pytest.mark.parametrize("level", [0, 1])
def test_a_tile_altered_or_removed(full, level):
    tile = Tile.objects.get(log__name=ACTS, log__office=full.office, level=level, index=0)
    tile.hashes = bytes(32) + tile.hashes[32:]
    tile.save()
    assert found(full) == [f"Tile {level}/0 of the acts record was altered."]
    tile.delete()
    assert found(full) == [f"Tile {level}/0 of the acts record is missing."]


def test_a_public_file_altered_or_removed(full):
    PublicFile.objects.filter(office=full.office, path=f"{ARRIVALS}/{FOUNDED}").update(body=b"other")
    PublicFile.objects.filter(office=full.office, path=f"{ACTS}/checkpoint").delete()
    assert found(full) == [
        "The public file acts/checkpoint is missing.",
        f"The public file {ARRIVALS}/{FOUNDED} is not what the record says.",
    ]


def test_a_stored_file_altered(full):
    post = full.posts[0]
    full.posts[0] = replace(post, files=[stored.StoredFile(post.files[0].hash, H(b"other")), post.files[1]])
    assert found(full) == ["File 0 of the post 0 is not what was received."]


def test_a_stored_file_destroyed_by_right_is_no_fault(full):
    post = full.posts[0]
    full.posts[0] = replace(post, files=[stored.StoredFile(file.hash, None) for file in post.files])
    assert found(full) == []


def test_files_exchanged_with_their_hashes(full):
    post = full.posts[1]
    full.posts[1] = replace(post, files=post.files[::-1])
    assert found(full) == ["The hashes of the files of the post 1 are not those that were received."]


def test_a_report_row_removed_before_and_after_its_night(full):
    del full.posts[8]
    assert found(full) == ["1 entries wait for a report or message whose row was removed or altered."]
    del full.posts[0]
    assert "1 entries of 2026-03-02 stood for a report or message whose row was removed or altered." in found(full)


def test_a_report_row_moved_to_another_day(full):
    post = full.posts[0]
    full.posts[0] = replace(post, promise=replace(post.promise, day=str(FOUNDED + timedelta(days=1))))
    said = found(full)
    assert any("post 0 does not fit its promise" in sentence for sentence in said)
    assert any("post 0 was promised for 2026-03-03, and the record of that day" in sentence for sentence in said)


def test_a_report_row_slipped_in_with_a_promise_of_our_own_key(full):
    post = full.posts[0]
    leaf = secrets.token_bytes(64) + post.promise.leaf[64:]
    forged = promises.make(full.office, leaf, str(FOUNDED), services.keys.promise_seed(full.office))
    full.posts.append(replace(post, name="post slipped in", promise=forged))
    assert found(full) == [
        "The post slipped in was promised for 2026-03-02, and the record of that day does not hold it."
    ]


def test_a_waiting_entry_removed_or_put_off(full):
    row = Waiting.objects.filter(office=full.office).first()
    Waiting.objects.filter(pk=row.pk).update(day=LATER + timedelta(days=1))
    assert [said for said in found(full) if "no entry waits for that night" in said]
    row.delete()
    assert [said for said in found(full) if "no entry waits for that night" in said]


def test_the_secret_of_a_batch_altered(full):
    Batch.objects.filter(log__name=ARRIVALS, log__office=full.office, day=FOUNDED).update(fill=bytes(32))
    assert any("2026-03-02 stood for a report" in said for said in found(full))


def test_an_act_altered(full):
    row = Row.objects.get(office=full.office, number=1)
    row.row = row.row.replace(b"triage", b"shred")
    row.save()
    assert found(full) == ["The act 1 of 2026-03-02 was altered."]


def test_an_act_altered_with_its_hash(full):
    row = Row.objects.get(office=full.office, number=1)
    row.row = row.row.replace(b"triage", b"shred")
    row.entry = H(row.row)
    row.save()
    said = found(full)
    assert "The act 1 of 2026-03-02 is not in the record of that day." in said
    assert "The act 1 of 2026-03-02 was not signed by the member it names." in said
    assert "1 entries of the acts of 2026-03-02 have no row: one was removed." in said


def test_an_act_removed(full):
    Row.objects.filter(office=full.office, number=2).delete()
    said = found(full)
    assert "The acts are not numbered from 1 to 7 without a gap: one was removed or added." in said
    assert any("are not counted without a gap" in sentence for sentence in said)
    assert "1 entries of the acts of 2026-03-02 have no row: one was removed." in said


def test_the_newest_act_removed_before_its_night(full):
    Row.objects.filter(office=full.office, number=6).delete()
    assert any("without a gap" in said for said in found(full))


def test_two_acts_reordered(full):
    one, two = Row.objects.filter(office=full.office, kind=Row.ACT).order_by("number")[:2]
    counters = one.counter, two.counter
    Row.objects.filter(pk=one.pk).update(counter=1000)
    Row.objects.filter(pk=two.pk).update(counter=counters[0])
    Row.objects.filter(pk=one.pk).update(counter=counters[1])
    assert found(full) == [f"The act {n} of 2026-03-02 is filed as something else than it says." for n in (1, 2)]


def test_an_act_hidden_as_fill(full):
    Row.objects.filter(office=full.office, number=1).update(kind=Row.FILL)
    assert "The act 1 of 2026-03-02 is filed as something else than it says." in found(full)


def test_an_act_that_was_emptied_is_named(full):
    """Its hash still stands; but nobody empties what a member did, so somebody has hidden it."""
    Row.objects.filter(office=full.office, number=1).update(row=b"")
    assert found(full) == ["The act 1 of 2026-03-02 is empty: what it said was taken out."]


def test_an_act_signed_by_a_stranger(full):
    text = json.dumps({"act": "triage", "member": b64(secrets.token_bytes(16)), "counter": 1}).encode()
    with writing():
        services.record_act(full.office, text, sign(secrets.token_bytes(32), "act", text), NOON)
    assert any("was not signed by the member it names" in said for said in found(full))


@pytest.mark.parametrize("act", ["triage", "sign charter"])
def test_an_act_in_somebodys_name_that_nobody_signed(full, act):
    text = json.dumps({"act": act, "member": b64(secrets.token_bytes(16)), "counter": 1}).encode()
    with writing():
        services.record_act(full.office, text, None, NOON)
    assert any("is not signed by the member it names" in said for said in found(full))


def test_a_log_cut_back_with_all_its_tables(full):
    log = Log.objects.get(office=full.office, name=ARRIVALS)
    kept = queries.checkpoint(full.office, ARRIVALS)
    last = Batch.objects.filter(log=log).order_by("-day").first()
    last.delete()
    Log.objects.filter(pk=log.pk).update(size=last.start, closed=FOUNDED)
    assert is_consistent(kept, full.office, ARRIVALS) is not None
    assert found(full)


def test_the_command_says_sentences_and_exits_with_1(full, capsys):
    assert cli.main(["verify", f"--office={b64(full.office)}"]) == 0
    assert "Nothing was altered" in capsys.readouterr().out
    Row.objects.filter(office=full.office, number=1).update(row=b"{}")
    assert cli.main(["verify", f"--office={b64(full.office)}"]) == 1
    assert capsys.readouterr().out == "The act 1 of 2026-03-02 was altered.\n"
    assert cli.main(["verify", "--office=no-id"]) == 2


def test_the_command_compares_with_a_checkpoint_kept_earlier(full, capsys, tmp_path):
    kept = tmp_path / "checkpoint"
    kept.write_bytes(queries.checkpoint(full.office, ARRIVALS))
    assert cli.main(["verify", "--since", str(kept)]) == 0
    kept.write_bytes(kept.read_bytes().replace(b"\n512\n", b"\n256\n"))
    assert cli.main(["verify", "--since", str(kept)]) == 1
    assert "The checkpoint does not hold" in capsys.readouterr().out


def test_rows_read_the_same_on_both_databases(full):
    assert all(acts.parse_row(row.row) for row in queries.rows(full.office, FOUNDED) if row.kind != Row.DOCUMENT)
    assert connections["default"].vendor in {"sqlite", "postgresql"}


def test_an_acknowledgement_that_somebody_shows_is_in_the_record_of_its_day(full, tmp_path, capsys):
    shown = next(post.promise for post in stored.all_posts(full.office) if post.promise.day == FOUNDED.isoformat())
    assert what_became(shown).kept
    (tmp_path / "page.json").write_bytes(shown.document() + b"\n")
    assert cli.main(["verify", "--promise", str(tmp_path / "page.json")]) == 0
    assert f"kept: the entry stands in the record of {FOUNDED}" in capsys.readouterr().out


def test_an_acknowledgement_of_today_waits(full):
    shown = next(post.promise for post in stored.all_posts(full.office) if post.promise.day == LATER.isoformat())
    became = what_became(shown)
    assert became.kept
    assert "is not out yet" in became.sentence
    Waiting.objects.filter(entry=shown.leaf).delete()
    assert not what_became(shown).kept


def test_an_acknowledgement_whose_entry_is_nowhere_is_said_not_to_be_kept(full):
    seed = services.keys.promise_seed(full.office)
    invented = promises.make(full.office, secrets.token_bytes(96), FOUNDED.isoformat(), seed)
    assert "does not hold it" in what_became(invented).sentence
    other = promises.make(full.office, secrets.token_bytes(96), FOUNDED.isoformat(), secrets.token_bytes(32))
    assert "was not signed by this office" in what_became(other).sentence
    stranger = promises.make(secrets.token_bytes(16), secrets.token_bytes(96), FOUNDED.isoformat(), seed)
    assert "no office that is kept here" in what_became(stranger).sentence


def test_what_is_no_acknowledgement_is_a_wrong_question(full, tmp_path, capsys):
    (tmp_path / "page.json").write_bytes(b"{}")
    assert cli.main(["verify", "--promise", str(tmp_path / "page.json")]) == 2
    assert cli.main(["verify", "--promise", str(tmp_path / "nowhere")]) == 2
    assert "This is not a promise" in capsys.readouterr().err
    assert full.office
