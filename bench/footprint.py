"""How much memory the three doors take together, idle, and how soon they answer after `fairline run`.

Memory is PSS (each shared page counted once), read from /proc after every door has answered a page and rested. The
start is that of an installation that is there already; the quickest of three counts, because a start that shares its
processors with other work says nothing about us. Beside it stands what the start took of processors, which other work
changes little: on two cores that have nothing else to do, part of it runs at the same time. Bounds: 180 MB, 3 s.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from contextlib import suppress
from pathlib import Path

MEMORY_MB, READY_S = 180.0, 3.0
DOORS = ("report", "office", "public")
STARTS = 3


def free_port() -> int:
    """Return a loopback port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def asked(url: str) -> bool:
    """Whether a door answers, whatever it says."""
    try:
        with urllib.request.urlopen(url, timeout=2):  # noqa: S310 - our own door
            return True
    except urllib.error.HTTPError as error:
        error.close()
        return True
    except OSError:
        return False


def pss_mb(pid: int) -> float:
    """Return the proportional set size of a process in MB."""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    raise RuntimeError(f"/proc/{pid}/smaps_rollup has no Pss line")


def doors_of(supervisor: int) -> dict[str, int]:
    """Return the process ids of a supervisor's doors by name."""
    children = Path(f"/proc/{supervisor}/task/{supervisor}/children").read_text(encoding="ascii").split()
    found = {}
    for pid in children:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        if b"fairline.cli.door" in words:
            found[words[words.index(b"fairline.cli.door") + 1].decode()] = int(pid)
    return found


def processor_s(pids: list[int]) -> float:
    """Return the seconds that these processes, and children of theirs that have ended, spent on processors."""
    ticks = 0
    for pid in pids:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        ticks += sum(int(fields[at]) for at in (11, 12, 13, 14))
    return ticks / os.sysconf("SC_CLK_TCK")


def start(environment: dict[str, str], urls: dict[str, str]) -> tuple[subprocess.Popen[bytes], float, float]:
    """Start a supervisor; return it, the seconds until all doors answered, and those of processors."""
    begun = time.monotonic()
    supervisor = subprocess.Popen(
        [sys.executable, "-m", "fairline.cli.main", "run"], env=environment, stdout=subprocess.DEVNULL
    )
    while not all(asked(f"{url}/standing") for url in urls.values()):
        if supervisor.poll() is not None or time.monotonic() - begun > 120:
            raise RuntimeError("the doors did not open")
        time.sleep(0.01)
    took = time.monotonic() - begun
    return supervisor, took, processor_s([supervisor.pid, *doors_of(supervisor.pid).values()])


def main() -> int:
    """Measure, print the result, return 1 outside a bound."""
    with tempfile.TemporaryDirectory(prefix="fairline-bench-") as folder:
        ports = {door: free_port() for door in DOORS}
        urls = {door: f"http://localhost:{port}" for door, port in ports.items()}
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("FAIRLINE_", "DJANGO_"))}
        environment = {**kept, "FAIRLINE_DATA": f"{folder}/var"}
        environment |= {f"FAIRLINE_{door.upper()}_PORT": str(port) for door, port in ports.items()}
        subprocess.run([sys.executable, "-m", "fairline.cli.main", "prepare"], env=environment, check=True,
                       stdout=subprocess.DEVNULL)  # fmt: skip
        ready, processor = [], []
        memory: dict[str, float] = {}
        for turn in range(STARTS):
            supervisor, took, used = start(environment, urls)
            try:
                ready.append(took)
                processor.append(used)
                if turn == STARTS - 1:
                    for url in urls.values():
                        asked(f"{url}/")
                    time.sleep(5)
                    memory = {door: pss_mb(pid) for door, pid in doors_of(supervisor.pid).items()}
                    memory["supervisor"] = pss_mb(supervisor.pid)
            finally:
                supervisor.send_signal(signal.SIGINT)
                with suppress(subprocess.TimeoutExpired):
                    supervisor.wait(20)
                if supervisor.poll() is None:
                    supervisor.kill()
    doors = sum(memory[door] for door in DOORS)
    result = {
        "bench": "footprint",
        "doors_pss_mb": round(doors, 1), "doors_pss_mb_bound": MEMORY_MB,
        "ready_s": round(min(ready), 2), "ready_s_bound": READY_S,
        "each_pss_mb": {name: round(value, 1) for name, value in memory.items()},
        "starts_s": [round(value, 2) for value in ready], "start_processor_s": round(min(processor), 2),
        "machine_load": round(os.getloadavg()[0], 1),
    }  # fmt: skip
    print(json.dumps(result))
    return 0 if doors <= MEMORY_MB and min(ready) <= READY_S else 1


if __name__ == "__main__":
    sys.exit(main())
