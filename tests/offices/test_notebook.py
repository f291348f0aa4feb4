"""Notes of an intake: their author's alone, replaced only from the newest, forgotten when nobody goes on with them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from factories.offices import Insider, founded, with_second
from fairline.core.limits import NOTE_BYTES, NOTE_DAYS, NOTES_MAX
from fairline.core.problems import Problem
from fairline.offices.erasure import shred_notes
from fairline.offices.models import Member
from fairline.offices.services import notebook

pytestmark = pytest.mark.django_db

TODAY = date(2026, 5, 4)
NOTE = bytes([1] * 16)


@pytest.fixture
def anna() -> Insider:
    return founded().first


def code(member: bytes, *values: object) -> str:
    with pytest.raises(Problem) as refused:
        notebook.put(member, *values)  # type: ignore[arg-type]  # what no browser sends
    return refused.value.code


def test_each_pause_replaces_the_version_that_its_writer_had(anna: Insider) -> None:
    assert notebook.put(anna.id, NOTE, 0, b"one", TODAY) == 1
    assert notebook.put(anna.id, NOTE, 1, b"two", TODAY) == 2
    assert [(page.version, page.sealed) for page in notebook.pages(anna.id)] == [(2, b"two")]


def test_a_second_window_is_told_and_changes_nothing(anna: Insider) -> None:
    notebook.put(anna.id, NOTE, 0, b"one", TODAY)
    assert code(anna.id, NOTE, 0, b"elsewhere", TODAY) == "note"
    assert notebook.pages(anna.id)[0].sealed == b"one"


def test_nobody_reads_replaces_or_deletes_another_members_note() -> None:
    maker = founded()
    with_second(maker)
    other = Member.objects.exclude(id=maker.first.id).get().id
    notebook.put(maker.first.id, NOTE, 0, b"one", TODAY)
    assert notebook.pages(other) == []
    assert code(other, NOTE, 1, b"mine now", TODAY) == "note"
    assert code(other, NOTE, 0, b"mine now", TODAY) == "note"
    notebook.remove(other, NOTE)
    assert notebook.pages(maker.first.id)[0].sealed == b"one"


def test_what_is_filed_or_thrown_away_is_gone(anna: Insider) -> None:
    notebook.put(anna.id, NOTE, 0, b"one", TODAY)
    notebook.remove(anna.id, NOTE)
    assert notebook.pages(anna.id) == []


def test_a_note_has_a_size_and_a_member_so_many(anna: Insider) -> None:
    assert code(anna.id, NOTE, 0, bytes(NOTE_BYTES + 1), TODAY) == "note-size"
    for at in range(NOTES_MAX):
        notebook.put(anna.id, at.to_bytes(16, "big"), 0, b"one", TODAY)
    assert code(anna.id, bytes([255] * 16), 0, b"one", TODAY) == "notes-full"
    assert notebook.put(anna.id, bytes(16), 1, b"two", TODAY) == 2


def test_what_nobody_goes_on_with_is_forgotten(anna: Insider) -> None:
    notebook.put(anna.id, NOTE, 0, b"one", TODAY)
    last = datetime(2026, 5, 4, 12, tzinfo=UTC) + timedelta(days=NOTE_DAYS)
    assert shred_notes(last) == 0
    assert shred_notes(last + timedelta(days=1)) == 1
    assert notebook.pages(anna.id) == []
