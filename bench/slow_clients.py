"""How long an honest reporter waits among 600 stalled uploads, 300 idle connections, 12 stalled downloads, 50 drips.

    python bench/slow_clients.py [--reports 150] [--rounds 4]

The crowd stands at the real report door in a process of its own and comes again whenever it is sent away. In between,
reports of noise in real sizes are filed over HTTP one after another, each on a connection of its own: a round without
the crowd, a round with it, by turns, so that other work on the machine falls on both. Bounds: the 95th percentile with
the crowd less than twice the one without it, nothing refused.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from contextlib import nullcontext
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from fairline.seal.primitives import b64, unb64
from support import made_office
from support.crowd import CROWD, DOWNLOADS, UPLOADS, crowd
from support.installation import Installation
from support.noise import Line, NoiseReport

RATIO = 2.0
DIST = Path(__file__).resolve().parents[1] / "web" / "dist"


class Honest:
    """People who only want to report, one after another."""

    def __init__(self, line: Line, desk: bytes) -> None:
        """File at ``desk``."""
        self.line, self.desk = line, desk
        self.waited: dict[bool, list[float]] = {False: [], True: []}
        """Seconds until the promise, without and with the crowd."""
        self.refused: list[str] = []

    def file(self, reports: int, *, crowded: bool | None) -> None:
        """File so many reports; with None, nothing is counted but refusals."""
        # The arithmetic that the door asks for is done while a person writes.
        for report in [self.line.ready(NoiseReport(self.line.office, self.desk)) for _ in range(reports)]:
            begun = time.perf_counter()
            try:
                answer = self.line.drop(report)
                refused = "" if answer.status == 200 else f"{answer.status} {answer.body[:200]!r}"
            except (OSError, HTTPException) as error:
                refused = repr(error)
            if refused:
                self.refused.append(refused)
            elif crowded is not None:
                self.waited[crowded].append(time.perf_counter() - begun)

    def percentile(self, share: float, *, crowded: bool) -> float:
        """Return the milliseconds in which ``share`` of them had their promise."""
        waited = sorted(self.waited[crowded])
        return round(waited[min(int(share * len(waited)), len(waited) - 1)] * 1000, 2)


def resident_mb(pid: int) -> int:
    """Return the most memory that the process has had resident, in MB."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    return int(next(line.split()[1] for line in lines if line.startswith("VmHWM:"))) // 1024


def measure(installation: Installation, folder: Path, reports: int, rounds: int) -> dict[str, Any]:
    """Return the figures of one run."""
    secrets = folder / "made-office.json"
    office = unb64(json.loads(made_office.run(installation, "found", str(secrets)))["id"])
    line = Line(installation.urls["report"], office)
    honest = Honest(line, made_office.MadeOffice.read(secrets).desks[0])
    largest = max(DIST.glob("*.js"), key=lambda path: path.stat().st_size)
    paths = {UPLOADS: f"/at/{b64(office)}/drop", DOWNLOADS: f"/s/{largest.name}"}
    honest.file(50, crowded=None)
    before = resident_mb(installation.door_pids()["report"])
    for _ in range(rounds):
        for crowded in (False, True):
            with crowd(urlsplit(line.origin).netloc, paths) if crowded else nullcontext():
                honest.file(reports, crowded=crowded)
    after = resident_mb(installation.door_pids()["report"])
    alone, among = (honest.percentile(0.95, crowded=crowded) for crowded in (False, True))
    ratio = round(among / alone, 2)
    return {
        "crowd": dict(CROWD), "reports": 2 * reports * rounds,
        "p50_ms": {"alone": honest.percentile(0.5, crowded=False), "crowd": honest.percentile(0.5, crowded=True)},
        "p95_ms": {"alone": alone, "crowd": among}, "ratio": ratio, "bound_ratio": RATIO,
        "resident_mb": {"before": before, "most": after},
        "refused": len(honest.refused), "first_refusals": honest.refused[:3],
        "ok": ratio < RATIO and not honest.refused,
    }  # fmt: skip


def main() -> int:
    """Measure, print one JSON object, return 1 outside the bounds."""
    wanted = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    wanted.add_argument("--reports", type=int, default=150)
    wanted.add_argument("--rounds", type=int, default=4)
    given = wanted.parse_args()
    with tempfile.TemporaryDirectory(prefix="fairline-slow-") as folder:
        installation = Installation(Path(folder), {})
        installation.start()
        try:
            found = measure(installation, Path(folder), given.reports, given.rounds)
        finally:
            installation.stop()
    print(json.dumps({"bench": "slow_clients", **found}))
    return 0 if found["ok"] else 1


if __name__ == "__main__":
    sys.exit(main())
