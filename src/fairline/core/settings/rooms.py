"""The rooms that are installed: one line each, read by every door and by the commands."""

from __future__ import annotations

from typing import Final

ROOMS: Final = (
    "fairline.core",
    "fairline.core.published",
    "fairline.ledger",
    "fairline.profiles",
    "fairline.offices",
    "fairline.line",
    "fairline.notify",
    "fairline.cases",
    "fairline.referral",
    "fairline.protection",
    "fairline.duty",
    "fairline.deciding",
    "fairline.requests",
    "fairline.names",
    "fairline.press",
    "fairline.oversight",
)
