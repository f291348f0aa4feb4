"""When the supervisor starts what it wakes: at its time, and where a clock that was ahead has named one too far."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from fairline.cli import run

NOW = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("away", "starts"),
    [
        (timedelta(hours=-1), 1),
        (timedelta(0), 1),
        (timedelta(seconds=1), 0),
        (timedelta(hours=25, minutes=1), 0),
        (timedelta(days=30), 1),
    ],
)
def test_a_night_is_never_a_month_away(monkeypatch: pytest.MonkeyPatch, away: timedelta, starts: int) -> None:
    started: list[Any] = []
    monkeypatch.setattr(run.subprocess, "Popen", lambda command, **_pipes: started.append(command))
    settings: Any = SimpleNamespace(test_clock=None)
    supervisor = run.Supervisor(settings)
    monkeypatch.setattr(supervisor, "_now", lambda: NOW)
    supervisor.night.due = NOW + away
    supervisor._tend_woken(supervisor.night)
    assert len(started) == starts
