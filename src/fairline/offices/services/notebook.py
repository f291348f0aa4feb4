"""The notebook of one member: notes that their own browser sealed, and no other may read, replace or delete."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from fairline.core.limits import NOTE_BYTES, NOTES_MAX
from fairline.core.problems import Problem
from fairline.core.transactions import writing
from fairline.offices.models import NotebookPage


def pages(member: bytes) -> Sequence[NotebookPage]:
    """Return the member's notes, the newest first."""
    return list(NotebookPage.objects.filter(member=member).order_by("-day", "id"))


def put(member: bytes, note: bytes, before: int, sealed: bytes, today: date) -> int:
    """Keep a note in the place of the version that its writer had, and return the version that it has now.

    Args:
        member: whose.
        note: its id, made by the browser.
        before: the version that it replaces, 0 for none.
        sealed: the new bytes.
        today: the office's day.

    Raises:
        Problem: 409 ``note`` (another window wrote it meanwhile, or the id is taken), ``notes-full``;
            413 ``note-size``.
    """
    if len(sealed) > NOTE_BYTES:
        raise Problem(413, "note-size", _("This note is too long to be kept. Please make it a report first."))
    with writing():
        there = NotebookPage.objects.select_for_update().filter(id=note).first()
        known = 0 if there is None else there.version
        if before != known or (there is not None and there.member_id != member):
            raise Problem(409, "note", _("This note was changed in another window. What you wrote is still here."))
        if there is None and NotebookPage.objects.filter(member=member).count() >= NOTES_MAX:
            raise Problem(409, "notes-full", _("Too many notes wait. Please file or throw away some of them first."))
        values = {"member_id": member, "version": known + 1, "day": today, "sealed": sealed}
        NotebookPage.objects.update_or_create(id=note, defaults=values)
    return known + 1


def remove(member: bytes, note: bytes) -> None:
    """Delete a note of the member's; one that is not there is gone already."""
    with writing():
        NotebookPage.objects.filter(member=member, id=note).delete()
