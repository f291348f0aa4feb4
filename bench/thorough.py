"""The campaigns of the tests, whole: `bin/test` runs a share of each.

    python bench/thorough.py

Each of some 200 routes gets every broken request that we know, on both databases (`bin/test`: a sixth of them, the next
route the next sixth), and each operation of each door 30 invented requests (3). Bound: nothing breaks.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CAMPAIGNS = ("tests/hostile/test_every_route.py", "tests/core/test_openapi.py")
SUMMARY = re.compile(r"(\d+) (passed|failed|errors?)")


def main() -> int:
    """Run the campaigns, let pytest say what breaks, and print the counts."""
    begun = time.monotonic()
    environment = {**os.environ, "CI": "yes", "TEST_RETRIES": "0"}
    running = subprocess.Popen(
        [sys.executable, "-m", "pytest", "--thorough", "-q", *CAMPAIGNS],
        cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    last = ""
    for line in running.stdout or ():
        print(line, end="", flush=True)
        last = line if SUMMARY.search(line) else last
    status = running.wait()
    counts = {kind: int(number) for number, kind in SUMMARY.findall(last)}
    said = {"bench": "thorough", "minutes": round((time.monotonic() - begun) / 60, 1), **counts, "bound": {"failed": 0}}
    print(json.dumps(said))
    return 0 if status == 0 and counts.get("passed") else 1


if __name__ == "__main__":
    sys.exit(main())
