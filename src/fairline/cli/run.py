"""`fairline run`: the supervisor. Prepares the databases, serves the three doors, and wakes the nightly job.

It imports no Django: it lives as long as the installation and should cost next to nothing.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import resource
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from types import FrameType
from typing import Final

from fairline.core import instants, restoring
from fairline.core.settings_file import DOORS, Door, Settings, SettingsError, load

COMMAND: Final = (sys.executable, "-m", "fairline.cli.main")
LONG_AGO: Final = datetime(1970, 1, 1, tzinfo=UTC)
CALL: Final = "deliver-now"
"""The file in the data folder that the office door touches when a trial message is wanted at once."""
REFERRED: Final = "relay-now"
"""The file that it touches when something is to go to another office. Where it never was, nothing ever went."""
SHOW: Final = "publish-now"
"""The file that it touches when what was signed could not be shown to reporting persons: a night shows it."""
LONGEST: Final = timedelta(days=2)
"""Nothing is further away, also where a day has 25 hours."""
SOON: Final = timedelta(seconds=5)
"""After which a relay that was killed is started again."""
TURN: Final = 1.0
"""Seconds between two looks at the clock and at what the doors ask for. What ends is seen at once."""
PATIENCE: Final = 10.0
"""Seconds that a door has to end by itself."""
SETTLED: Final = 60.0
"""Seconds after which a door that ends is started again at once, not after a growing pause."""
HEARD_WITHIN: Final = 2.0
"""Seconds in which a signal reaches all processes that it is sent to."""
OBEYED: Final = frozenset({0, -signal.SIGTERM})
"""How a door ends that was told to end."""


def describe(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--demo", action="store_true", help="with a fictional office, fictional reports and a banner")
    for door in DOORS:
        parser.add_argument(f"--{door}-port", type=int, metavar="N", help=f"where the {door} door listens")


def run(arguments: argparse.Namespace) -> int:
    """Serve until Ctrl-C or SIGTERM; return 0 then, 1 if the installation cannot be prepared.

    Raises:
        SettingsError: a setting is unknown or bad, or a restore into the data folder did not end.
    """
    for door in DOORS:
        port = getattr(arguments, f"{door}_port")
        if port is not None:
            os.environ[f"FAIRLINE_{door.upper()}_PORT"] = str(port)
    if arguments.demo:
        os.environ["FAIRLINE_DEMO"] = "yes"
    settings = load()
    restoring.require_whole(settings.data)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    words = _said(*COMMAND, "prepare")
    if settings.demo and words is not None:
        if importlib.util.find_spec("fairline.demo") is None:
            raise SettingsError("This version has no demonstration: the module fairline.demo is missing.")
        # The demonstration's office is made unless it is there, so that nothing is left to set up.
        words = _said(sys.executable, "-m", "fairline.demo")
    return 1 if words is None else Supervisor(settings, words).serve()


def _said(*command: str) -> str | None:
    """Run one of our programs; return what it said, or None if it failed."""
    done = subprocess.run(command, stdout=subprocess.PIPE, check=False)
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else None


@dataclass
class Served:
    """One door's process and its restarts."""

    name: str
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    falls: int = 0
    again_at: float = 0.0


@dataclass
class Woken:
    """A command that does what is due, and says itself when it is due next."""

    name: str
    process: subprocess.Popen[bytes] | None = None
    due: datetime = LONG_AGO
    call: str = ""
    """The file in the data folder by which a door asks for it at once; empty: nobody asks."""
    again: timedelta = timedelta(hours=1)
    """After which it is tried again where it ended without a word."""
    called: float = 0.0
    """The time of that file when it was last obeyed."""


class Bell:
    """Rings when a signal comes, so that whoever waits need not look every moment whether one came."""

    def __init__(self) -> None:
        """Listen for all signals that have a handler, and for the end of each process that we started."""
        self._heard, self._rung = socket.socketpair()
        for line in (self._heard, self._rung):
            line.settimeout(0)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(self._rung.fileno(), warn_on_full_buffer=False)

    def wait(self, seconds: float) -> None:
        """Wait until it rings, and at most so long."""
        select.select([self._heard], [], [], seconds)
        with suppress(BlockingIOError):
            self._heard.recv(4096)

    def close(self) -> None:
        """Listen no more: a signal that comes later would be written to a line that is gone, and be complained of."""
        signal.set_wakeup_fd(-1)


