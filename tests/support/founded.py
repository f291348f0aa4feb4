"""What the tests of permissions know of the office that they found."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model


@dataclass
class Founded:
    """A real office: all its rows by model, its id, its first desk and its first member."""

    rows: dict[type[Model], list[dict[str, Any]]] = field(default_factory=dict)
    office: bytes = b""
    desk: bytes = b""
    member: bytes = b""
