"""How many honest reports arrive within a minute among 50 junk reports a second and a flood of attachments.

    python bench/flood.py [--seconds 600] [--reports 50] [--parts 10] [--stalled 120] [--database sqlite|postgresql]

The flood is a process of its own: junk in real sizes, each with the arithmetic that the door asks for, parts of
attachments of 2 MiB for as long as the desk has room for them, and uploads that stall with nearly all of a part sent,
so that what the door holds of files in flight is always used up.

Be fair to the attacker: at the top of its hardness the door's arithmetic for 50 reports a second takes ten cores such
as these, and they would have them, or a stock laid up within the hour in which a solution is good. Here the door asks
for 1/256 of it (FAIRLINE_TEST_EASIER=8) and the flood solves that, so that it costs the flood next to nothing, and the
door, which checks each solution as always, as much as it really does.

The honest come once a second. Each loads the proven documents, seals a report of their own, does the WHOLE arithmetic
(256 times what the door asks for here; when it has become harder, they do it again), and sends as the reporting page
does; who is told that too much comes in waits as long as the door says and sends again. Every second one has an old
phone: the time that the arithmetic takes here counts twenty times. Counted are the seconds from opening the page to a
promise that was checked, and afterwards whether each mailbox opens. Bound: 99 % within 60 s.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from factories.reporter import Reporter
from fairline.seal.primitives import unb64
from support import made_office
from support.flood import How, flood
from support.honest import Coming, Honest
from support.installation import Installation
from support.noise import Line
from support.postgres import Cluster

EASIER = 8
"""Bits of the arithmetic that the door does not ask for here, and the honest do all the same."""
SLOWER = 20
"""An old phone's arithmetic beside one core here (decision 0049)."""
WITHIN_S = 60.0
SHARE = 0.99


def figures(people: Sequence[Honest]) -> dict[str, Any]:
    """Return what became of them."""
    took = sorted(one.took for one in people if one.took is not None)
    within = sum(one <= WITHIN_S for one in took)
    places = {"p50_s": 0.5, "p95_s": 0.95, "p99_s": 0.99, "longest_s": 1.0}
    return {
        "honest": len(people), "within_60_s": within, "share": round(within / len(people), 4),
        **{name: round(took[min(int(at * len(took)), len(took) - 1)], 2) for name, at in places.items() if took},
        "asked_for_more_work": sum(one.harder > 0 for one in people),
        "told_busy": sum(one.busy > 0 for one in people),
        "failures": [one.failed for one in people if one.failed][:5],
    }  # fmt: skip


def resident_mb(pid: int) -> int:
    """Return the most memory that the process has had resident, in MB."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    return int(next(line.split()[1] for line in lines if line.startswith("VmHWM:"))) // 1024


def measure(installation: Installation, folder: Path, seconds: int, how: How) -> dict[str, Any]:
    """Return the figures of one run."""
    secrets = folder / "made-office.json"
    office = unb64(json.loads(made_office.run(installation, "found", str(secrets)))["id"])
    # All of it goes to one desk, whose room for files is the first to be used up.
    desk = made_office.MadeOffice.read(secrets).desks[0]
    door = installation.urls["report"]

    def person(number: int) -> Honest:
        slower = SLOWER if number % 2 else 1
        return Honest(Reporter(door, office, desk), Line(door, office), easier=EASIER, slower=slower)

    coming = Coming(person)
    with flood(door, office, desk, how) as answered:
        coming.come(seconds, every=1.0)
        load = os.getloadavg()
    return {
        **figures(coming.people), "lost": coming.lost(), "flood": answered,
        "resident_mb": resident_mb(installation.door_pids()["report"]), "load_at_the_end": [round(n, 1) for n in load],
    }  # fmt: skip


def main() -> int:
    """Measure, print one JSON object, return 1 outside the bound."""
    wanted = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    wanted.add_argument("--seconds", type=int, default=600)
    wanted.add_argument("--reports", type=float, default=50, help="junk reports a second")
    wanted.add_argument("--parts", type=float, default=10, help="parts of attachments a second, 2 MiB each")
    wanted.add_argument("--stalled", type=int, default=120, help="uploads that stall")
    wanted.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    given = wanted.parse_args()
    how = How(given.reports, given.parts, stalled=given.stalled)
    cluster = Cluster() if given.database == "postgresql" else None
    settings = {"FAIRLINE_TEST_EASIER": str(EASIER)}
    if cluster is not None:
        settings["FAIRLINE_DATABASE"] = cluster.create("flood")
        settings["FAIRLINE_PUBLIC_DATABASE"] = cluster.create("flood_public")
    with tempfile.TemporaryDirectory(prefix="fairline-flood-") as folder:
        installation = Installation(Path(folder), settings)
        try:
            installation.start()
            found = measure(installation, Path(folder), given.seconds, how)
        finally:
            installation.stop()
            if cluster is not None:
                cluster.stop()
    ok = found["share"] >= SHARE and found["lost"] == 0 and found["honest"] > 0
    print(json.dumps({
        "bench": "flood", "database": given.database, "seconds": given.seconds, **found, "bound_share": SHARE, "ok": ok,
    }))  # fmt: skip
    return 0 if ok else 1


if __name__ == "__main__":
    sys.exit(main())
