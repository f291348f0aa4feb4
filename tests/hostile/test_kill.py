"""Kill -9 of the report door while reports come in: forty of the thousand kills of `bench/crash.py`."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

BENCH = Path(__file__).resolve().parents[2] / "bench" / "crash.py"


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_no_promised_report_is_lost_or_there_twice(database: str) -> None:
    command = [sys.executable, str(BENCH), "--kills", "20", "--database", database]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=400)
    assert done.returncode == 0, done.stdout + done.stderr
    result = json.loads(done.stdout.splitlines()[-1])
    assert result["kills"] == 20
    # Otherwise nothing was tried: reports must have come between the kills.
    assert result["promised"] >= 20
