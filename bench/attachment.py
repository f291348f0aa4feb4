"""A gigabyte up to the report door and down again: what it costs the server in processor time and in memory.

    python bench/attachment.py [--size 1000000000] [--database sqlite|postgresql] [--only cli]

`cli` is `fairline send --attach` and `fairline open --save`, as they are, against an installation with a folder of
files. The server's processor time is that of the report door's process, user and system together, and leaves out what
the client's own process spends on sealing and opening. Memory is the door's resident set, watched all the time, above
what it was after a small file had gone up and down; the client's is its peak, which a file of any length must not move.
Bounds: 4 s of the server's processor for a gigabyte both ways together, 24 MB more of its memory, the file comes back
equal, and the client stays below 160 MB. Where other work slows the processors' caches down, seconds of processor grow
too: so what SHA-256 over a gigabyte costs is measured before, between and after, and where that is more than on a quiet
machine (QUIET), the bound is held against the seconds in that proportion. Both are printed. How long it took is said
and not bounded.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from fairline.seal.primitives import b64, unb64
from support import made_office
from support.installation import Installation
from support.postgres import Cluster

GIGABYTE = 1_000_000_000
SMALL = 20_000_000
CLI_SECONDS = 4.0
GROWTH_MB = 24.0
CLIENT_MB = 160.0
QUIET = 0.52
"""Seconds of processor for SHA-256 over a gigabyte in parts, where nothing else ran: 2 vCPU, Debian 12, OpenSSL 3."""
TICKS = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")
EVERY = 0.02
HASHED = 100


@dataclass
class Watched:
    """A process while something is done to it: seconds on processors, and resident bytes at their most."""

    pid: int
    seconds: float = 0.0
    most: int = 0
    _stop: threading.Event = field(default_factory=threading.Event)

    def spent(self) -> float:
        """Return the seconds that it has been on processors since it began."""
        fields = Path(f"/proc/{self.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return sum(int(fields[at]) for at in (11, 12)) / TICKS

    def resident(self) -> int:
        """Return its resident bytes now."""
        return int(Path(f"/proc/{self.pid}/statm").read_text(encoding="ascii").split()[1]) * PAGE

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Watch it meanwhile."""
        before = self.spent()
        self._stop.clear()
        watcher = threading.Thread(target=self._watch, daemon=True)
        watcher.start()
        try:
            yield
        finally:
            self._stop.set()
            watcher.join()
            self.seconds += self.spent() - before

    def _watch(self) -> None:
        while not self._stop.wait(EVERY):
            self.most = max(self.most, self.resident())


def prepared(folder: Path, cluster: Cluster | None) -> Installation:
    """Return a running installation with an office of two desks."""
    settings = {}
    if cluster is not None:
        settings = {"FAIRLINE_DATABASE": cluster.create("files"), "FAIRLINE_PUBLIC_DATABASE": cluster.create("public")}
    installation = Installation(folder, settings)
    installation.start()
    return installation


def hashing() -> float:
    """Return the seconds of processor that SHA-256 over a gigabyte costs at this moment."""
    part = os.urandom(2 << 20)
    begun = time.process_time()
    for _ in range(HASHED):
        hashlib.sha256(part).digest()
    return (time.process_time() - begun) * GIGABYTE / (HASHED * len(part))


def there_and_back(
    installation: Installation, address: str, file: Path, folder: Path, between: Callable[[], None] = lambda: None
) -> tuple[float, float]:
    """Send a file with a report and save it from the mailbox; return the seconds that each way took."""
    folder.mkdir()
    words = folder / "words"
    begun = time.monotonic()
    run(installation, "send", address, "--desk", "First desk", "--yes", "--receipt-file", str(words), "--attach",
        str(file), said=b"There is a film.")  # fmt: skip
    up = time.monotonic() - begun
    between()
    begun = time.monotonic()
    run(installation, "open", address, "--receipt-file", str(words), "--save", str(folder / "saved"))
    return up, time.monotonic() - begun


def made(path: Path, size: int) -> Path:
    """Make a file of that length; what is in it does not matter to who only seals it."""
    with path.open("wb") as file:
        file.truncate(size)
        file.write(os.urandom(1 << 20))
    return path


def run(installation: Installation, *words: str, said: bytes = b"") -> None:
    """Run `fairline …` as a person would; its faults end the measurement."""
    subprocess.run(
        [sys.executable, "-m", "fairline.cli.main", *words], env=installation.environment, input=said, check=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def digest(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def cli(installation: Installation, address: str, folder: Path, size: int) -> dict[str, Any]:
    """Measure the command line client."""
    door = Watched(installation.door_pids()["report"])
    film = folder / "film.mp4"
    there_and_back(installation, address, made(film, SMALL), folder / "small")
    settled, costs = door.resident(), [hashing()]
    with door.watching():
        up, down = there_and_back(
            installation, address, made(film, size), folder / "large", lambda: costs.append(hashing())
        )
    costs.append(hashing())
    equal = digest(folder / "large" / "saved" / film.name) == digest(film)
    seconds = door.seconds * GIGABYTE / size
    hashed = sum(costs) / len(costs)
    quiet = min(seconds, seconds * QUIET / hashed)
    growth = (door.most - settled) / 1e6
    client = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1e3
    return {
        "cli_server_seconds_per_gb": round(seconds, 2), "cli_server_seconds_quiet": round(quiet, 2),
        "cli_server_seconds_bound": CLI_SECONDS, "hashing_seconds_per_gb": round(hashed, 2),
        "cli_growth_mb": round(growth, 1), "cli_growth_bound": GROWTH_MB, "cli_settled_mb": round(settled / 1e6, 1),
        "cli_client_mb": round(client, 1), "cli_client_bound": CLIENT_MB, "cli_equal": equal,
        "cli_up_mb_s": round(size / up / 1e6, 1), "cli_down_mb_s": round(size / down / 1e6, 1),
        "cli_good": equal and quiet <= CLI_SECONDS and growth <= GROWTH_MB and client <= CLIENT_MB,
    }  # fmt: skip


MEASURES: dict[str, Callable[[Installation, str, Path, int], dict[str, Any]]] = {"cli": cli}
"""Each gets a running installation, the address of its office, a folder of its own and a size; `<name>_good` counts."""


def main() -> int:
    """Measure, print the result, return 1 outside a bound."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--size", type=int, default=GIGABYTE)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--only", choices=sorted(MEASURES))
    asked = parser.parse_args()
    cluster = Cluster() if asked.database == "postgresql" else None
    result: dict[str, Any] = {"bench": "attachment", "database": asked.database, "size": asked.size}
    chosen = [asked.only] if asked.only else list(MEASURES)
    try:
        with tempfile.TemporaryDirectory(prefix="fairline-bench-") as name:
            folder = Path(name)
            (folder / "installation").mkdir()
            installation = prepared(folder / "installation", cluster)
            try:
                told = json.loads(made_office.run(installation, "found", str(folder / "made-office.json")))
                address = f"{installation.urls['report']}/at/{b64(unb64(told['id']))}/"
                for one in chosen:
                    (folder / one).mkdir()
                    result |= MEASURES[one](installation, address, folder / one, asked.size)
            finally:
                installation.kill()
    finally:
        if cluster is not None:
            cluster.stop()
    print(json.dumps(result))
    return 0 if all(result[f"{one}_good"] for one in chosen) else 1


if __name__ == "__main__":
    sys.exit(main())
