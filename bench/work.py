"""What the arithmetic before a report costs who sends and who checks, and how long an old phone is kept by it.

    python bench/work.py [--slower 6] [--solved 40]

The page's own worker solves challenges of each hardness that a door may ask for, one after another, in Chromium: as it
is, without JIT (as locked-down phones have it), and held to a sixth of its time (its processes are stopped for 250
of every 300 milliseconds: what a browser offers to slow its pages down does not reach the threads that
do this work). Counted are seconds by the page's own clock and rounds for each second of processor that the whole
browser used, so that other work on the machine does not count as a slow browser.

How many tries a solution takes is chance; the mean is 2 to the power of the bits, and one of a thousand takes 6.9
times as many. From the slowest browser's rounds the wait of 999 of 1000 old phones is worked out: twenty times slower
than one core here, as decision 0049 takes them. Bounds: 30 s for these at every hardness, 30 s for each of the waits
that were measured in the slowed browser, half a millisecond of the door's processor for checking one solution.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import secrets
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from playwright.sync_api import Page, sync_playwright

from fairline.core.limits import WORK_BITS, WORK_COST, WORK_STEPS
from fairline.seal.primitives import b64
from fairline.seal.work import Challenge, key, salt, solve
from support.browsers import FLAGS, program
from support.installation import Installation
from support.report_page import Stand

HARDNESSES = range(WORK_BITS, WORK_BITS + WORK_STEPS + 1)
OLD_PHONE = 20
OF_1000 = -math.log(0.001)
"""999 of 1000 solutions take at most so many times the mean."""
BOUND_S, BOUND_CHECK_MS = 30.0, 0.5
TURN_S = 0.3
TICKS = os.sysconf("SC_CLK_TCK")
START = """async () => {
  const entries = await (await fetch("/s/manifest.json")).json();
  globalThis.solver = new Worker(`/s/${entries["work-worker"].file}`, { type: "module" });
}"""
SOLVE = """({ challenge, salt }) => new Promise((solved, failed) => {
  const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
  const begun = performance.now();
  globalThis.solver.onerror = failed;
  globalThis.solver.onmessage = ({ data: { work } }) => {
    if (work === null) failed(new Error("the worker cannot"));
    else solved({ seconds: (performance.now() - begun) / 1000, counter: work.counter });
  };
  const nonce = bytes(challenge.nonce);
  globalThis.solver.postMessage({ id: 1, challenge: { ...challenge, nonce }, salt: bytes(salt) });
})"""


@dataclass
class Solved:
    """What became of the challenges of one hardness in one browser."""

    seconds: list[float]
    tries: int
    processor_s: float

    def figures(self) -> dict[str, float]:
        """Return how long they took, and rounds for each second of the browser's processor, in millions."""
        return {
            "mean_s": round(statistics.fmean(self.seconds), 3), "longest_s": round(max(self.seconds), 3),
            "tries": round(self.tries / len(self.seconds)), "million_rounds": round(self.rounds / 1e6, 2),
            "waited_for_each_second": round(sum(self.seconds) / self.processor_s, 1),
        }  # fmt: skip

    @property
    def rounds(self) -> float:
        """Rounds for each second of processor."""
        return self.tries * WORK_COST / self.processor_s


def family(pid: int) -> list[int]:
    """Return a process and all that it has started."""
    parents: dict[int, int] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError, ValueError):
            parents[int(folder.name)] = int((folder / "stat").read_text("utf-8").rpartition(")")[2].split()[1])
    ours = {pid}
    while more := {one for one, parent in parents.items() if parent in ours} - ours:
        ours |= more
    return sorted(ours)


def spent(pids: Sequence[int]) -> float:
    """Return the seconds that these processes spent on processors."""
    total = 0
    for pid in pids:
        with suppress(OSError):
            fields = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
            total += int(fields[11]) + int(fields[12])
    return total / TICKS


@contextmanager
def held_to(share: float, pids: Sequence[int]) -> Iterator[None]:
    """Let processes have only this share of the time."""
    over = threading.Event()

    def hold() -> None:
        while not over.is_set():
            for number, length in ((signal.SIGSTOP, TURN_S * (1 - share)), (signal.SIGCONT, TURN_S * share)):
                for pid in pids:
                    with suppress(ProcessLookupError):
                        os.kill(pid, number)
                time.sleep(length)

    holding = threading.Thread(target=hold)
    if share < 1:
        holding.start()
    try:
        yield
    finally:
        over.set()
        if share < 1:
            holding.join()


