"""What the office says of itself to everybody: its names, its desks, where to turn in danger and to complain."""

from __future__ import annotations

from typing import Any

from fairline.offices.models import Desk, Office
from fairline.profiles import queries as profiles
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
    return jsontext.write(account)
