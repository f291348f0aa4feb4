"""How long `git clone` and `bin/run --demo` take on this machine until all three doors stand open.

    python bench/fresh_clone.py

A newcomer's way: a clone of the last commit, nothing of ours on the path (no Node.js either), no environment, nobody to
answer a question. Bound: three minutes. What the processor had to do is printed too, because the wait is mostly the
network's. Nothing of this machine's own package caches is used unless the installers find it themselves.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from support.clones import NEWCOMERS_PATH, clone, standing
from support.postgres import free_port

WITHIN = 180.0
DOORS = ("report", "office", "public")


def serve(folder: Path) -> dict[str, float]:
    """Clone into ``folder``, start, wait for the doors, stop; return seconds of the clock and of the processor."""
    begun, spent = time.perf_counter(), processor()
    clone(ROOT, folder)
    ports = {door: free_port() for door in DOORS}
    environment = {
        "PATH": NEWCOMERS_PATH, "HOME": os.environ.get("HOME", "/"), "LANG": "C.UTF-8",
        **{key: value for key, value in os.environ.items() if key.startswith("PIP_") or key.lower().endswith("_proxy")},
        **{f"FAIRLINE_{door.upper()}_PORT": str(port) for door, port in ports.items()},
    }  # fmt: skip
    with (folder / "said").open("wb") as said:
        running = subprocess.Popen(
            [folder / "bin" / "run", "--demo"], env=environment, stdin=subprocess.DEVNULL, stdout=said, stderr=said,
            start_new_session=True,
        )  # fmt: skip
    try:
        while not all(standing(port) for port in ports.values()):
            if running.poll() is not None:
                raise SystemExit((folder / "said").read_text())
            time.sleep(0.1)
        waited = time.perf_counter() - begun
    finally:
        if running.poll() is None:
            running.send_signal(signal.SIGINT)
            running.wait(30)
    return {"seconds": round(waited, 1), "processor_seconds": round(processor() - spent, 1)}


def processor() -> float:
    """Return the seconds of processor of everything that has ended and was waited for."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> int:
    """Measure and print; 1 if it took more than three minutes."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="fairline-clone-") as folder:
        found = serve(Path(folder) / "fairline")
    met = found["seconds"] <= WITHIN
    print(json.dumps({"bench": "fresh_clone", "clone_to_three_doors": found, "bound_seconds": WITHIN, "met": met}))
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
