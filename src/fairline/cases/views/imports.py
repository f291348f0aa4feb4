"""A member has opened an exported case in their browser and asks what has become of it here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import JsonResponse

from fairline.cases import importing
from fairline.cases.views.bodies import malformed, member_of
from fairline.cases.views.case import refusals
from fairline.ledger import promises
from fairline.seal import jsontext
from fairline.seal.errors import MalformedError
from fairline.seal.fields import whole
from fairline.seal.primitives import b64

if TYPE_CHECKING:
    from typing import Any

    from django.http import HttpRequest

    from fairline.seal.fields import Fields

LIMIT = 512 * 1024
"""A row of the acts log has 64 KiB at most, in base64url; the promise a thousand bytes."""


def standing(request: HttpRequest, office: bytes) -> JsonResponse:
    """``{"row", "promise"}`` of an export → ``{"v", "state", "deleted", "unreadable", "erased"}``; nothing is kept."""
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
    })  # fmt: skip


def _asked(fields: Fields) -> tuple[bytes, Any]:
    return fields.raw("row"), fields.value("promise")
