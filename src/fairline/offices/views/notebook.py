"""The asking member's own notebook."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from fairline.core import clock
from fairline.core.limits import NOTE_DAYS
from fairline.offices.services import notebook
from fairline.offices.views.bodies import body, checked, said
from fairline.offices.views.who import office_row, settled

VERSION_MAX = 2**53 - 2


def pages(request: HttpRequest, office: bytes) -> HttpResponse:  # noqa: ARG001 - the address names it
    """Answer with every sealed note of the member's, and how many days one waits for its next writing."""
    rows = notebook.pages(settled(request).id)
    notes = [{"id": row.id, "version": row.version, "day": row.day.isoformat(), "sealed": row.sealed} for row in rows]
    return said(notes=notes, days=int(NOTE_DAYS))


@checked
def put(request: HttpRequest, office: bytes, note: bytes) -> HttpResponse:
    """Keep a note."""
    fields = body(request)
    before, sealed = fields.integer("before", 0, VERSION_MAX), fields.raw("sealed")
    fields.end()
    today = clock.today(office_row(office).zone)
    return said(version=notebook.put(settled(request).id, note, before, sealed, today))


def remove(request: HttpRequest, office: bytes, note: bytes) -> HttpResponse:  # noqa: ARG001 - the address names it
    """Delete a note."""
    notebook.remove(settled(request).id, note)
    return said(removed=True)