@dataclass
class Supervisor:
    """Keeps three processes alive, and the nightly jobs and the daily messages on time."""

    settings: Settings
    words: str = ""
    """What the rooms say to the operator, printed below the addresses."""
    doors: list[Served] = field(default_factory=lambda: [Served(name) for name in DOORS])
    night: Woken = field(default_factory=lambda: Woken("night", call=SHOW))
    post: Woken = field(default_factory=lambda: Woken("deliver", call=CALL))
    relay: Woken = field(default_factory=lambda: Woken("relay", call=REFERRED, again=SOON))
    stopping: bool = False

    def serve(self) -> int:
        """Run until a signal comes; return the exit status."""
        signal.signal(signal.SIGINT, self._stop)
        signal.signal(signal.SIGTERM, self._stop)
        with closing(Bell()) as bell:
            return self._keep(bell)

    def _keep(self, bell: Bell) -> int:
        for door in self.doors:
            self._start(door)
        while not self.stopping and not self._greet():
            ended = [door.process.returncode for door in self.doors if door.process and door.process.poll() is not None]
            if ended:
                # It has said why. What never opened will not open by being tried again.
                self._end()
                # Who stops a unit tells every process of it at once, and a door may have obeyed before we hear of it.
                end = time.monotonic() + HEARD_WITHIN
                while not self.stopping and OBEYED.issuperset(ended) and time.monotonic() < end:
                    bell.wait(0.1)
                return 0 if self.stopping else 1
            bell.wait(0.02)
        while not self.stopping:
            now = time.monotonic()
            for door in self.doors:
                self._tend(door, now)
            self._obey_call(self.night)
            self._tend_woken(self.night)
            if self.settings.mail is not None or self.settings.webhook is not None:
                self._obey_call(self.post)
                self._tend_woken(self.post)
            if self.relay.process is not None or (self.settings.data / REFERRED).exists():
                self._obey_call(self.relay)
                self._tend_woken(self.relay)
            bell.wait(TURN)
        self._end()
        return 0

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self.stopping = True

    def _start(self, door: Served) -> None:
        # The pipe closes when the supervisor is gone, and the door with it.
        command = [sys.executable, "-m", "fairline.cli.door", door.name, "--lifeline"]
        door.process = _deaf(command, stdin=subprocess.PIPE)
        door.started = time.monotonic()

    def _tend(self, door: Served, now: float) -> None:
        if door.process is not None and door.process.poll() is not None:
            door.falls = door.falls + 1 if now - door.started < SETTLED else 0
            pause = min(2.0**door.falls - 1, 30.0)
            print(
                f"fairline: the {door.name} door ended; it starts again in {pause:.0f} s.", file=sys.stderr, flush=True
            )
            door.process, door.again_at = None, now + pause
            if door.falls == 0:
                # It may have fallen between what it kept and what it was to show: a night does what is undone.
                self.night.due = LONG_AGO
        if door.process is None and now >= door.again_at:
            self._start(door)

    def _tend_woken(self, woken: Woken) -> None:
        """Start `fairline night` when an office's midnight has passed, and so on, each when it is due."""
        if woken.process is not None:
            if woken.process.poll() is None:
                return
            said, _nothing = woken.process.communicate()
            woken.due = _next_time(said.decode("ascii", "replace"), self._now(), woken.again)
            woken.process = None
        # Further away than any: the clock was ahead when it was said, and has been set right since.
        if not self._now() < woken.due <= self._now() + LONGEST:
            woken.process = subprocess.Popen([*COMMAND, woken.name], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)

    def _obey_call(self, woken: Woken) -> None:
        """Make it due at once if the office door has asked since the last time. A run that is under way ends first."""
        try:
            called = (self.settings.data / woken.call).stat().st_mtime
        except OSError:
            return
        if woken.process is None and called > woken.called:
            woken.called, woken.due = called, LONG_AGO

    def _now(self) -> datetime:
        return instants.read(self.settings.test_clock)

    def _greet(self) -> bool:
        """Print the addresses once all doors answer; return whether they were printed."""
        if not all(_answers(self.settings.doors[door.name]) for door in self.doors):
            return False
        print("Fairline is open:", flush=True)
        for door in self.doors:
            print(f"  {door.name:<7} {self.settings.doors[door.name].origin}/", flush=True)
        print(self.words, end="", flush=True)
        return True

    def _end(self) -> None:
        processes = [door.process for door in self.doors] + [self.night.process, self.post.process, self.relay.process]
        alive = [process for process in processes if process is not None and process.poll() is None]
        for process in alive:
            process.terminate()
        end = time.monotonic() + PATIENCE
        for process in alive:
            try:
                process.wait(max(0.1, end - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
        print("Fairline is closed.", flush=True)


def _deaf(command: Sequence[str], **pipes: int) -> subprocess.Popen[bytes]:
    """Start a process that ignores Ctrl-C, which reaches all of the terminal: the supervisor ends each in order."""
    # What a process ignores, the program it starts ignores too.
    usual = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        return subprocess.Popen(command, **pipes)  # type: ignore[call-overload,no-any-return]
    finally:
        signal.signal(signal.SIGINT, usual)


def _answers(door: Door) -> bool:
    """Return whether the door says that it stands; by hand, because an HTTP library would double our memory."""
    try:
        with socket.create_connection((door.host, door.port), 1) as line:
            line.settimeout(1)
            line.sendall(f"GET /standing HTTP/1.0\r\nHost: {door.hosts[0]}\r\n\r\n".encode("ascii"))
            return line.recv(64).split(b" ")[1:2] == [b"200"]
    except OSError:
        return False


def _next_time(said: str, now: datetime, again: timedelta) -> datetime:
    """Return the instant in the last line of ``said`` (``next 2026-11-24T00:00:00+00:00``), else ``again`` from now."""
    words = said.strip().rpartition("\n")[2].split()
    if words[:1] == ["next"] and words[1:]:
        return datetime.fromisoformat(words[1])
    return now + again
