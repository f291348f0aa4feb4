"""Server killed or network cut in the middle of an upload: six of the fifty times from the terminal.

The hundred, half of them from Chromium, are those of `bench/upload_kill.py`; a killed page is in `e2e/test_files.py`.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

BENCH = Path(__file__).resolve().parents[2] / "bench" / "upload_kill.py"


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_every_upload_ends_whole_and_at_most_one_part_goes_twice(database: str) -> None:
    runs = ["--only", "terminal", "--runs", "12", "--size", "21000000"]
    command = [sys.executable, str(BENCH), *runs, "--database", database]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=400)
    assert done.returncode == 0, done.stdout + done.stderr
    result = json.loads(done.stdout.splitlines()[-1])["terminal"]
    assert result["whole"] == result["runs"] == 6
