"""Server, network or browser killed at a random moment of an upload: it ends whole, and hardly a byte goes twice.

    python bench/upload_kill.py [--runs 100] [--size BYTES] [--database sqlite|postgresql] [--only terminal|chromium]

Half of the runs send with the terminal's own code (`fairline send --attach`), in this process; what is killed is the
report door's process, with nothing finished (every other run), or all connections at once. When the upload has ended, a
report names the file, its parts are fetched through the mailbox, opened, and held against its hash and against what was
sent. The other half send from Chromium: in turn the browser, the door and the network (`upload_kill_chromium.py`).
A file has 120 MB from the terminal, and 200 MB, a telephone's film, from Chromium, whose bytes are all that went to the
door: the page's other requests among them.
Bounds: every file whole and equal, none refused; sent twice at most 2 % of a file, or one part where that is more; at
least a quarter of the runs must really have been broken off; `fairline verify` finds nothing afterwards.
"""

from __future__ import annotations

import argparse
import hashlib
import http.client
import json
import os
import secrets
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from fairline.seal.attachment import Attachment, shape
from fairline.seal.envelope import FileName
from fairline.seal.errors import FairlineError
from fairline.seal.primitives import b64, unb64
from fairline.terminal import attaching
from fairline.terminal.address import read_address
from fairline.terminal.attaching import attach, chosen
from fairline.terminal.door import Door
from fairline.terminal.errors import UnreachableError
from fairline.terminal.office import Office
from support import made_office
from support.cut_line import CutLine
from support.installation import Installation
from support.lone_door import LoneDoor
from support.noise import Line, NoiseReport
from support.postgres import Cluster
from upload_kill_chromium import broken_off

TWICE = 0.02
SIZES = {"terminal": 120_000_000, "chromium": 200_000_000}
LARGEST = 2_130_000
"""Bytes of a part with its head, about; of a file below a hundred megabytes one part is more than 2 %."""
LONGEST_PAUSE = 2.0
CHANCE = secrets.SystemRandom()
WAIT = 60.0


class CountingDoor(Door):
    """The report door, reached through a network that can be cut and that counts what goes through."""

    def __init__(self, origin: str) -> None:
        """Put the network in between."""
        super().__init__(read_address(origin))
        self.network = CutLine(urlsplit(origin).port or 0)
        self.parts = 0
        self.at = 0
        self.reached = threading.Event()
        """Set as soon as part number ``at`` sets out."""

    def dialled(self) -> http.client.HTTPConnection:
        """A connection through the network."""
        line = http.client.HTTPConnection("127.0.0.1", self.network.port, timeout=60)
        try:
            line.connect()
        except OSError as error:
            raise UnreachableError("There is no connection.") from error
        return line

    def exchange(
        self, line: http.client.HTTPConnection, asked: tuple[str, str], body: bytes | None, kind: str, *, last: bool
    ) -> bytes:
        """As any door; counts the parts that were tried."""
        if asked[1].endswith("blobs/part") and body is not None:
            self.parts += 1
            if self.parts == self.at:
                self.reached.set()
        return super().exchange(line, asked, body, kind, last=last)


@dataclass
class Run:
    """One upload, broken off once."""

    whole: bool
    sent: int
    """Bytes that went through the network."""
    broken: bool
    """Whether a part had to go again."""
    refused: str


