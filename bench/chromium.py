"""Chromium as people have it, asked through its debugging pipe and watched by nobody else.

What drives browsers for tests has the browser keep the body of every answer, for whoever may want to look at it: with
two hundred pages of an index that is more memory than the workbench itself needs. Here nothing of that is switched on.
"""

from __future__ import annotations

import json
import os
import signal
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from support.browsers import CHROMIUM, FLAGS

END = b"\0"
PATIENCE_S = 120


class Chromium:
    """One browser with one page, and a profile of its own."""

    def __init__(self, profile: Path, width: int, height: int, more: Sequence[str] = ()) -> None:
        """Start it with ``more`` arguments and take its first page."""
        commands, self._to = os.pipe()
        self._from, answers = os.pipe()
        arguments = [
            CHROMIUM, *FLAGS, "--remote-debugging-pipe", f"--user-data-dir={profile}",
            f"--window-size={width},{height}", "--lang=en", *more, "about:blank",
        ]  # fmt: skip
        actions = [
            (os.POSIX_SPAWN_DUP2, commands, 3), (os.POSIX_SPAWN_DUP2, answers, 4),
            (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0),
        ]  # fmt: skip
        self.pid = os.posix_spawn(CHROMIUM, arguments, dict(os.environ), file_actions=actions)
        os.close(commands)
        os.close(answers)
        self.lives = True
        self._left = b""
        self._last = 0
        self._session: dict[str, str] = {}
        while not (pages := [one for one in self.ask("Target.getTargets")["targetInfos"] if one["type"] == "page"]):
            time.sleep(0.1)
        attached = self.ask("Target.attachToTarget", targetId=pages[0]["targetId"], flatten=True)
        self._session = {"sessionId": attached["sessionId"]}
        self.ask("Page.enable")

    def ask(self, method: str, **given: Any) -> dict[str, Any]:
        """Ask one thing and wait for its answer; what the browser tells unasked is passed over."""
        self._last += 1
        asked = {"id": self._last, "method": method, "params": given, **self._session}
        os.write(self._to, json.dumps(asked).encode() + END)
        while True:
            told = json.loads(self._message())
            if told.get("id") == self._last:
                break
        if "error" in told:
            raise RuntimeError(f"{method}: {told['error']['message']}")
        result: dict[str, Any] = told["result"]
        return result

    def run(self, function: str, *given: Any) -> Any:
        """Call a function in the page and return what it gives, or what it promises."""
        call = f"({function})(...{json.dumps(given)})"
        told = self.ask("Runtime.evaluate", expression=call, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in told:
            raise RuntimeError(told["exceptionDetails"]["exception"].get("description", "the page failed"))
        return told["result"].get("value")

    def wait(self, function: str, within: float = PATIENCE_S) -> None:
        """Wait so many seconds until a function in the page gives something."""
        end = time.monotonic() + within
        while not self.run(function):
            if time.monotonic() > end:
                raise RuntimeError(f"It never came: {function}")
            time.sleep(0.05)

    def memory(self) -> float:
        """Return the PSS of the browser and all that it has started, in MB."""
        parents: dict[int, int] = {}
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                parents[int(folder.name)] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
        ours = {self.pid}
        while more := {pid for pid, parent in parents.items() if parent in ours} - ours:
            ours |= more
        return sum(map(_pss, ours)) / 1000

    def end(self) -> None:
        """End it."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """End it as a telephone does that needs its memory: nothing is finished, nothing said to any server."""
        self._end(signal.SIGKILL)

    def _end(self, number: signal.Signals) -> None:
        self.lives = False
        os.kill(self.pid, number)
        os.waitpid(self.pid, 0)
        os.close(self._to)
        os.close(self._from)

    def _message(self) -> bytes:
        while END not in self._left:
            more = os.read(self._from, 1 << 20)
            if not more:
                raise RuntimeError("The browser has ended.")
            self._left += more
        message, _end, self._left = self._left.partition(END)
        return message


class Memory:
    """Looks at a browser's processes until it is told to stop, and keeps the most that it has seen."""

    def __init__(self, browser: Chromium) -> None:
        """Begin to look."""
        self.browser = browser
        self.most = 0.0
        self.going = True
        self.thread = threading.Thread(target=self.watch)
        self.thread.start()

    def watch(self) -> None:
        """Look twice a second: each look costs the machine that is being measured."""
        while self.going:
            self.most = max(self.most, self.browser.memory())
            time.sleep(0.5)

    def stop(self) -> float:
        """Stop and return the most, in MB."""
        self.going = False
        self.thread.join()
        return round(self.most, 1)


def _pss(pid: int) -> float:
    """Return the proportional set size of a process in kB; 0 for one that has ended."""
    try:
        rows = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((float(row.split()[1]) for row in rows if row.startswith("Pss:")), 0)
