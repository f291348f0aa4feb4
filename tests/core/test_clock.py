"""Days are an office's own, and a test clock moves them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from fairline.core import instants

EVENING = datetime(2026, 11, 23, 18, 30, tzinfo=UTC)


def test_the_same_instant_is_another_day_elsewhere() -> None:
    assert instants.day(EVENING, "Europe/Dublin") == date(2026, 11, 23)
    assert instants.day(EVENING, "Asia/Shanghai") == date(2026, 11, 24)


@pytest.mark.parametrize(
    ("zone", "midnight"),
    [
        ("UTC", datetime(2026, 11, 24, tzinfo=UTC)),
        ("Asia/Kolkata", datetime(2026, 11, 24, 18, 30, tzinfo=UTC)),
        ("America/New_York", datetime(2026, 11, 24, 5, tzinfo=UTC)),
    ],
)
def test_midnight_comes_when_the_offices_day_ends(zone: str, midnight: datetime) -> None:
    assert instants.next_midnight(EVENING, zone) == midnight


@pytest.mark.parametrize(
    ("text", "shift"), [("+2d\n", timedelta(days=2)), ("-1d", -timedelta(days=1)), ("+90s", timedelta(seconds=90))]
)
def test_a_shift_goes_on_with_time(tmp_path: Path, text: str, shift: timedelta) -> None:
    clock = tmp_path / "clock"
    clock.write_text(text)
    assert abs(instants.read(clock) - datetime.now(UTC) - shift) < timedelta(seconds=5)


def test_a_fixed_instant_stands_still(tmp_path: Path) -> None:
    clock = tmp_path / "clock"
    clock.write_text("2026-12-24T20:00:00+08:00")
    assert instants.read(clock) == datetime(2026, 12, 24, 12, tzinfo=UTC)


def test_no_file_and_an_empty_one_shift_nothing(tmp_path: Path) -> None:
    clock = tmp_path / "clock"
    assert abs(instants.read(clock) - datetime.now(UTC)) < timedelta(seconds=5)
    clock.write_text("")
    assert abs(instants.read(clock) - datetime.now(UTC)) < timedelta(seconds=5)


@pytest.mark.parametrize("text", ["tomorrow", "2026-12-24T20:00:00", "+2h"])
def test_what_is_neither_is_an_error(tmp_path: Path, text: str) -> None:
    clock = tmp_path / "clock"
    clock.write_text(text)
    with pytest.raises(ValueError, match=r".+"):
        instants.read(clock)