class Uploads:
    """An installation without a supervisor, its report door to be killed, and a file to send."""

    def __init__(self, folder: Path, size: int, settings: dict[str, str]) -> None:
        """Found an office and open the door."""
        (folder / "installation").mkdir()
        self.installation = Installation(folder / "installation", settings)
        self.installation.command("prepare")
        self.secrets = folder / "made-office.json"
        self.office = unb64(json.loads(made_office.run(self.installation, "found", str(self.secrets)))["id"])
        self.desk = made_office.MadeOffice.read(self.secrets).desks[0]
        self.file = folder / "film.mp4"
        with self.file.open("wb") as film:
            for _ in range(0, size, 1 << 20):
                film.write(os.urandom(1 << 20))
            film.truncate(size)
        with self.file.open("rb") as film:
            self.digest = hashlib.file_digest(film, "sha256").hexdigest()
        self.lone = LoneDoor(self.installation)
        self.lone.start()
        self.line = Line(self.installation.urls["report"], self.office)

    def once(self, within: float, *, kill: bool) -> tuple[Run, float]:
        """Send the file; at a random moment of the ``within`` seconds that it takes the server dies, or the network."""
        door = CountingDoor(self.installation.urls["report"])
        office = Office(door, self.office, datetime.now(UTC))
        parts = shape(self.file.stat().st_size).parts
        door.at = CHANCE.randint(1, parts)
        breaking = threading.Thread(target=self._break, args=(door, within / parts, kill))
        begun = time.monotonic()
        if within:
            breaking.start()
        refused, file = "", None
        try:
            [file] = attach(office, self.desk, chosen([str(self.file)]), lambda s: time.sleep(min(s, LONGEST_PAUSE)))
        except FairlineError as error:
            refused = f"{error.code}: {error.sentence}"
        took = time.monotonic() - begun
        if within:
            breaking.join()
        door.network.close()
        whole = file is not None and self._comes_back(file)
        return Run(whole, door.network.passed, door.parts > parts, refused), took

    def _break(self, door: CountingDoor, within: float, kill: bool) -> None:  # noqa: FBT001 - a thread's target
        door.reached.wait(WAIT)
        time.sleep(CHANCE.uniform(0, within))
        if kill:
            self.lone.kill()
            self.lone.start()
        else:
            door.network.cut()

    def _comes_back(self, file: FileName) -> bool:
        report = NoiseReport(self.office, self.desk, blobs=((file.blob, file.hash),))
        if self.line.drop(report).promise().leaf != report.leaf:
            return False
        asked = {"v": 1, "id": b64(report.id), "auth": b64(report.auth), "blob": b64(file.blob)}

        def fetch(part: int) -> bytes:
            body = json.dumps({**asked, "part": part}).encode()
            answer = self.line.send("POST", f"/at/{b64(self.office)}/mailbox/part", body)
            return answer.body if answer.status == 200 else b""

        digest = hashlib.sha256()
        try:
            for piece in Attachment(file, fetch).whole():
                digest.update(piece)
        except FairlineError:
            return False
        return digest.hexdigest() == self.digest

    def findings(self) -> int:
        """Return how many findings `fairline verify` has."""
        verified = self.installation.command("verify", check=False)
        return 0 if verified.returncode == 0 else max(1, len(verified.stdout.splitlines()))


def from_the_terminal(uploads: Uploads, runs: int) -> dict[str, Any]:
    """Send the file ``runs`` times; and twice before, undisturbed, to see how long it takes and how much it is."""
    uploads.once(0, kill=False)
    first, took = uploads.once(0, kill=False)
    done = [uploads.once(took, kill=number % 2 == 0)[0] for number in range(runs)]
    return {
        "runs": runs, "undisturbed_seconds": round(took, 1), "whole": sum(one.whole for one in done) + first.whole - 1,
        "most_twice": max(one.sent - first.sent for one in done), "broken": sum(one.broken for one in done),
        "troubles": [one.refused for one in done if one.refused],
    }  # fmt: skip


def measured(
    folder: Path, size: int, settings: dict[str, str], send: Callable[[Uploads], dict[str, Any]]
) -> dict[str, Any]:
    """Send from somewhere to an installation made for that; what came of it, with its bounds."""
    folder.mkdir()
    uploads = Uploads(folder, size, settings)
    try:
        found = send(uploads)
    finally:
        uploads.lone.stop()
    twice = round(100 * found.pop("most_twice") / size, 2)
    allowed = round(100 * max(TWICE, LARGEST / size), 2)
    findings, least = uploads.findings(), max(1, found["runs"] // 4)
    good = (
        found["whole"] == found["runs"] and twice <= allowed and found["broken"] >= least and not found["troubles"]
        and findings == 0
    )  # fmt: skip
    return {
        **found, "size": size, "whole_bound": found["runs"], "most_twice_percent": twice, "most_twice_bound": allowed,
        "broken_least": least, "findings": findings, "findings_bound": 0, "good": good,
    }  # fmt: skip


def main() -> int:
    """Measure, print the result, return 1 outside a bound."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=100)
    parser.add_argument("--size", type=int)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--only", choices=("terminal", "chromium"))
    asked = parser.parse_args()
    # What the terminal says to a person is nobody's here.
    attaching.say = lambda _text="": None
    half = asked.runs // 2
    every: dict[str, Callable[[Uploads], dict[str, Any]]] = {
        "terminal": lambda uploads: from_the_terminal(uploads, half),
        "chromium": lambda uploads: broken_off(uploads, asked.runs - half),
    }
    ways = every if asked.only is None else {asked.only: every[asked.only]}
    result: dict[str, Any] = {"bench": "upload_kill", "database": asked.database}
    with tempfile.TemporaryDirectory(prefix="fairline-bench-") as folder, on(asked.database) as settings:
        for way, send in ways.items():
            result[way] = measured(Path(folder) / way, asked.size or SIZES[way], settings(way), send)
    print(json.dumps(result))
    return 0 if all(result[way]["good"] for way in ways) else 1


@contextmanager
def on(database: str) -> Iterator[Callable[[str], dict[str, str]]]:
    """The settings of an installation of its own, by its name."""
    if database == "sqlite":
        yield lambda _name: {}
        return
    cluster = Cluster()
    try:
        yield lambda name: {
            "FAIRLINE_DATABASE": cluster.create(name), "FAIRLINE_PUBLIC_DATABASE": cluster.create(f"{name}_public")
        }  # fmt: skip
    finally:
        cluster.stop()


if __name__ == "__main__":
    sys.exit(main())
