"""What the office says of itself to everybody: its names, its desks, where to turn in danger and to complain."""

from __future__ import annotations

from typing import Any

from fairline.offices.models import Desk, Office
from fairline.offices.queries.laws import own_rows
from fairline.profiles import queries as profiles
from fairline.profiles.law_checks import shipped_law
from fairline.profiles.own_rows import changeable, refusal
from fairline.profiles.together import together
from fairline.seal import jsontext
from fairline.seal.primitives import b64


def profile_of(desk: Desk) -> dict[str, Any]:
    """Return the desk's profile document as parsed; empty where this server does not hold it."""
    text = profiles.document(desk.profile)
    read = None if text is None else jsontext.parse(text)
    return read if isinstance(read, dict) else {}


def written(office: Office) -> bytes:
    """Return the account as published; see docs/contract.md."""
    desks = list(Desk.objects.filter(office=office, gone=False).order_by("id"))
    told = [desk for desk in desks if desk.open] or desks
    profile = together([(desk.names, profile_of(desk)) for desk in told])
    account: dict[str, Any] = {
        "v": 1,
        "names": office.names,
        "desks": [{"id": b64(desk.id), "names": desk.names, "open": desk.open} for desk in desks],
        "ways": profile.get("ways", {}),
    }
    for name in ("emergency", "complaints"):
        if name in profile:
            account[name] = profile[name]
    if own := _own(office):
        account["own"] = own
    return jsontext.write(account)


def _own(office: Office) -> list[dict[str, Any]]:
    """What two have made stricter than the law, in the order of its days; a page knows which of them counts."""
    found = []
    for one in sorted(own_rows(office.id).rows, key=lambda row: row.starts):
        law = shipped_law(one.law)
        given = changeable(law).get(one.row)
        if given is not None and refusal(law, one.row, one.period) is None:
            found.append({
                "law": one.law, "names": dict(law.names), "row": one.row, "label": dict(given[2]),
                "limit": one.period.amount, "unit": one.period.unit.value, "given": given[0].amount,
                "starts": one.starts.isoformat(),
            })  # fmt: skip
    return found
