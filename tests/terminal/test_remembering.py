"""A terminal remembers what it saw of an office: an older charter, another root or record is refused in words."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from fairline.cli.seen_before import held
from fairline.seal.primitives import b64, unb64
from fairline.terminal.address import read_address
from fairline.terminal.door import Door
from support.installation import Installation

NOTHING_SENT = "Nothing was sent."


class Terminal:
    """Somebody's machine: its state folder, and the words of a report that was sent from it."""

    def __init__(self, running: Installation, folder: Path) -> None:
        self.running, self.folder = running, folder
        running.environment["XDG_STATE_HOME"] = str(folder)
        self.file = folder / "fairline" / "offices.json"
        shown = json.loads((running.folder / "var" / "demonstration.json").read_bytes())
        self.office = b64(bytes.fromhex(shown["office"])) if len(shown["office"]) == 32 else shown["office"]
        self.words = folder / "words"
        folder.mkdir(exist_ok=True)
        self.words.write_text(shown["receipts"][0]["words"], "utf-8")

    def open(self, *more: str, stdin: bytes = b"") -> tuple[int, str, str]:
        done = self.running.command(
            "open", self.running.urls["report"], "--receipt-file", str(self.words), *more, check=False, stdin=stdin
        )
        return done.returncode, done.stdout, done.stderr

    def send(self, *more: str) -> tuple[int, str]:
        done = self.running.command(
            "send", self.running.urls["report"], "--desk", "Integrity desk", "--yes", *more, check=False,
            stdin=b"A report.",
        )  # fmt: skip
        return done.returncode, done.stderr

    def seen(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.file.read_bytes())
        return found

    def saw(self, change: Callable[[dict[str, Any]], None]) -> None:
        """Let it have seen something else: to the terminal that is a server that shows something else now."""
        found = self.seen()
        change(found["offices"][self.office]["pins"])
        self.file.write_text(json.dumps(found, separators=(",", ":"), sort_keys=True), "utf-8")


@pytest.fixture(scope="module")
def running(make_demonstration: Callable[..., Installation]) -> Installation:
    return make_demonstration()


@pytest.fixture
def terminal(running: Installation, tmp_path: Path) -> Terminal:
    made = Terminal(running, tmp_path / "state")
    assert made.open()[0] == 0
    return made


def test_what_is_kept_is_public_and_for_its_owner_only(terminal: Terminal) -> None:
    pins = terminal.seen()["offices"][terminal.office]["pins"]
    assert set(pins) == {"F", "root", "charter", "sheets", "checkpoints"}
    assert set(pins["checkpoints"]) == {"arrivals", "acts"}
    assert stat.S_IMODE(terminal.file.stat().st_mode) == 0o600
    assert stat.S_IMODE(terminal.file.parent.stat().st_mode) == 0o700
    before = terminal.file.stat().st_ino
    assert terminal.open()[0] == 0
    assert terminal.file.stat().st_ino == before, "what says nothing new is not written again"


def test_what_is_left_on_this_machine_is_told_of_once(running: Installation, tmp_path: Path) -> None:
    """Nothing is left on anybody's disk without a word, and nobody has to read the same word every day."""
    made = Terminal(running, tmp_path / "state")
    assert str(made.file) not in made.open("--no-trace")[2]
    first = made.open()[2]
    assert str(made.file) in first
    assert "--no-trace" in first
    assert str(made.file) not in made.open()[2]


def older_charter(pins: dict[str, Any]) -> None:
    pins["charter"]["number"] += 1


def other_charter(pins: dict[str, Any]) -> None:
    pins["charter"]["hash"] = b64(bytes(32))


def other_root(pins: dict[str, Any]) -> None:
    pins["F"] = b64(bytes(32))


def older_root(pins: dict[str, Any]) -> None:
    pins["root"]["number"] += 1


def older_sheet(pins: dict[str, Any]) -> None:
    for pin in pins["sheets"].values():
        pin["number"] += 1


@pytest.mark.parametrize(
    ("before", "said"),
    [
        (older_charter, "charter) is older"), (other_charter, "is another one"), (other_root, "another office under"),
        (older_root, "root documents are older"), (older_sheet, "sheet) is older"),
    ],
)  # fmt: skip
def test_documents_that_contradict_what_was_seen_are_read_only(
    terminal: Terminal, before: Callable[[dict[str, Any]], None], said: str
) -> None:
    terminal.saw(before)
    kept = terminal.file.read_bytes()
    code, told = terminal.send("--no-receipt")
    assert (code, "ALARM" in told, said in told) == (1, True, True)
    assert NOTHING_SENT in told
    code, _text, told = terminal.open("--answer", "-", stdin=b"An answer.")
    assert (code, said in told, NOTHING_SENT in told) == (4, True, True)
    code, text, told = terminal.open()
    assert (code, said in told) == (4, True)
    assert text, "what the mailbox holds may be read"
    assert terminal.file.read_bytes() == kept, "nothing of it is believed from now on"
    assert terminal.open("--no-trace")[0] == 0


def test_a_record_that_was_forked_is_told(
    terminal: Terminal, make_demonstration: Callable[..., Installation], tmp_path: Path
) -> None:
    # A copy of the same office, whose keys sign another day than the first one's do.
    other = Terminal(make_demonstration(), tmp_path / "other")
    for one in (terminal, other):
        assert one.send("--no-receipt")[0] == 0
        one.running.set_clock("+1d")
        one.running.command("night")
    assert terminal.open()[0] == 0
    other.running.environment["XDG_STATE_HOME"] = str(terminal.folder)
    code, _text, told = other.open()
    assert code == 4
    assert "record does not continue" in told
    assert NOTHING_SENT in other.send("--no-receipt")[1]
    terminal.running.set_clock("")


def test_the_record_that_was_proven_is_the_one_that_is_remembered(terminal: Terminal) -> None:
    """Asked for twice, a server could prove one record and have another one remembered."""
    door = Door(read_address(terminal.running.urls["report"]))
    asked: list[str] = []
    find = door.find
    with patch.object(door, "find", lambda path: (asked.append(path), find(path))[1]):
        held(door, [unb64(terminal.office)], datetime.now(UTC), None, terminal.file)
        newest = [path for path in asked if path.endswith("/checkpoint")]
        assert sorted(path.split("/")[-2] for path in newest) == ["acts", "arrivals"]
        asked.clear()
        held(door, [unb64(terminal.office)], datetime.now(UTC), None, None)
    assert asked == [], "who leaves no trace asks for no more than the documents"


def test_another_office_behind_the_same_address_is_told(terminal: Terminal) -> None:
    found = terminal.seen()
    found["offices"] = {b64(bytes(16)): found["offices"][terminal.office]}
    terminal.file.write_text(json.dumps(found, separators=(",", ":"), sort_keys=True), "utf-8")
    code, told = terminal.send("--no-receipt")
    assert code == 1
    assert "there was another office" in told


def test_a_file_that_nobody_understands_is_no_empty_one(terminal: Terminal) -> None:
    terminal.file.write_bytes(b"{}")
    code, _text, told = terminal.open()
    assert code == 1
    assert "is not what this program wrote there" in told
    assert terminal.file.read_bytes() == b"{}"


def test_without_a_trace_nothing_is_written(running: Installation, tmp_path: Path) -> None:
    made = Terminal(running, tmp_path / "untouched")
    assert made.open("--no-trace")[0] == 0
    assert not made.file.parent.exists()
