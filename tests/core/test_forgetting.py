"""What is due at night is deleted, whatever else cannot be."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from fairline.core import erasure
from fairline.core.erasure import Kept
from fairline.core.models import NightRun
from fairline.core.published.models import PublicFile

NIGHT = datetime(2026, 5, 5, 0, 1, tzinfo=UTC)


def test_one_shredder_that_fails_keeps_nothing_else_alive_and_is_told(monkeypatch) -> None:
    done: list[datetime] = []

    def breaks(_now: datetime) -> int:
        raise RuntimeError("a row that nobody can read")

    def shreds(now: datetime) -> int:
        done.append(now)
        return 1

    kept = {NightRun: Kept("a day", breaks), PublicFile: Kept("a day", shreds)}
    monkeypatch.setattr(erasure, "declared", lambda: kept)
    with pytest.raises(ExceptionGroup) as failed:
        erasure.shred_due(NIGHT)
    assert done == [NIGHT]
    assert [str(one) for one in failed.value.exceptions] == ["a row that nobody can read"]
