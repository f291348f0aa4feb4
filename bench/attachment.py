"""A gigabyte up to the report door and down again: what it costs the server in processor time and in memory.

    python bench/attachment.py [--size 1000000000] [--database sqlite|postgresql] [--only cli|chromium|sealing]

`cli` is `fairline send --attach` and `fairline open --save`, as they are, against an installation with a folder of
files. The server's processor time is that of the report door's process, user and system together, and leaves out what
the client's own process spends on sealing and opening. Memory is the door's resident set, watched all the time, above
what it was after a small file had gone up and down; the client's is its peak, which a file of any length must not move.
Bounds: 4 s of the server's processor for a gigabyte both ways together, 24 MB more of its memory, the file comes back
equal, and the client stays below 160 MB.

`chromium` is a person at the report page and a handler at the workbench, in Chromium on the same processors, against a
demonstration: a report with the file goes up, is opened, and the file is saved to disk. Bounds: 8 s of the processor of
report door and office door together, 24 MB more of the memory of either, the file comes back equal, 50 MB/s from
picking it until all of it is stored, and what the browser as a whole (PSS) takes for the large file over what it took
for a small one stays below 500 MB, half of the file. It does not grow with the file: on a quiet machine it was 240 to
400 MB more in five runs with 1 GB and 235 to 370 MB with 3 GB, which is what Chromium leaves lying before it clears up.

`sealing` is what sealing alone costs in that browser: the product's workers against `age-encryption` by itself, by
turns on the same file, nothing sent. Bound: 1.3 times its speed.

Where other work slows the processors' caches down, seconds of processor grow
too: so what SHA-256 over a gigabyte costs is measured before, between and after, and where that is more than on a quiet
machine (QUIET), the bound is held against the seconds in that proportion. Both are printed, and the machine's load
(`load`, processes that want to run) with them. How long the terminal took is said and not bounded.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

import attachment_chromium as pages
from chromium import Chromium, Memory
from fairline.seal.primitives import b64, unb64
from support import made_office
from support.colleague import Colleague
from support.installation import Installation
from support.postgres import Cluster

GIGABYTE = 1_000_000_000
SMALL = 20_000_000
CLI_SECONDS = 4.0
GROWTH_MB = 24.0
CLIENT_MB = 160.0
BROWSER_SECONDS = 8.0
BROWSER_MB = 500.0
STORED_MB_S = 50.0
TIMES_AGE = 1.3
SEALED = 300_000_000
DESK = "Safety and security desk"
ROOT = Path(__file__).resolve().parents[1]
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


@contextmanager
def prepared(folder: Path, cluster: Cluster | None, *arguments: str) -> Iterator[Installation]:
    """A running installation in a folder of its own."""
    (folder / "installation").mkdir()
    settings = {"FAIRLINE_DEMO": "yes"} if arguments else {}
    if cluster is not None:
        settings["FAIRLINE_DATABASE"] = cluster.create(folder.name)
        settings["FAIRLINE_PUBLIC_DATABASE"] = cluster.create(f"{folder.name}_public")
    installation = Installation(folder / "installation", settings)
    installation.start(*arguments, within=180)
    try:
        yield installation
    finally:
        installation.kill()


def hashing() -> float:
    """Return the seconds of processor that SHA-256 over a gigabyte costs at this moment."""
    part = os.urandom(2 << 20)
    begun = time.process_time()
    for _ in range(HASHED):
        hashlib.sha256(part).digest()
    return (time.process_time() - begun) * GIGABYTE / (HASHED * len(part))


@dataclass(frozen=True)
class Terminal:
    """What a way up and a way down took in a terminal: seconds each, and the client's resident bytes at their most."""

    up: float
    down: float
    most: int


def there_and_back(
    installation: Installation, address: str, file: Path, folder: Path, between: Callable[[], None] = lambda: None
) -> Terminal:
    """Send a file with a report and save it from the mailbox."""
    folder.mkdir()
    words = folder / "words"
    begun = time.monotonic()
    sent = run(installation, "send", address, "--desk", "First desk", "--yes", "--receipt-file", str(words), "--attach",
        str(file), said=b"There is a film.")  # fmt: skip
    up = time.monotonic() - begun
    between()
    begun = time.monotonic()
    saved = run(installation, "open", address, "--receipt-file", str(words), "--save", str(folder / "saved"))
    return Terminal(up, time.monotonic() - begun, max(sent, saved))


