"""What a demonstration shows on its first pages: who can sign in, and with what. Empty everywhere else."""

from __future__ import annotations

import json
from typing import Any, Final

import pyotp
from django.conf import settings

FILE: Final = "demonstration.json"


def keep(text: bytes) -> None:
    """Store what the demonstration shows.

    Raises:
        ValueError: this is no demonstration; no other installation may hold such a file.
    """
    if not settings.FAIRLINE.demo:
        raise ValueError("only a demonstration shows how to sign in")
    path = settings.FAIRLINE.data / FILE
    path.write_bytes(text)
    path.chmod(0o600)


def shown() -> dict[str, Any] | None:
    """Return members (each with the digits of this half minute) and receipts to show; None outside a demonstration."""
    path = settings.FAIRLINE.data / FILE
    if not settings.FAIRLINE.demo or not path.exists():
        return None
    value: dict[str, Any] = json.loads(path.read_text("utf-8"))
    for member in value["members"]:
        member["digits"] = pyotp.TOTP(member["totp"]).now()
    return value
