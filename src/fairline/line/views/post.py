"""The reporting person writes again, or replaces their receipt."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse

from fairline.core import clock, disk
from fairline.line import queries, services, work
from fairline.line.heads import read_post
from fairline.line.views.bodies import malformed, parcel
from fairline.line.views.offices import today_at
from fairline.seal.errors import MalformedError
from fairline.seal.work import POST, post_subject


def post(request: HttpRequest, office: bytes) -> JsonResponse:
    """Store a post on chain r of the mailbox's own thread and answer with its promise."""
    today = today_at(office)
    head, files = parcel(request)
    try:
        new = read_post(head, files)
    except MalformedError as error:
        raise malformed(error) from error
    if new.id is None or new.auth is None:
        raise malformed(MalformedError("chain", "Here only the reporting person writes."))
    thread = queries.mailbox_thread(office, new.id, new.auth, today)
    if thread.id != new.thread:
        raise malformed(MalformedError("thread", "The mailbox belongs to another thread."))
    disk.require_room_for_text()
    work.require(office, POST, post_subject(new.thread, new.n), new.work, clock.now())
    promise = services.post(office, new, today)
    return JsonResponse({"promise": promise.fields()} if promise else {})
