"""A member has opened an exported case in their browser: what has become of it here, and taking in what has not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import JsonResponse

from fairline.cases import importing, taking
from fairline.cases.taking import Taking
from fairline.cases.views.bodies import malformed, member_of, today_at
from fairline.cases.views.case import refusals, signer
from fairline.cases.views.mailboxes import read_opening
from fairline.core import clock
from fairline.ledger import promises
from fairline.line import parcels
from fairline.line.blob_heads import read_part
from fairline.line.heads import read_post, require_fields
from fairline.seal import jsontext
from fairline.seal.errors import MalformedError
from fairline.seal.fields import whole
from fairline.seal.primitives import b64, unb64

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from django.http import HttpRequest

    from fairline.seal.fields import Fields

LIMIT = 512 * 1024
"""A row of the acts log has 64 KiB at most, in base64url; the promise a thousand bytes."""


def standing(request: HttpRequest, office: bytes) -> JsonResponse:
    """``{"row", "promise"}`` of an export → ``{"v", "state", "deleted", "unreadable", "erased", "case"}``."""
    member = member_of(request, office)
    try:
        row, promise = whole(jsontext.parse(request.body, LIMIT), _asked)
    except MalformedError as error:
        raise malformed(error) from error
    with refusals():
        found = importing.standing(member, row, promises.from_fields(promise))
    return JsonResponse({
        "v": 1, "state": found.state, "deleted": found.deleted and found.deleted.isoformat(),
        "unreadable": found.unreadable and found.unreadable.isoformat(), "erased": [b64(one) for one in found.erased],
        "case": found.case and b64(found.case),
    })  # fmt: skip


def hold(request: HttpRequest, office: bytes) -> JsonResponse:
    """Store one part of the file that is to be taken in, and answer once it is on the disk."""
    member = signer(request, office)
    try:
        new = read_part(*parcels.read_in_place(request.body))
    except MalformedError as error:
        raise malformed(error) from error
    return JsonResponse({"v": 1, "held": taking.hold(member, new, today_at(office))})


def take_in(request: HttpRequest, office: bytes) -> JsonResponse:
    """Make a case of an exported one that is not here any more; answer with the promises of its first words."""
    member = signer(request, office)
    with refusals():
        try:
            new = _taking(*parcels.read(request.body))
        except MalformedError as error:
            raise malformed(error) from error
        given = taking.take_in(member, new, today_at(office), clock.now())
    return JsonResponse({"promises": [one.fields() for one in given]})


def _taking(head: Mapping[str, Any], bodies: Sequence[bytes]) -> Taking:
    require_fields(head, ("v", "c", "people", "recipient", "act", "row", "promise", "files"), ())
    opening, row = read_opening(head, bodies, ("mailbox", "note")), head["row"]
    if not isinstance(row, str):
        raise MalformedError("json-type", "The row of an act is bytes.")
    note = read_post(*parcels.read(bodies[-1]))
    return Taking(opening, note, unb64(row), promises.from_fields(head["promise"]))


def _asked(fields: Fields) -> tuple[bytes, Any]:
    return fields.raw("row"), fields.value("promise")