def made(path: Path, size: int) -> Path:
    """Make a file of that length; what is in it does not matter to who only seals it."""
    with path.open("wb") as file:
        file.truncate(size)
        file.write(os.urandom(1 << 20))
    return path


def run(installation: Installation, *words: str, said: bytes = b"") -> int:
    """Run `fairline …` as a person would; its faults end the measurement. Return its resident bytes at their most."""
    begun = subprocess.Popen(
        [sys.executable, "-m", "fairline.cli.main", *words], env=installation.environment, stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    with begun.stdin or nullcontext() as asked:
        if asked is not None:
            asked.write(said)
    most = 0
    while begun.poll() is None:
        most = max(most, peak(begun.pid))
        time.sleep(EVERY)
    if begun.returncode != 0:
        raise subprocess.CalledProcessError(begun.returncode, words)
    return most


def peak(pid: int) -> int:
    """Return a process's resident bytes at their most until now: of the program that it runs, and of no other child.

    What `getrusage` says of children counts all that ever ended, such as the build of the pages, and of each also what
    the process that started it was.
    """
    for line in Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024
    return 0


def digest(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def cli(folder: Path, size: int, cluster: Cluster | None) -> dict[str, Any]:
    """Measure the command line client."""
    with prepared(folder, cluster) as installation:
        told = json.loads(made_office.run(installation, "found", str(folder / "made-office.json")))
        address = f"{installation.urls['report']}/at/{b64(unb64(told['id']))}/"
        return by_terminal(installation, address, folder, size)


def by_terminal(installation: Installation, address: str, folder: Path, size: int) -> dict[str, Any]:
    """Measure it against a running installation."""
    door = Watched(installation.door_pids()["report"])
    film = folder / "film.mp4"
    there_and_back(installation, address, made(film, SMALL), folder / "small")
    settled, costs = door.resident(), [hashing()]
    with door.watching():
        terminal = there_and_back(
            installation, address, made(film, size), folder / "large", lambda: costs.append(hashing())
        )
    costs.append(hashing())
    equal = digest(folder / "large" / "saved" / film.name) == digest(film)
    seconds = door.seconds * GIGABYTE / size
    hashed = sum(costs) / len(costs)
    quiet = min(seconds, seconds * QUIET / hashed)
    growth = (door.most - settled) / 1e6
    client = terminal.most / 1e6
    return {
        "cli_server_seconds_per_gb": round(seconds, 2), "cli_server_seconds_quiet": round(quiet, 2),
        "cli_server_seconds_bound": CLI_SECONDS, "hashing_seconds_per_gb": round(hashed, 2),
        "cli_growth_mb": round(growth, 1), "cli_growth_bound": GROWTH_MB, "cli_settled_mb": round(settled / 1e6, 1),
        "cli_client_mb": round(client, 1), "cli_client_bound": CLIENT_MB, "cli_equal": equal,
        "cli_up_mb_s": round(size / terminal.up / 1e6, 1), "cli_down_mb_s": round(size / terminal.down / 1e6, 1),
        "cli_good": equal and quiet <= CLI_SECONDS and growth <= GROWTH_MB and client <= CLIENT_MB,
    }  # fmt: skip


def chromium(folder: Path, size: int, cluster: Cluster | None) -> dict[str, Any]:
    """Measure a person at the report page, and a handler at the workbench."""
    with prepared(folder, cluster, "--demo") as installation:
        bao = Colleague(installation, "bao")
        address = f"{installation.urls['report']}/at/{b64(bao.office)}/"
        doors = {name: Watched(pid) for name, pid in installation.door_pids().items() if name != "public"}
        small = by_browser(installation, address, folder / "small", SMALL, bao)
        settled = {name: door.resident() for name, door in doors.items()}
        costs = [hashing()]
        with doors["report"].watching(), doors["office"].watching():
            large = by_browser(installation, address, folder / "large", size, bao)
        costs.append(hashing())
    seconds = sum(door.seconds for door in doors.values()) * GIGABYTE / size
    hashed = sum(costs) / len(costs)
    quiet = min(seconds, seconds * QUIET / hashed)
    growth = max((door.most - settled[name]) / 1e6 for name, door in doors.items())
    up, down = (size / took / 1e6 for took in large.took)
    more = max(now - then for now, then in zip(large.memory, small.memory, strict=True))
    equal = small.equal and large.equal
    return {
        "chromium_server_seconds_per_gb": round(seconds, 2), "chromium_server_seconds_quiet": round(quiet, 2),
        "chromium_server_seconds_bound": BROWSER_SECONDS, "chromium_hashing_seconds_per_gb": round(hashed, 2),
        "chromium_growth_mb": round(growth, 1), "chromium_growth_bound": GROWTH_MB,
        "chromium_up_mb_s": round(up, 1), "chromium_up_bound": STORED_MB_S, "chromium_down_mb_s": round(down, 1),
        "chromium_memory_mb": [round(one) for one in large.memory],
        "chromium_memory_small_mb": [round(one) for one in small.memory],
        "chromium_memory_more_bound": BROWSER_MB, "chromium_equal": equal,
        "chromium_good": equal and quiet <= BROWSER_SECONDS and growth <= GROWTH_MB and up >= STORED_MB_S
        and more <= BROWSER_MB,
    }  # fmt: skip


@dataclass(frozen=True)
class Trip:
    """One file up and down in a browser: seconds and the browser's most memory in MB, each way."""

    took: tuple[float, float]
    memory: tuple[float, float]
    equal: bool


def by_browser(installation: Installation, address: str, folder: Path, size: int, bao: Colleague) -> Trip:
    """Send a report with a file of that size, open it as a handler, and save the file."""
    folder.mkdir()
    film = made(folder / "film.mp4", size)
    before = pages.threads(bao)
    with opened(folder / "reporter") as (browser, memory):
        up = pages.up(browser, address, DESK, film)
    with opened(folder / "handler") as (browser, more):
        pages.signs_in(browser, installation, bao, pages.thread_of(bao, before))
        down = pages.down(browser, folder / "saved", film.name, size)
    equal = digest(folder / "saved" / film.name) == digest(film)
    return Trip((up, down), (memory.most, more.most), equal)


@contextmanager
def opened(profile: Path) -> Iterator[tuple[Chromium, Memory]]:
    """A browser with a fresh profile, and its memory while it is open."""
    browser = Chromium(profile, 1280, 850)
    memory = Memory(browser)
    try:
        yield browser, memory
    finally:
        memory.stop()
        browser.end()


def sealing(folder: Path, _size: int, _cluster: Cluster | None) -> dict[str, Any]:
    """Measure sealing by itself."""
    film = made(folder / "film.mp4", SEALED)
    with opened(folder / "profile") as (browser, _memory):
        ours, alone = pages.sealing(browser, film)
    return {
        "sealing_mb_s": round(ours, 1), "sealing_age_alone_mb_s": round(alone, 1),
        "sealing_times": round(ours / alone, 2), "sealing_times_bound": TIMES_AGE,
        "sealing_good": ours >= TIMES_AGE * alone,
    }  # fmt: skip


MEASURES: dict[str, Callable[[Path, int, Cluster | None], dict[str, Any]]] = {
    "cli": cli, "chromium": chromium, "sealing": sealing,
}  # fmt: skip
"""Each gets a folder of its own, a size, and where the databases are; `<name>_good` counts."""


def main() -> int:
    """Measure, print the result, return 1 outside a bound."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--size", type=int, default=GIGABYTE)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--only", choices=sorted(MEASURES))
    asked = parser.parse_args()
    subprocess.run(["node", "web/build.mjs"], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    cluster = Cluster() if asked.database == "postgresql" else None
    result: dict[str, Any] = {"bench": "attachment", "database": asked.database, "size": asked.size}
    chosen = [asked.only] if asked.only else list(MEASURES)
    try:
        with tempfile.TemporaryDirectory(prefix="fairline-bench-") as name:
            for one in chosen:
                (Path(name) / one).mkdir()
                result |= MEASURES[one](Path(name) / one, asked.size, cluster) | {f"{one}_load": os.getloadavg()[0]}
    finally:
        if cluster is not None:
            cluster.stop()
    print(json.dumps(result))
    return 0 if all(result[f"{one}_good"] for one in chosen) else 1


if __name__ == "__main__":
    sys.exit(main())
