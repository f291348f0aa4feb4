"""The units under `deploy/`: what systemd says of them, and each start line run as its unit would run it."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from fairline.core.caddyfile import Certificates, caddyfile
from fairline.core.settings_file import load
from support.caddy import CADDY
from support.doors import ROOT
from support.installation import DOORS
from support.postgres import free_port
from support.traced import STRACE

DEPLOY = ROOT / "deploy"
UNITS = ("fairline.service", "caddy.service")
DIST = ROOT / "web" / "dist"
PROGRAMS = {
    "/srv/fairline/.venv/bin/fairline": Path(sys.executable).with_name("fairline"),
    "/usr/local/bin/caddy": CADDY,
}
"""Where the units take their programs to be, and where they are here."""
AS_ROOT = {"chown", "fchown", "fchownat"} if os.geteuid() == 0 else set()
"""SQLite gives files that root makes to their folder's owner; the service's own user never tries."""
PATIENCE = 120


@dataclass(frozen=True)
class Unit:
    """What a unit says, as systemd reads it: a name may stand several times."""

    rows: tuple[tuple[str, str], ...]

    @classmethod
    def read(cls, name: str) -> Unit:
        lines = (DEPLOY / name).read_text("utf-8").splitlines()
        pairs = [line.partition("=") for line in lines if line and not line.startswith(("#", "["))]
        return cls(tuple((key, value) for key, _, value in pairs))

    def all(self, name: str) -> list[str]:
        return [value for key, value in self.rows if key == name]

    def one(self, name: str) -> str:
        (value,) = self.all(name)
        return value

    def command(self, folder: Path | str) -> list[str]:
        """The start line, with the programs of here and every other path below ``folder``."""
        program, *arguments = shlex.split(self.one("ExecStart"))
        return [str(PROGRAMS[program]), *(_below(folder, word) for word in arguments)]

    def environment(self, folder: Path | str) -> dict[str, str]:
        """What the unit sets and nothing else of ours, with paths below ``folder``."""
        words = [word for line in self.all("Environment") for word in shlex.split(line)]
        said = {name: _below(folder, value) for name, _, value in (word.partition("=") for word in words)}
        return {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", **said}

    def folder(self, name: str) -> str:
        """A folder that systemd makes for the unit, such as its state."""
        return f"/var/lib/{self.one(name)}"


def _below(folder: Path | str, word: str) -> str:
    return f"{folder}{word}" if word.startswith("/") else word


@contextmanager
def started(command: list[str], environment: dict[str, str], cwd: Path) -> Iterator[Callable[[], None]]:
    """The command in a session of its own; the value raises once it has ended."""
    log = cwd / "log"
    with log.open("wb") as said:
        process = subprocess.Popen(
            command, env=environment, cwd=cwd, stdin=subprocess.DEVNULL, stdout=said, stderr=said,
            start_new_session=True,
        )  # fmt: skip

    def living() -> None:
        assert process.poll() is None, log.read_text("utf-8")

    try:
        yield living
        # As systemd stops a unit: every process of it is told at once, and those left after TimeoutStopSec are killed.
        os.killpg(process.pid, signal.SIGTERM)
        assert process.wait(PATIENCE) in {0, -signal.SIGTERM}, log.read_text("utf-8")
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(PATIENCE)


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not on this machine")
@pytest.mark.parametrize("name", UNITS)
def test_systemd_finds_nothing_wrong(tmp_path: Path, name: str) -> None:
    text = (DEPLOY / name).read_text("utf-8")
    for there, here in PROGRAMS.items():
        text = text.replace(there, str(here))
    copy = tmp_path / name
    copy.write_text(text, "utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(copy)], capture_output=True, text=True, check=False
    )
    ours = [line for line in (done.stdout + done.stderr).splitlines() if line.startswith((name, str(copy)))]
    assert ours == []


def test_the_paths_of_units_and_settings_fit_together() -> None:
    unit = Unit.read("fairline.service")
    said = unit.environment("")
    # ProtectSystem=strict leaves the service one folder to write in.
    assert said["FAIRLINE_DATA"] == unit.one("WorkingDirectory") == unit.folder("StateDirectory")
    assert Path(said["FAIRLINE_CONFIG"]).name == (DEPLOY / "fairline.toml").name
    assert said["FAIRLINE_CONFIG"] in (DEPLOY / "fairline.toml").read_text("utf-8").splitlines()[0]
    caddy = Unit.read("caddy.service")
    assert set(caddy.environment("").values()) >= {caddy.folder("StateDirectory")}


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A root of a file system with the folders and settings that the operator's steps make."""
    for folder in ("var/lib/fairline", "var/lib/caddy", "etc/fairline", "etc/caddy"):
        (tmp_path / folder).mkdir(parents=True)
    shutil.copy(DEPLOY / "fairline.toml", tmp_path / "etc/fairline/fairline.toml")
    return tmp_path


