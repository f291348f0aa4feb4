"""What `bin/test` runs each time somebody types it; the project's CI leaves nothing out (decision 0133)."""

from __future__ import annotations

import inspect
import zlib
from functools import cache
from pathlib import Path
from typing import Final

import pytest

TESTS: Final = Path(__file__).resolve().parents[1]
LONG: Final = frozenset(
    {
        # A minute of a processor and more in each: of what they try, a smaller piece is tried elsewhere every day.
        "hostile/test_arrival_privacy.py",  # core/test_silence.py, ledger/test_publishing.py
        "hostile/test_canary.py",  # terminal/test_there_and_back.py, e2e/test_nothing_stored.py
        "hostile/test_full_disk.py",  # core/test_disk.py
        "hostile/test_upload_kill.py",  # hostile/test_kill.py
        "hostile/test_referral_kill.py",
        "hostile/test_school.py",
        "notify/test_kill.py",
        "ledger/test_verifying_at_night.py",  # ledger/test_verifying.py
        "cases/test_any_order_of_acts.py",
        "hostile/test_every_route.py",  # hostile/test_wire.py
        "core/test_supervisor.py",  # core/test_bin_run.py
        # What answers to a document or a configuration, page after page or address after address.
        "core/test_openapi.py",
        "core/test_caddy.py",
        "demo/test_demonstration.py",
        "words/test_look.py",
        # What is done at a terminal is tried there and back (terminal/test_there_and_back.py).
        "terminal/test_alarms.py",
        "terminal/test_attachments.py",
        "terminal/test_export.py",
        "terminal/test_filing_proof.py",
        "terminal/test_remembering.py",
    }
)


@cache
def is_left_out(path: Path) -> bool:
    """Whether nothing in a file of tests is run every day, seen without reading it as a program."""
    if not path.name.startswith("test_") or not path.is_relative_to(TESTS):
        return False
    if path.parent.name == "e2e":
        return "mark.story" not in path.read_text(encoding="utf-8")
    return path.relative_to(TESTS).as_posix() in LONG


def is_everyday(item: pytest.Item) -> bool:
    """Whether a test is run every day.

    Nothing that is marked `whole`. Of the browser's tests the stories: what they walk through, the others look at page
    by page. Of what serves a whole installation, the one on SQLite. What only asks a database runs on one of the two,
    half of the files on each; what takes turns, or speaks of the database, on both.
    """
    if is_left_out(item.path) or item.get_closest_marker("whole") is not None:
        return False
    if item.path.parent.name == "e2e":
        return item.get_closest_marker("story") is not None
    values = dict(item.callspec.params) if isinstance(item, pytest.Function) and hasattr(item, "callspec") else {}
    if "make_installation" in getattr(item, "fixturenames", ()):
        return "postgresql" not in values.values()
    asks = item.get_closest_marker("django_db")
    if asks is None or asks.kwargs.get("transaction") or not isinstance(item, pytest.Function):
        return True
    if "database" in inspect.signature(item.obj).parameters:
        return True
    return bool(values["database"] == ("sqlite", "postgresql")[zlib.crc32(item.path.name.encode()) % 2])
