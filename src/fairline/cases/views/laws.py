"""What a shorter period of the office's own would change, for who asks for it and who is to agree."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from django.http import JsonResponse

from fairline.cases import previewing
from fairline.cases.views.bodies import LIMIT, malformed, member_of, today_at
from fairline.offices.services import own_rows
from fairline.profiles.own_rows import read_row
from fairline.seal import jsontext
from fairline.seal.errors import MalformedError
from fairline.seal.fields import whole

if TYPE_CHECKING:
    from django.http import HttpRequest


def preview(request: HttpRequest, office: bytes) -> JsonResponse:
    """Answer with what counts today, what would count, and how many clocks that moves; nothing is stored."""
    member_of(request, office)
    today = today_at(office)
    try:
        row = whole(jsontext.parse(request.body, LIMIT), read_row)
    except MalformedError as error:
        raise malformed(error) from error
    own_rows.check(office, row, today)
    before = own_rows.counting(office, row.law, row.row, row.starts)
    return JsonResponse({
        "v": 1, "limit": before.amount, "unit": before.unit.value, **asdict(previewing.changes(office, row, today)),
    })  # fmt: skip