def stands(host: str, port: int) -> bool:
    """Whether a door answers as to Caddy."""
    asked = urllib.request.Request(
        f"http://127.0.0.1:{port}/standing", headers={"Host": host, "X-Forwarded-Proto": "https"}
    )
    try:
        with urllib.request.urlopen(asked, timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def test_the_service_becomes_ready_within_what_its_unit_allows(machine: Path) -> None:
    unit = Unit.read("fairline.service")
    ports = {door: free_port() for door in DOORS}
    environment = unit.environment(machine) | {f"FAIRLINE_{door.upper()}_PORT": str(ports[door]) for door in DOORS}
    hosts = {"report": "harbour.example.org", "office": "quay.example.org", "public": "www.example.org"}
    calls = machine / "calls"
    traced = [] if STRACE is None else [STRACE, "-DD", "-f", "-q", "-o", str(calls), "--"]
    end = time.monotonic() + PATIENCE
    with started([*traced, *unit.command(machine)], environment, machine / "var/lib/fairline") as living:
        while not all(stands(hosts[door], ports[door]) for door in DOORS):
            living()
            assert time.monotonic() < end
            time.sleep(0.1)
    assert (machine / "var/lib/fairline/fairline.sqlite3").exists()
    if STRACE is None or shutil.which("systemd-analyze") is None:
        pytest.skip(
            "the start line works; without strace and systemd-analyze its system calls are not held against the unit"
        )
    used = set(re.findall(r"^\d+ +(\w+)\(", whole(calls), re.MULTILINE))
    assert {"execve", "openat", "listen"} <= used
    assert used - allowed(unit) - AS_ROOT == set()


def whole(calls: Path) -> str:
    """What strace wrote, once it has seen the end of the first process."""
    end = time.monotonic() + PATIENCE
    while True:
        text = calls.read_text("ascii", "replace")
        if re.search(rf"^{text.split(maxsplit=1)[0]} +\+\+\+ ", text, re.MULTILINE):
            return text
        assert time.monotonic() < end
        time.sleep(0.05)


def allowed(unit: Unit) -> set[str]:
    """The system calls that the unit's filters leave."""
    found: set[str] = set()
    for line in unit.all("SystemCallFilter"):
        for group in line.removeprefix("~").split():
            calls = members(group)
            found = found - calls if line.startswith("~") else found | calls
    return found


def members(group: str) -> set[str]:
    """The calls of one of systemd's groups, those of groups within it too."""
    said = subprocess.run(
        ["systemd-analyze", "syscall-filter", group], capture_output=True, text=True, check=True
    ).stdout
    words = [line.strip() for line in said.splitlines()[1:] if line.strip() and not line.strip().startswith("#")]
    return {call for word in words for call in (members(word) if word.startswith("@") else {word})}


def test_caddy_tells_systemd_that_it_is_ready(machine: Path) -> None:
    """Type=notify: a unit that is never told would be ended again."""
    unit = Unit.read("caddy.service")
    assert unit.one("Type") == "notify"
    settings = load({
        f"FAIRLINE_{door.upper()}_ORIGIN": f"https://{door}.localhost:{free_port()}" for door in DOORS
    })  # fmt: skip
    config = caddyfile(settings, [], DIST, Certificates(internal=True))
    config = config.replace("\tadmin off\n", f"\tadmin off\n\thttp_port {free_port()}\n", 1)
    (machine / "etc/caddy/Caddyfile").write_text(config, encoding="utf-8")
    told = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    with told:
        told.bind(str(machine / "notify"))
        told.settimeout(PATIENCE)
        environment = unit.environment(machine) | {"NOTIFY_SOCKET": str(machine / "notify")}
        with started(unit.command(machine), environment, machine / "var/lib/caddy"):
            said = b""
            while b"READY=1" not in said:
                said = told.recv(4096)