def solved(page: Page, pids: Sequence[int], bits: int, number: int) -> Solved:
    """Let the page's worker solve so many challenges of this hardness."""
    before = spent(pids)
    seconds, tries = [], 0
    for _ in range(number):
        challenge = Challenge(1, secrets.token_bytes(16), WORK_COST, bits)
        told = page.evaluate(
            SOLVE, {"challenge": challenge.fields(), "salt": b64(salt("report", secrets.token_bytes(16)))}
        )
        seconds.append(told["seconds"])
        tries += told["counter"] + 1
    return Solved(seconds, tries, spent(pids) - before)


def in_browser(stand: Stand, flags: Sequence[str], share: float, number: int) -> dict[int, Solved]:
    """Return what a browser with these flags does in its share of the time, by hardness."""
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as profile:
        context = playwright.chromium.launch_persistent_context(
            profile, executable_path=program(), args=[*FLAGS, *flags], bypass_csp=True
        )
        page = context.pages[0]
        page.set_default_timeout(600_000)
        page.goto(stand.address())
        page.evaluate(START)
        # The driver's own child is the browser; nothing else was started by this process since.
        browser = next(pid for pid in family(os.getpid()) if profile in _command(pid))
        pids = family(browser)
        solved(page, pids, WORK_BITS, 3)
        with held_to(share, pids):
            found = {bits: solved(page, pids, bits, number) for bits in HARDNESSES}
        context.close()
        return found


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().decode("utf-8", "replace")
    except OSError:
        return ""


def python_rounds() -> float:
    """Return the rounds that Python does in a second of processor: what a sender of floods has."""
    begun, tries = time.thread_time(), 0
    while time.thread_time() - begun < 3:
        tries += solve(Challenge(1, secrets.token_bytes(16), WORK_COST, WORK_BITS), secrets.token_bytes(16)).counter + 1
    return tries * WORK_COST / (time.thread_time() - begun)


def checking_ms() -> float:
    """Return the milliseconds of processor that checking one solution takes, the least of five rounds."""
    rounds = []
    for _ in range(5):
        begun = time.thread_time()
        for counter in range(500):
            key(bytes(16), counter, salt("report", bytes(16)), WORK_COST)
        rounds.append((time.thread_time() - begun) / 500 * 1000)
    return min(rounds)


def main() -> int:
    """Measure, print one JSON object, return 1 outside the bounds."""
    wanted = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    wanted.add_argument("--slower", type=int, default=6)
    wanted.add_argument("--solved", type=int, default=40, help="challenges of each hardness in each browser")
    given = wanted.parse_args()
    subprocess.run(["node", "web/build.mjs"], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    with tempfile.TemporaryDirectory(prefix="fairline-work-") as folder:
        installation = Installation(Path(folder), {})
        installation.start()
        try:
            stand = Stand.begin(installation)
            as_it_is = in_browser(stand, [], 1, given.solved)
            no_jit = in_browser(stand, ["--js-flags=--jitless"], 1, given.solved)
            slowed = in_browser(stand, [], 1 / given.slower, given.solved)
        finally:
            installation.stop()
    slowest = min(one.rounds for browser in (as_it_is, no_jit) for one in browser.values())
    waits = {bits: round(OF_1000 * (1 << bits) * WORK_COST / (slowest / OLD_PHONE), 1) for bits in HARDNESSES}
    longest = max(max(one.seconds) for one in slowed.values())
    check = round(checking_ms(), 3)
    ok = max(waits.values()) <= BOUND_S and longest <= BOUND_S and check <= BOUND_CHECK_MS
    found: dict[str, Any] = {
        name: {str(bits): one.figures() for bits, one in browser.items()}
        for name, browser in (("chromium", as_it_is), ("no_jit", no_jit), (f"slowed_{given.slower}", slowed))
    }
    print(json.dumps({
        "bench": "work", "cost": WORK_COST, **found, "python_million_rounds": round(python_rounds() / 1e6, 2),
        "old_phone_999_of_1000_s": waits, "slowed_longest_s": round(longest, 1), "bound_s": BOUND_S,
        "check_ms": check, "bound_check_ms": BOUND_CHECK_MS, "load": round(os.getloadavg()[0], 1), "ok": ok,
    }))  # fmt: skip
    return 0 if ok else 1


if __name__ == "__main__":
    sys.exit(main())
