"""Either side of a referral killed while it is under way: ten of the two hundred kills of `bench/referral_kill.py`."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

BENCH = Path(__file__).resolve().parents[2] / "bench" / "referral_kill.py"


def test_each_report_arrives_once_whatever_is_killed() -> None:
    asked = [sys.executable, BENCH, "--kills", "10"]
    done = subprocess.run(asked, capture_output=True, text=True, check=False, timeout=600)
    assert done.returncode == 0, f"{done.stdout}{done.stderr}"
    result = json.loads(done.stdout)
    assert (result["reports"], result["lost"], result["doubled"], result["unpromised"]) == (10, 0, 0, 0)
