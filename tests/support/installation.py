"""A whole installation: the supervisor and its three doors as processes, on ports and in a folder of its own."""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pyotp
import pytest

from fairline.core import instants
from support.postgres import free_port

DOORS = ("report", "office", "public")
STEP = 30
"""Seconds for which a telephone shows the same digits."""


class Installation:
    """One running installation; `urls["report"]` and so on are the doors' origins."""

    def __init__(self, folder: Path, settings: dict[str, str]) -> None:
        self.folder = folder
        self.clock = folder / "clock"
        self.log = folder / "log"
        self.process: subprocess.Popen[bytes] | None = None
        self.beside: dict[str, subprocess.Popen[str]] = {}
        """Programs of the tests that work beside it, by their names; they end with the run."""
        self.used: dict[str, int] = {}
        """The newest half minute whose digits a telephone has shown to this installation, by its secret."""
        ports = {door: free_port() for door in DOORS}
        self.urls = {door: f"http://localhost:{port}" for door, port in ports.items()}
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("FAIRLINE_", "DJANGO_"))}
        self.environment = {
            **kept,
            "FAIRLINE_DATA": str(folder / "var"),
            "FAIRLINE_TEST": "yes",
            "FAIRLINE_TEST_CLOCK": str(self.clock),
            "FAIRLINE_TEST_EASIER": "6",
            "FAIRLINE_TEST_ROOMY": "yes",
            "XDG_STATE_HOME": str(folder / "state"),
            **{f"FAIRLINE_{door.upper()}_PORT": str(port) for door, port in ports.items()},
            **settings,
        }

    def start(self, *arguments: str, within: float = 120) -> None:
        """Start the supervisor and wait until all doors answer."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "fairline.cli.main", "run", *arguments],
                env=self.environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        end = time.monotonic() + within
        for door in DOORS:
            while not self.answers(door):
                if self.process.poll() is not None or time.monotonic() > end:
                    raise RuntimeError(f"The {door} door does not answer.\n{self.logs()}")
                time.sleep(0.05)

    def answers(self, door: str) -> bool:
        """Return whether the door `door` stands open, under whatever name it has."""
        origin = self.environment.get(f"FAIRLINE_{door.upper()}_ORIGIN", self.urls[door])
        standing = f"http://localhost:{self.environment[f'FAIRLINE_{door.upper()}_PORT']}/standing"
        try:
            asked = urllib.request.Request(standing, headers={"Host": urlsplit(origin).netloc})
            with urllib.request.urlopen(asked, timeout=2) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def stop(self) -> int:
        """Stop the supervisor as Ctrl-C does; return its exit status."""
        if self.process is None:
            return 0
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        try:
            return self.process.wait(20)
        finally:
            self.kill()

    def kill(self) -> None:
        """End supervisor and doors at once, without a chance to finish anything."""
        if self.process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(20)
            self.process = None

    def command(
        self, *arguments: str, check: bool = True, stdin: bytes = b"", within: float = 120
    ) -> subprocess.CompletedProcess[str]:
        """Run `fairline …` against this installation; its output is text."""
        done = subprocess.run(
            [sys.executable, "-m", "fairline.cli.main", *arguments],
            env=self.environment, input=stdin, capture_output=True, check=False, timeout=within,
        )  # fmt: skip
        text = subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())
        if check and done.returncode != 0:
            raise RuntimeError(
                f"fairline {' '.join(arguments)} ended with {done.returncode}.\n{text.stdout}{text.stderr}"
            )
        return text

    def prepare_demonstration(self, zone: str = "") -> None:
        """Make the databases and the fictional office, in another time zone where one is named; serve nothing."""
        self.command("prepare")
        elsewhere = f"import fairline.demo.cast; fairline.demo.cast.ZONE = {zone!r}; " if zone else ""
        program = f"{elsewhere}import runpy; runpy.run_module('fairline.demo', run_name='__main__')"
        made = [sys.executable, "-c", program]
        subprocess.run(made, env=self.environment, check=True, capture_output=True, timeout=300)

    def door_pids(self) -> dict[str, int]:
        """Return the process id of each door."""
        found = {}
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                words = (folder / "cmdline").read_bytes().split(b"\0")
                environment = (folder / "environ").read_bytes().split(b"\0")
            except OSError:
                continue
            ours = f"FAIRLINE_DATA={self.folder / 'var'}".encode() in environment
            if ours and b"fairline.cli.door" in words:
                found[words[words.index(b"fairline.cli.door") + 1].decode()] = int(folder.name)
        return found

    def set_clock(self, text: str) -> None:
        """Set the installation's clock: `+1d` is tomorrow; an ISO instant stands still; `` is the real one."""
        new = self.clock.with_name("clock.new")
        new.write_text(text, encoding="ascii")
        new.replace(self.clock)

    def now(self) -> datetime:
        """Return what the installation's clock shows."""
        return instants.read(self.clock)

    def put_on(self, seconds: int) -> None:
        """Put the installation's clock on by so many seconds; it goes on from there."""
        shift = round((self.now() - datetime.now(UTC)).total_seconds())
        self.set_clock(f"{shift + seconds:+d}s")

    def digits(self, secret: str) -> str:
        """Six digits of a telephone, good once: those of the next half minute count too, then time goes on."""
        now = int(self.now().timestamp())
        step = max(now // STEP, self.used.get(secret, 0) + 1)
        if step > now // STEP + 1:
            self.put_on((step - 1) * STEP - now)
        self.used[secret] = step
        return pyotp.TOTP(secret).at(step * STEP)

    def logs(self) -> str:
        """Return all that supervisor and doors have written."""
        return self.log.read_text(encoding="utf-8") if self.log.exists() else ""


@contextmanager
def made_once(factory: pytest.TempPathFactory, name: str) -> Iterator[Path]:
    """A folder that the first of the run's processes to come here makes; the others wait until it is there."""
    base = factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    with (shared / f"{name}.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield shared / name


@pytest.fixture(scope="session")
def prepared_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of an installation on SQLite whose databases are made and which nobody has served yet."""
    with made_once(tmp_path_factory, "prepared") as folder:
        if not folder.exists():
            installation = Installation(tmp_path_factory.mktemp("installation"), {})
            installation.command("prepare")
            shutil.copytree(installation.folder / "var", folder)
    return folder


@pytest.fixture(scope="session")
def make_installation(
    tmp_path_factory: pytest.TempPathFactory, built_pages: None, postgres: Any, prepared_data: Path
) -> Iterator[Callable[..., Installation]]:
    """A function that starts an installation: `make_installation("postgresql", "--demo", FAIRLINE_LANGUAGE="ar")`.

    With `start=False` nothing is served; its databases are made if `prepared` is said, else there are none.
    """
    made: list[Installation] = []

    def make(
        kind: str = "sqlite", *arguments: str, start: bool = True, prepared: bool = False, **settings: str
    ) -> Installation:
        folder = tmp_path_factory.mktemp("installation")
        if kind == "postgresql":
            name = f"i{os.getpid()}_{len(made)}"
            settings.setdefault("FAIRLINE_DATABASE", postgres().create(name))
            settings.setdefault("FAIRLINE_PUBLIC_DATABASE", postgres().create(f"{name}_public"))
        installation = Installation(folder, settings)
        made.append(installation)
        if kind == "sqlite" and not arguments and "FAIRLINE_DATA" not in settings and (start or prepared):
            # A third of the start is the making of the tables; who starts it by hand sees them made.
            shutil.copytree(prepared_data, folder / "var")
        elif prepared:
            installation.command("prepare")
        if start:
            installation.start(*arguments)
        return installation

    yield make
    for installation in made:
        installation.kill()
        for program in installation.beside.values():
            program.communicate()
        shutil.rmtree(installation.folder, ignore_errors=True)


@pytest.fixture(scope="module")
def installation(request: pytest.FixtureRequest, make_installation: Callable[..., Installation]) -> Installation:
    """A running installation of this module's tests, on SQLite; on another by indirect parameter."""
    return make_installation(getattr(request, "param", "sqlite"))
