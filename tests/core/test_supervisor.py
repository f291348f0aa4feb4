"""One command serves three doors, keeps them alive, wakes the night, and leaves nothing behind."""

from __future__ import annotations

import os
import resource
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from fairline.cli import run
from support.installation import DOORS, Installation

Make = Callable[..., Installation]


def wait_until(true: Callable[[], bool], within: float = 20) -> None:
    end = time.monotonic() + within
    while not true():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.1)


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_it_serves_prints_addresses_and_stops_cleanly(make_installation: Make, kind: str) -> None:
    installation = make_installation(kind)
    pids = installation.door_pids()
    assert set(pids) == set(DOORS)
    wait_until(lambda: "Fairline is open:" in installation.logs())
    for door in DOORS:
        assert f"{installation.urls[door]}/" in installation.logs()
    assert installation.stop() == 0
    assert installation.logs().rstrip().endswith("Fairline is closed.")
    assert "Traceback" not in installation.logs()
    assert installation.door_pids() == {}
    assert not any(installation.answers(door) for door in DOORS)


def test_it_starts_again_on_what_is_there(make_installation: Make) -> None:
    installation = make_installation()
    secret = (installation.folder / "var" / "secrets" / "office.key").read_bytes()
    installation.stop()
    installation.start()
    assert (installation.folder / "var" / "secrets" / "office.key").read_bytes() == secret


def test_a_door_that_falls_is_opened_again(make_installation: Make) -> None:
    installation = make_installation()
    before = installation.door_pids()
    os.kill(before["report"], signal.SIGKILL)
    wait_until(lambda: installation.door_pids().get("report", before["report"]) != before["report"])
    wait_until(lambda: installation.answers("report"))
    after = installation.door_pids()
    assert (after["office"], after["public"]) == (before["office"], before["public"])


TOLD = "(sleep 0.3; kill -TERM $PPID) &"


@pytest.mark.parametrize(
    ("command", "status"),
    [
        (f"{TOLD} exit 0", 0),
        (f"{TOLD} kill -TERM $$", 0),
        ("exit 0", 1),
        ("exit 2", 1),
        ("kill -KILL $$", 1),
    ],
)
def test_doors_that_end_before_any_answered_were_told_to_or_fell(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: str, status: int
) -> None:
    """Who stops a unit tells each of its processes: doors may be gone before the supervisor hears of it."""
    monkeypatch.setattr(run, "DOORS", ("report",))
    monkeypatch.setattr(run, "_deaf", lambda _command, **_pipes: subprocess.Popen(["/bin/sh", "-c", command]))
    monkeypatch.setattr(run, "_answers", lambda _door: False)
    settings: Any = SimpleNamespace(doors=dict.fromkeys(DOORS))
    kept = {one: signal.getsignal(one) for one in (signal.SIGINT, signal.SIGTERM, signal.SIGCHLD)}
    try:
        assert run.Supervisor(settings).serve() == status
    finally:
        for one, handler in kept.items():
            signal.signal(one, handler)
    assert capsys.readouterr().out == "Fairline is closed.\n"


def test_no_door_outlives_its_supervisor(make_installation: Make) -> None:
    installation = make_installation()
    assert installation.process is not None
    installation.process.send_signal(signal.SIGKILL)
    installation.process.wait(10)
    installation.process = None
    wait_until(lambda: installation.door_pids() == {})


def test_no_door_can_leave_a_core_dump(installation: Installation) -> None:
    for pid in installation.door_pids().values():
        assert resource.prlimit(pid, resource.RLIMIT_CORE) == (0, 0)


def test_what_the_server_keeps_is_for_its_owner_only(installation: Installation) -> None:
    secrets = installation.folder / "var" / "secrets"
    assert [path.name for path in secrets.parent.rglob("*") if path.stat().st_mode & 0o077] == []
    assert secrets.stat().st_mode & 0o777 == 0o700
    kept = sorted(path for path in secrets.rglob("*") if path.is_file())
    assert {"report.key", "office.key", "public.key"} <= {path.name for path in kept}
    assert [str(path) for path in kept if path.stat().st_mode & 0o077] == []
    keys = {path.read_bytes() for path in kept}
    assert len(keys) == len(kept), "a flaw behind one door must not open another"


def test_the_public_door_has_no_other_database_open(installation: Installation) -> None:
    urls = ("public", "report", "office")
    assert all(installation.answers(door) for door in urls)
    pid = installation.door_pids()["public"]
    names = [str(path.readlink()) for path in Path(f"/proc/{pid}/fd").iterdir() if path.is_symlink()]
    assert not any(name.endswith("fairline.sqlite3") for name in names)


def test_the_night_is_woken_when_an_offices_day_ends(make_installation: Make) -> None:
    """No office yet: it is due within the hour, so a clock two hours on is late enough."""
    installation = make_installation()
    database = installation.folder / "var" / "fairline.sqlite3"

    def latest() -> str:
        return installation.command("check", check=False).stdout

    wait_until(lambda: "has never ended well" not in latest())
    installation.set_clock("+3d")
    wait_until(lambda: "hours ago" not in latest(), within=30)
    assert database.exists()
    said = installation.command("night", "--as-of", "2026-11-24T00:05:00+00:00").stdout.split()
    assert said[-2] == "next"


def test_a_night_needs_an_instant_with_its_offset(installation: Installation) -> None:
    done = installation.command("night", "--as-of", "2026-11-24T00:05:00", check=False)
    assert done.returncode == 2
    assert "offset" in done.stderr


def test_an_address_that_is_taken_is_said_and_nothing_stays_open(make_installation: Make) -> None:
    installation = make_installation(start=False)
    port = int(installation.environment["FAIRLINE_OFFICE_PORT"])
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        with pytest.raises(RuntimeError, match=f"office door cannot listen on 127.0.0.1, port {port}"):
            installation.start()
        assert installation.process is not None
        assert installation.process.wait(20) == 1
    assert installation.door_pids() == {}
    assert "Traceback" not in installation.logs()
