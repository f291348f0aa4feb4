"""The mailbox: what lies in a thread, for who holds its words."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from fairline.line import mailbox as pages
from fairline.line import queries
from fairline.line.heads import read_asked
from fairline.line.views.bodies import asked, malformed
from fairline.line.views.offices import today_at
from fairline.seal.errors import MalformedError


def mailbox(request: HttpRequest, office: bytes) -> HttpResponse:
    """Answer with one page of the mailbox, of a size that tells nothing."""
    today_at(office)
    try:
        box, auth, page = read_asked(asked(request))
    except MalformedError as error:
        raise malformed(error) from error
    thread = queries.mailbox_thread(office, box, auth)
    return HttpResponse(pages.page(thread, page), content_type="application/octet-stream")
