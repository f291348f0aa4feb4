"""How much of the server's processors one report takes, as it really is: 8 files, about 37 kB, synced to the disk.

    python bench/intake.py [--stored 1000000] [--reports 400] [--database sqlite|postgresql]

Reports of noise in real sizes go over HTTP to the report door of an installation, one at a time and 16 at a time. What
is counted is the time that the door's process and, where there is one, the database's processes spent on processors,
user and system together. Then the store is filled to 1 000 and to --stored reports of the same sizes, written in bulk,
and the same is counted again. Each figure is the least of three rounds: other work on the machine can only add to it.
Bounds: 3 ms on SQLite, 4 ms on PostgreSQL, none refused; between the two stores at most 15 % difference.
A million reports take about 40 GB and some minutes a database; a smaller --stored says so in the output.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from fairline.seal.primitives import unb64
from support import made_office
from support.installation import Installation
from support.noise import Line, NoiseReport
from support.postgres import Cluster

BOUNDS = {"sqlite": 3.0, "postgresql": 4.0}
FLAT = 0.15
LITTLE = 1000
ROUNDS = 3
TICKS = os.sysconf("SC_CLK_TCK")


def spent(pids: list[int]) -> float:
    """Return the seconds that these processes, and children of theirs that have ended, spent on processors."""
    total = 0
    for pid in pids:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        total += sum(int(fields[i]) for i in (11, 12, 13, 14))
    return total / TICKS


def family(pid: int) -> list[int]:
    """Return a process and those that it has started."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    return [pid, *map(int, children)]


class Intake:
    """One installation on one kind of database, and the processes that work when a report comes in."""

    def __init__(self, kind: str, folder: Path) -> None:
        """Start it and found an office."""
        self.kind = kind
        self.cluster = Cluster() if kind == "postgresql" else None
        settings = {}
        if self.cluster is not None:
            settings["FAIRLINE_DATABASE"] = self.cluster.create("intake")
            settings["FAIRLINE_PUBLIC_DATABASE"] = self.cluster.create("intake_public")
        self.installation = Installation(folder, settings)
        self.installation.start(within=120)
        secrets = folder / "made-office.json"
        told = json.loads(made_office.run(self.installation, "found", str(secrets)))
        self.office = unb64(told["id"])
        self.desk = made_office.MadeOffice.read(secrets).desks[0]
        self.refused: list[str] = []

    def pids(self) -> list[int]:
        """Return the processes whose time counts: with PostgreSQL, the postmaster's children have all parts in it."""
        found = [self.installation.door_pids()["report"]]
        if self.cluster is not None:
            postmaster = int((self.cluster.folder / "data" / "postmaster.pid").read_text(encoding="ascii").split()[0])
            found += family(postmaster)
        return found

    def round(self, reports: int, at_once: int) -> float:
        """Send so many reports and return the milliseconds of processor time that each took."""
        line = Line(self.installation.urls["report"], self.office)
        made = [line.ready(NoiseReport(self.office, self.desk)) for _ in range(reports)]

        def send(report: NoiseReport) -> None:
            answer = line.drop(report)
            if answer.status != 200:
                self.refused.append(answer.body.decode())

        before = spent(self.pids())
        with ThreadPoolExecutor(at_once) as pool:
            list(pool.map(send, made))
        return (spent(self.pids()) - before) / reports * 1000

    def measure(self, reports: int) -> dict[str, float]:
        """Return the cost of a report one at a time and 16 at a time, the least of three rounds each."""
        self.round(50, 4)
        return {str(n): round(min(self.round(reports, n) for _ in range(ROUNDS)), 2) for n in (1, 16)}

    def fill(self, stored: int) -> None:
        """Fill the store up to ``stored`` reports, in bulk."""
        subprocess.run(
            [sys.executable, Path(__file__).with_name("fill_line.py"), self.office.hex(), self.desk.hex(), str(stored)],
            env={**self.installation.environment, "DJANGO_SETTINGS_MODULE": "fairline.cli.settings"}, check=True,
        )  # fmt: skip

    def end(self) -> None:
        """Stop everything that was started."""
        self.installation.stop()
        if self.cluster is not None:
            self.cluster.stop()


def measured(kind: str, stored: int, reports: int) -> dict[str, Any]:
    """Return the figures of one kind of database."""
    with tempfile.TemporaryDirectory(prefix="fairline-intake-") as folder:
        intake = Intake(kind, Path(folder))
        try:
            intake.fill(LITTLE)
            little = intake.measure(reports)
            intake.fill(stored)
            much = intake.measure(reports)
        finally:
            intake.end()
    growth = max(abs(much[n] / little[n] - 1) for n in little)
    costs = [*little.values(), *much.values()]
    return {
        "ms_at_1000": little, f"ms_at_{stored}": much, "bound_ms": BOUNDS[kind], "difference": round(growth, 3),
        "bound_difference": FLAT, "refused": len(intake.refused),
        "within": max(costs) <= BOUNDS[kind] and growth <= FLAT and not intake.refused,
    }  # fmt: skip


def main() -> int:
    """Measure, print one JSON object, return 1 outside the bounds."""
    wanted = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    wanted.add_argument("--stored", type=int, default=1_000_000)
    wanted.add_argument("--reports", type=int, default=400)
    wanted.add_argument("--database", choices=sorted(BOUNDS))
    given = wanted.parse_args()
    kinds = [given.database] if given.database else ["sqlite", "postgresql"]
    found = {kind: measured(kind, given.stored, given.reports) for kind in kinds}
    ok = all(row["within"] for row in found.values())
    print(json.dumps({"bench": "intake", "stored": given.stored, **found, "ok": ok}))
    return 0 if ok else 1


if __name__ == "__main__":
    sys.exit(main())
