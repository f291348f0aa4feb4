"""From a database URL to what Django wants to know about it."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import parse_qsl, unquote, urlsplit

# Readers never wait for a writer (WAL); a transaction that will write says so at its start (IMMEDIATE), or two
# of them lose one another's work; what we acknowledge is on the disk (FULL); what is deleted is overwritten.
SQLITE_START: Final = (
    "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;PRAGMA secure_delete=ON;"
    "PRAGMA busy_timeout=20000;"
)


def configuration(url: str) -> dict[str, Any]:
    """Return Django's settings for the database at ``url`` (as checked by ``settings_file``)."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "fairline.core.backends.sqlite",
            "NAME": unquote(parts.path),
            "CONN_MAX_AGE": None,
            "OPTIONS": {"timeout": 20, "transaction_mode": "IMMEDIATE", "init_command": SQLITE_START},
        }
    return {
        "ENGINE": "fairline.core.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        # A statement is prepared where the code asks for it: those that every report makes (``core.statements``).
        "OPTIONS": {"prepare_threshold": 1000, **dict(parse_qsl(parts.query))},
    }
