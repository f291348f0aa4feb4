"""Limits have a reason, and the pages have the same ones."""

from __future__ import annotations

from pathlib import Path

from fairline.core.limits import BODY_MAX, limits
from fairline.core.limits_for_pages import text
from fairline.core.settings_file import DOORS

GENERATED = Path(__file__).resolve().parents[2] / "web" / "seal" / "limits.gen.ts"


def test_the_pages_know_the_same_limits() -> None:
    assert GENERATED.read_text(encoding="utf-8") == text(), "run bin/generate"


def test_every_limit_has_unit_and_reason() -> None:
    assert limits()
    assert [name for name, limit in limits().items() if not limit.unit or len(limit.reason) < 15 or limit <= 0] == []


def test_every_door_has_a_largest_body() -> None:
    assert set(BODY_MAX) == set(DOORS)
