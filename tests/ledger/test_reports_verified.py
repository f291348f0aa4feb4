"""`fairline verify` over reports as the line stores them: each row and file altered, moved or removed is named."""

import argparse
from datetime import timedelta

import pytest
from django.db import connection

from fairline.cli import verify_record as command
from fairline.ledger import stored
from fairline.ledger.models import Waiting
from fairline.ledger.services import publish_day
from fairline.ledger.verifying import verify
from fairline.line import services
from fairline.line.models import Post, SealedFile, Thread
from fairline.seal.primitives import b64
from support.line import TODAY, Line, Sender

pytestmark = pytest.mark.django_db

NIGHTS = [pytest.param(False, id="before its night"), pytest.param(True, id="after its night")]


@pytest.fixture
def line(monkeypatch):
    """An office whose members nobody asks for: it has a record and a desk, and no charter."""
    stored.discover()
    monkeypatch.setattr(stored, "_signers", {})
    return Line().found()


def dropped(line, *, published):
    """Two reports, and their night."""
    senders = [Sender(line), Sender(line)]
    for sender in senders:
        services.drop(line.office, sender.drop(), TODAY)
    if published:
        publish_day(line.office, TODAY)
    assert list(verify(line.office)) == []
    return senders


@pytest.mark.parametrize("published", NIGHTS)
@pytest.mark.parametrize("place", range(8))
def test_a_file_altered(line, published, place):
    sender, _ = dropped(line, published=published)
    file = SealedFile.objects.get(thread=sender.id, place=place)
    altered = file.sealed[:100] + bytes([file.sealed[100] ^ 1]) + file.sealed[101:]
    SealedFile.objects.filter(pk=file.pk).update(sealed=altered)
    assert list(verify(line.office)) == [
        f"File {place} of the post r 0 of thread {b64(sender.id)} is not what was received."
    ]


@pytest.mark.parametrize("published", NIGHTS)
@pytest.mark.parametrize("field", ["tag", "content", "received", "promise", "day"])
def test_a_post_altered(line, published, field):
    sender, _ = dropped(line, published=published)
    post = Post.objects.get(thread=sender.id)
    was = getattr(post, field)
    changed = was + timedelta(days=1) if field == "day" else bytes([was[0] ^ 1]) + was[1:]
    Post.objects.filter(pk=post.pk).update(**{field: changed})
    unfit = f"The post r 0 of thread {b64(sender.id)} does not fit its promise"
    assert any(said.startswith(unfit) for said in verify(line.office))


@pytest.mark.parametrize("published", NIGHTS)
@pytest.mark.parametrize("model", [Thread, SealedFile])
def test_a_report_or_one_of_its_files_removed(line, published, model):
    sender, _ = dropped(line, published=published)
    rows = model.objects.filter(id=sender.id) if model is Thread else model.objects.filter(thread=sender.id, place=3)
    rows.delete()
    (said,) = verify(line.office)
    assert "removed or altered" in said or "are not those that were received" in said


@pytest.mark.parametrize("published", NIGHTS)
def test_two_files_exchanged_between_reports(line, published):
    one, two = dropped(line, published=published)
    first, second = (SealedFile.objects.get(thread=sender.id, place=0) for sender in (one, two))
    SealedFile.objects.filter(pk=first.pk).update(sealed=second.sealed, hash=second.hash)
    SealedFile.objects.filter(pk=second.pk).update(sealed=first.sealed, hash=first.hash)
    assert len([said for said in verify(line.office) if "are not those that were received" in said]) == 2


def test_a_report_promised_past_midnight_fits_the_day_it_was_promised_for(line):
    publish_day(line.office, TODAY)
    promise = services.drop(line.office, Sender(line).drop(), TODAY)
    assert promise.day == str(TODAY + timedelta(days=1))
    assert list(verify(line.office)) == []
    publish_day(line.office, TODAY + timedelta(days=1))
    assert list(verify(line.office)) == []


def test_a_waiting_entry_forgotten(line):
    dropped(line, published=False)
    Waiting.objects.all().delete()
    assert len([said for said in verify(line.office) if "no entry waits for that night" in said]) == 2


def test_a_value_of_another_kind_is_said_and_stops_nobody_with_a_trace(line, database, capsys):
    """SQLite takes a text where bytes belong, and no driver can read one that is not UTF-8."""
    if database == "postgresql":
        pytest.skip("PostgreSQL takes bytes only.")
    sender, _ = dropped(line, published=False)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE line_sealedfile SET sealed = CAST(X'80' AS TEXT) WHERE thread_id = %s", [sender.id])
    assert command.run(argparse.Namespace(promise=None, office=None, since=None, fingerprint=None)) == 1
    assert "Something in the database cannot be read" in capsys.readouterr().out
