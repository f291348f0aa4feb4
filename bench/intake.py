"""How much of the server's processors one report takes, as it really is: 8 files, about 37 kB, synced to the disk.

    python bench/intake.py [--stored 1000000] [--reports 150] [--database sqlite|postgresql]

Reports of noise in real sizes go over HTTP to the report door of an installation, one at a time and 16 at a time. What
is counted is the time that the door's process and, where there is one, the database's processes spent on processors,
user and system together (PostgreSQL's settings are the defaults but for the vacuum, which would come to the small store
in the midst of a round, and to a large one every 200 000 reports). Two installations stand side by side, one with 1 000
reports of the same sizes stored and one with --stored, written in bulk while nothing runs; their rounds alternate, so
that whatever else the machine does meets both. Each figure is the least of its rounds: other work can only add to it.
Bounds: 3 ms on SQLite, 4 ms on PostgreSQL, none refused; between the two stores at most 15 % difference.
A million reports take about 45 GB a database; a smaller --stored says so in the output.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
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
ROUNDS = 12
BYTES_EACH = 46_000
"""What a stored report takes on the disk, rounded up."""
LEFT = 8 << 30
"""Bytes that stay free on the disk whatever happens."""


def spent(pids: list[int]) -> float:
    """Return the seconds that the threads of these processes spent on processors, to the nanosecond."""
    nanoseconds = 0
    for thread in [thread for pid in pids for thread in Path(f"/proc/{pid}/task").iterdir()]:
        with suppress(FileNotFoundError, ProcessLookupError):
            nanoseconds += int((thread / "schedstat").read_text(encoding="ascii").split()[0])
    return nanoseconds / 1e9


def family(pid: int) -> list[int]:
    """Return a process and those that it has started."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    return [pid, *map(int, children)]


class Intake:
    """One installation on one kind of database, and the processes that work when a report comes in."""

    def __init__(self, kind: str, folder: Path, stored: int) -> None:
        """Found an office, fill its store up to ``stored`` reports while nothing runs, and start it."""
        folder.mkdir()
        self.kind = kind
        self.cluster = Cluster("autovacuum=off") if kind == "postgresql" else None
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
        self.installation.stop()
        self.fill(stored)
        self.installation.start(within=120)
        self.round(50, 4)

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
    made: list[Intake] = []
    rounds: dict[tuple[int, int], list[float]] = {}
    with tempfile.TemporaryDirectory(prefix="fairline-intake-") as folder, ExitStack() as ends:
        if shutil.disk_usage(folder).free < stored * BYTES_EACH + LEFT:
            raise SystemExit(f"The disk of {folder} has no room for {stored} reports.")
        for size in (LITTLE, stored):
            made.append(Intake(kind, Path(folder) / str(size), size))
            ends.callback(made[-1].end)
        for _ in range(ROUNDS):
            for at_once in (1, 16):
                for number, intake in enumerate(made):
                    rounds.setdefault((number, at_once), []).append(intake.round(reports, at_once))
        load = os.getloadavg()[0]
    little, much = ({str(n): round(min(rounds[number, n]), 2) for n in (1, 16)} for number in (0, 1))
    difference = {n: round(much[n] / little[n] - 1, 3) for n in little}
    refused = sum(len(intake.refused) for intake in made)
    within = max(*little.values(), *much.values()) <= BOUNDS[kind]
    return {
        "ms_at_1000": little, f"ms_at_{stored}": much, "bound_ms": BOUNDS[kind], "difference": difference,
        "bound_difference": FLAT, "refused": refused, "machine_load": round(load, 1),
        "within": within and max(map(abs, difference.values())) <= FLAT and not refused,
    }  # fmt: skip


def main() -> int:
    """Measure, print one JSON object, return 1 outside the bounds."""
    wanted = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    wanted.add_argument("--stored", type=int, default=1_000_000)
    wanted.add_argument("--reports", type=int, default=150)
    wanted.add_argument("--database", choices=sorted(BOUNDS))
    given = wanted.parse_args()
    kinds = [given.database] if given.database else ["sqlite", "postgresql"]
    found = {kind: measured(kind, given.stored, given.reports) for kind in kinds}
    ok = all(row["within"] for row in found.values())
    print(json.dumps({"bench": "intake", "stored": given.stored, **found, "ok": ok}))
    return 0 if ok else 1


if __name__ == "__main__":
    sys.exit(main())
