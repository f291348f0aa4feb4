"""Either side of a referral killed at random moments: each report arrives at the other office once, and none is lost.

    python bench/referral_kill.py [--kills 200]

Two installations. Before each kill a sealed report is put on its way; then, after a random time, the relay, the whole
sending installation, the receiving report door, or the whole receiving installation is killed with nothing finished,
and comes back as it would. In the end every report must be promised at the sender, with nothing sealed kept there, and
stand at the receiver exactly once, with the very content that was sent. A file of two parts goes along with each: it
must be there whole, named by its report, and no part of it may be kept at the sender. Every other kill is aimed: it
comes once a part of the file has arrived and another has not, where the relay gets so far in time.
Bounds: 0 lost, 0 doubled, 0 altered, 0 unpromised, 0 files missing or kept; at least one kill in four must have met a
report under way.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from factories.reporter import Reporter, manifest_at
from fairline.seal.primitives import b64, unb64
from support import made_office
from support.installation import Installation

LONGEST = 1.6
"""Seconds after which the kill comes at most: the relay needs about one to begin, and little to deliver."""
VICTIMS = ("relay", "relay", "door", "door", "door", "sender", "receiver")
WITHIN = 900.0
"""Seconds for what still waits after the last kill: whoever met eight of them is asked again after eight minutes."""


class Office:
    """One installation and the office in it."""

    def __init__(self, folder: Path, *peer: str) -> None:
        folder.mkdir()
        self.running = Installation(folder, {"FAIRLINE_PEERS_PRIVATE": "yes"})
        self.running.start()
        found = json.loads(made_office.run(self.running, "found", str(folder / "made.json"), *peer))
        self.id, self.F = unb64(found["id"]), found["F"]
        self.door = self.running.urls["report"]
        self.desk = manifest_at(self.door, self.id).charter.desks[0].id
        # Its records are opened by each process as it starts.
        self.database = folder / "var" / "fairline.sqlite3"

    def rows(self, question: str) -> list[tuple[Any, ...]]:
        """Ask the database without any of our code."""
        with closing(sqlite3.connect(self.database, timeout=20)) as database:
            return database.execute(question).fetchall()

    def killed(self) -> None:
        """Kill all of it at once, and start it again."""
        self.running.kill()
        self.running.start()

    def half_files(self) -> set[bytes]:
        """Files of which some parts are there, and not all."""
        return {bytes(row[0]) for row in self.rows("SELECT id FROM line_blob WHERE held BETWEEN 1 AND parts - 1")}

    def waiting(self) -> int:
        """How many reports are not promised yet."""
        return int(self.rows("SELECT count(*) FROM referral_referral WHERE state <> 'promised'")[0][0])


def relay_of(office: Office) -> int | None:
    """The process that relays at this moment, if one does."""
    data = f"FAIRLINE_DATA={office.running.folder / 'var'}".encode()
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            words = (folder / "cmdline").read_bytes().split(b"\0")
            if b"relay" in words and data in (folder / "environ").read_bytes().split(b"\0"):
                return int(folder.name)
    return None


def aim(receiver: Office, before: set[bytes]) -> None:
    """Wait until half a file is there that was not before, and not longer than the longest kill does."""
    end = time.monotonic() + LONGEST
    while time.monotonic() < end and receiver.half_files() <= before:
        time.sleep(0.001)


def kill(victim: str, sender: Office, receiver: Office) -> str:
    """Kill it; return what was killed."""
    relay = relay_of(sender) if victim == "relay" else None
    if relay is not None:
        with suppress(ProcessLookupError):
            os.kill(relay, signal.SIGKILL)
        return victim
    if victim in ("sender", "receiver"):
        (sender if victim == "sender" else receiver).killed()
        return victim
    pid = receiver.running.door_pids().get("report")
    if pid is not None:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    return "door"


def run(folder: Path, kills: int, seed: int) -> dict[str, Any]:
    """Set up both offices and kill."""
    chance = random.Random(seed)  # noqa: S311 - which moment, not which key
    receiver = Office(folder / "receiver")
    sender = Office(folder / "sender", f"{receiver.F}@{receiver.door.partition('://')[2]}")
    try:
        return killing(sender, receiver, kills, chance)
    finally:
        sender.running.kill()
        receiver.running.kill()


def killing(sender: Office, receiver: Office, kills: int, chance: random.Random) -> dict[str, Any]:
    """Put one report on its way and kill, so many times; then wait until nothing waits."""
    case = Reporter(sender.door, sender.id, sender.desk)
    case.file({"what": "For another office."})
    names = (b64(sender.id), case.thread_id, receiver.door, b64(receiver.id), b64(receiver.desk), receiver.F)
    environment = {**sender.running.environment, "DJANGO_SETTINGS_MODULE": "fairline.cli.settings"}
    filing = subprocess.Popen(
        [sys.executable, "-m", "support.referring", *names], cwd=ROOT / "tests", env=environment, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    if filing.stdin is None or filing.stdout is None:
        raise RuntimeError("no pipes")
    filing.stdout.readline()
    sent: list[bytes] = []
    met, midway, done = 0, 0, dict.fromkeys(("relay", "door", "sender", "receiver"), 0)
    for number in range(kills):
        before = receiver.half_files()
        filing.stdin.write("one\n")
        filing.stdin.flush()
        sent.append(unb64(filing.stdout.readline().strip()))
        moment = chance.uniform(0, LONGEST)
        if number % 2 == 0:
            time.sleep(moment)
        else:
            aim(receiver, before)
        midway += not receiver.half_files() <= before
        met += sender.waiting() > 0
        done[kill(chance.choice(VICTIMS), sender, receiver)] += 1
    filing.stdin.close()
    filing.wait(20)
    begun = time.monotonic()
    while sender.waiting() and time.monotonic() < begun + WITHIN:
        time.sleep(0.2)
    last = round(time.monotonic() - begun, 1)
    return judged(sender, receiver, sent) | {"kills": kills, "killed": done, "met": met, "midway": midway, "last": last}


def judged(sender: Office, receiver: Office, sent: list[bytes]) -> dict[str, Any]:
    """Hold what was sent against what both databases have."""
    rows = sender.rows("SELECT id, state, length(sealed), content FROM referral_referral")
    ours = {bytes(row[0]): row[1:] for row in rows}
    there = receiver.rows("SELECT thread_id, content FROM line_post WHERE chain = 'r' AND n = 0")
    content = {bytes(thread): bytes(one) for thread, one in there}
    return {
        "reports": len(sent),
        "lost": sum(key not in content for key in sent),
        "doubled": len(there) - len(set(sent)),
        "altered": sum(key in content and content[key] != bytes(ours[key][2]) for key in sent),
        "files": missing(receiver, sent) + sender.rows("SELECT count(*) FROM referral_referralpart")[0][0],
        "unpromised": sum(ours[key][:2] != ("promised", 0) for key in sent),
    }


def missing(receiver: Office, sent: list[bytes]) -> int:
    """How many of these reports have not just one file there, whole and named by them."""
    rows = receiver.rows("SELECT thread FROM line_blob WHERE held = parts")
    named = [bytes(thread) for (thread,) in rows]
    return sum(named.count(key) != 1 for key in sent)


def main() -> int:
    """Run it and print one line of JSON."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=20261128)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        result = run(Path(folder), asked.kills, asked.seed)
    bad = [result[name] for name in ("lost", "doubled", "altered", "files", "unpromised")]
    result["bound"] = {"lost": 0, "doubled": 0, "altered": 0, "files": 0, "unpromised": 0, "met": asked.kills // 4}
    print(json.dumps({"bench": "referral_kill", **result}))
    return 1 if any(bad) or result["met"] < asked.kills // 4 else 0


if __name__ == "__main__":
    sys.exit(main())
