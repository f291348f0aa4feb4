"""What a member's terminal shows of an export, and what not: panels, names apart, and a folder that lies."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fairline.seal.bodies import Message, write_message
from fairline.seal.closing import Slip
from fairline.seal.decided import only_decided
from fairline.seal.panel import Decision, Voter, about_text, sign_vote
from fairline.seal.thread import Thread
from fairline.terminal.apart import means_same
from fairline.terminal.reading import ReadThread
from fairline.terminal.showing import thread_lines
from seal.conversation import Conversation
from support.installation import Installation

ILSE = "seven lanterns over quiet water"
DECIDED = "knowingly false, as all of a panel decided"


def decided(*voters: int, says: str = "yes", about: bytes | None = None) -> tuple[Conversation, Thread]:
    """A report closed as knowingly false, with the votes of these members."""
    talk = Conversation()
    panel = [talk.office.person(f"Panel {name}", "auditor") for name in "ABC"]
    talk.office.admit(*panel)
    talk.manifest = talk.office.manifest()
    asked = about_text("Was it known to be false?")
    votes = []
    for number in voters:
        person = panel[number]
        signer = talk.office.signer(person)
        vote = sign_vote(person.sign, says, talk.mailbox.id, about or asked)
        votes.append(Voter(signer.entry, signer.proof, vote.signature))
    slip = Slip("unfounded", "tampering", panel=Decision(asked, tuple(votes)))
    talk.answer(write_message(Message("Looked into.", "en", closing=slip)), talk.office.bruno)
    thread = talk.as_office()
    charters = {2: talk.manifest.charter}
    return talk, only_decided(thread, talk.mailbox.id, charters.get)


def test_what_all_of_a_panel_signed_is_shown() -> None:
    _talk, thread = decided(0, 1, 2)
    assert thread.refused == ()
    assert any(DECIDED in line for line in thread_lines(thread, None, "en"))


@pytest.mark.parametrize(
    ("voters", "change", "code"),
    [
        ((0, 1, 2), {"says": "no"}, "panel-signature"),
        ((0, 1, 2), {"about": bytes(32)}, "panel-signature"),
        ((0, 0, 1), {}, "panel-few"),
    ],
)
def test_what_not_all_of_a_panel_signed_is_shown_to_nobody(
    voters: tuple[int, ...], change: dict[str, Any], code: str
) -> None:
    _talk, thread = decided(*voters, **change)
    assert [one.error.code for one in thread.refused] == [code]
    lines = list(thread_lines(thread, None, "en"))
    assert not any(DECIDED in line or "Looked into." in line for line in lines)
    assert any(line.startswith("REFUSED, not shown (o 0)") for line in lines)


def test_something_closed_to_a_reader_hides_no_other_gap() -> None:
    """Whoever makes the folder could add a note that is sealed to anybody, and leave a message out."""
    talk = Conversation()
    for words in ("We look.", "We have looked.", "It is mended."):
        talk.answer(words)
    del talk.posts[2]
    for closed, wrong in (((), True), (("i 0",), True), (("o 1",), False)):
        read = ReadThread("AAAA", {}, "2026-03-02", "case", talk.as_office(), None, (), {}, closed)
        assert read.wrong == wrong


def test_a_name_means_the_member_however_it_is_written_and_nobody_else() -> None:
    """As `web/workers/reports/apart.test.ts`."""
    for asked in ("Bao Tran", "bao  TRAN", "Mr Bao Tran, night shift", "Tran", "Bao-Tran", "Bao_Tran"):
        assert means_same(asked, "Bao Tran")
    assert means_same("陈宝", "陈宝")
    for asked in ("", "  ", "Tranquil", "B", "Ilse Varga", "the night supervisor"):
        assert not means_same(asked, "Bao Tran")
    assert not means_same("Bao Tran", "")


class Folder:
    """An export of the demonstration, to be lied in."""

    def __init__(self, running: Installation, folder: Path) -> None:
        self.running, self.folder = running, folder
        self.index = json.loads((folder / "index.json").read_bytes())
        ilse = next(one["id"] for one in self.index["members"] if one.get("sign_in") == "ilse")
        self.desk = next(one["desk"] for one in self.index["keys"] if one["member"] == ilse)
        self.thread = next(one for one in self.index["threads"] if one["desk"] == self.desk)
        self.report = next(one for one in self.thread["posts"] if (one["chain"], one["n"]) == ("r", 0))

    def opened(self) -> tuple[int, str, str]:
        (self.folder / "index.json").write_text(json.dumps(self.index), "utf-8")
        done = self.running.command(
            "open", str(self.folder), "--as", "ilse", "--passphrase-file", "-", stdin=ILSE.encode(), check=False
        )
        return done.returncode, done.stdout, done.stderr

    def file(self) -> dict[str, Any]:
        found: dict[str, Any] = next(one for one in self.report["files"] if one["as"] == "office")
        return found


@pytest.fixture(scope="session")
def exported(
    demonstrations: Callable[[str], Installation], tmp_path_factory: pytest.TempPathFactory
) -> tuple[Installation, Path]:
    running = demonstrations("sqlite")
    folder = tmp_path_factory.mktemp("judged") / "office"
    running.command("export", "--to", str(folder))
    return running, folder


@pytest.fixture
def folder(exported: tuple[Installation, Path], tmp_path: Path) -> Folder:
    shutil.copytree(exported[1], tmp_path / "office")
    return Folder(exported[0], tmp_path / "office")


def test_a_report_that_the_office_never_promised_is_not_shown(folder: Folder) -> None:
    """A desk's recipient is public: whoever has the folder could put a report into it."""
    del folder.report["promise"], folder.report["T"]
    code, text, told = folder.opened()
    assert (code, "something is wrong in 1 of them" in told) == (1, True)
    assert "WRONG (r 0): The office promised something else than what lies here." in text


def test_a_day_that_was_not_promised_is_named(folder: Folder) -> None:
    folder.report["day"] = "2020-01-01"
    assert "WRONG (r 0): The office promised something else than what lies here." in folder.opened()[1]


@pytest.mark.parametrize("lie", ["deleted", "others"])
def test_what_the_index_says_closes_nothing_that_opens(folder: Folder, lie: str) -> None:
    whole = folder.opened()[1]
    if lie == "deleted":
        folder.thread["status"] = "deleted"
    else:
        folder.thread["status"] = "case"
        folder.index["cases"] = [{"thread": folder.thread["thread"], "n": 0, "what": "", "sig": "A" * 86, "files": []}]
    code, text, told = folder.opened()
    assert code == 0
    assert text.count("Report ") == whole.count("Report ")
    assert "sealed to others" not in told
    assert "deleted it" not in told


@pytest.mark.parametrize("path", ["threads/\0", "../office/index.json", "/etc/passwd", "threads/away", "threads/pipe"])
def test_a_path_that_leads_elsewhere_is_named_and_stops_no_other(folder: Folder, path: str) -> None:
    (folder.folder / "threads/away").symlink_to("/etc/passwd")
    os.mkfifo(folder.folder / "threads/pipe")
    folder.file()["file"] = path
    code, text, told = folder.opened()
    assert (code, "something is wrong in 1 of them" in told) == (1, True)
    assert "WRONG (r 0)" in text
