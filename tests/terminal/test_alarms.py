"""A server that loses, withholds or never records a report is caught from a terminal, with a proof to keep."""

from __future__ import annotations

import json
import sqlite3
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from fairline.ledger.checkpoints import ARRIVALS, opened, origin
from fairline.ledger.keeping import check_broken
from fairline.ledger.leaves import search_tag
from fairline.seal.charter import read_charter
from fairline.seal.document import parse_file
from fairline.seal.primitives import H, unb64
from fairline.terminal import filing
from support.installation import Installation


@pytest.fixture(scope="module")
def dishonest(make_demonstration: Callable[..., Installation], tmp_path_factory: pytest.TempPathFactory) -> Dishonest:
    running = make_demonstration()
    return Dishonest(running, tmp_path_factory.mktemp("kept"))


class Dishonest:
    """An operator who reaches into the database, between three reports and the next day."""

    def __init__(self, running: Installation, kept: Path) -> None:
        self.running, self.kept = running, kept
        self.leaves = {name: self._send(name) for name in ("gone", "unrecorded", "shortened")}
        self._post("shortened")
        self._write("DELETE FROM ledger_waiting WHERE entry = ?", self.leaves["unrecorded"])
        running.set_clock("+1d")
        running.command("night")
        gone = self.thread("gone")
        for table in ("line_sealedfile", "line_post"):
            self._write(f"DELETE FROM {table} WHERE thread_id = ?", gone)
        self._write("DELETE FROM line_thread WHERE id = ?", gone)
        short = self.thread("shortened")
        for table in ("line_sealedfile", "line_post"):
            self._write(f"DELETE FROM {table} WHERE thread_id = ? AND chain = 'r' AND n = 1", short)
        self._write("UPDATE line_thread SET r_posts = 1 WHERE id = ?", short)

    def open(self, name: str, *more: str) -> subprocess.CompletedProcess[str]:
        words = str(self.kept / name)
        return self.running.command("open", self.running.urls["report"], "--receipt-file", words, *more, check=False)

    def check(self, name: str) -> tuple[int, str, bytes]:
        proof = self.kept / f"{name}.proof"
        done = self.open(name, "--check", "--proof", str(proof))
        return done.returncode, done.stderr, proof.read_bytes() if proof.exists() else b""

    def _send(self, name: str) -> bytes:
        promise = self.kept / f"{name}.promise"
        self.running.command(
            "send", self.running.urls["report"], "--desk", "Integrity desk", "--yes", "--receipt-file",
            str(self.kept / name), "--promise-file", str(promise), stdin=f"A report to be {name}.".encode(),
        )  # fmt: skip
        return unb64(json.loads(promise.read_bytes())["leaf"])

    def _post(self, name: str) -> None:
        self.running.command(
            "open", self.running.urls["report"], "--receipt-file", str(self.kept / name), "--answer", "-",
            stdin=b"And more.",
        )  # fmt: skip

    def thread(self, name: str) -> bytes:
        with sqlite3.connect(self.running.folder / "var" / "fairline.sqlite3") as line:
            row = line.execute("SELECT thread_id FROM line_post WHERE tag = ?", (self.leaves[name][:32],)).fetchone()
        found: bytes = row[0]
        return found

    def _write(self, statement: str, *values: bytes) -> None:
        with sqlite3.connect(self.running.folder / "var" / "fairline.sqlite3", timeout=20) as line:
            assert line.execute(statement, values).rowcount >= 1


def test_a_report_taken_away_is_found_in_the_record(dishonest: Dishonest) -> None:
    status, said, proof = dishonest.check("gone")
    assert status == 4
    assert "your report did arrive, and the office does not show it" in said
    fields = json.loads(proof)
    (day,) = fields["days"]
    (entry,) = day["entries"]
    assert unb64(entry["leaf"]) == dishonest.leaves["gone"]
    assert unb64(entry["leaf"]).startswith(search_tag(unb64(fields["tag"]), "r", 0))
    batch = unb64(day["batch"])
    charter = read_charter(charter_of(dishonest.running))
    said_by_office = opened(
        day["checkpoint"].encode(), origin(charter.record.host, charter.office, ARRIVALS), charter.record.checkpoint
    )
    assert said_by_office.checkpoint.batch == H(batch)
    assert unb64(entry["leaf"]) in batch


def test_a_broken_promise_is_proven(dishonest: Dishonest) -> None:
    status, said, proof = dishonest.check("unrecorded")
    assert status == 4
    assert "1 promise BROKEN" in said
    charter = read_charter(charter_of(dishonest.running))
    name = origin(charter.record.host, charter.office, ARRIVALS)
    promise = check_broken(proof.strip(), name, charter.record.promise, charter.record.checkpoint)
    assert promise.leaf == dishonest.leaves["unrecorded"]


def test_a_message_withheld_is_noticed(dishonest: Dishonest) -> None:
    status, said, proof = dishonest.check("shortened")
    assert status == 4
    assert "the record holds more than this mailbox shows" in said
    assert [entry["n"] for day in json.loads(proof)["days"] for entry in day["entries"]] == [0, 1]


def test_a_proof_of_filing_says_that_the_promise_in_it_was_broken(dishonest: Dishonest) -> None:
    """It had said that the night is still to come, and ended as if all were well."""
    file = dishonest.kept / "filing"
    done = dishonest.open("unrecorded", "--filing", str(file))
    assert done.returncode == 4
    assert "ALARM: this office signed it and broke it" in done.stderr
    assert "is not out yet" not in done.stderr
    assert filing.check(file.read_bytes()).recorded is None


def test_verify_tells_the_operator_the_same(dishonest: Dishonest) -> None:
    found = dishonest.running.command("verify", check=False)
    assert found.returncode == 1
    assert len(found.stdout.splitlines()) >= 2


def test_a_mailbox_in_which_something_does_not_hold_is_no_success(dishonest: Dishonest) -> None:
    own = dishonest.running.folder / "var" / "fairline.sqlite3"
    thread = dishonest.thread("unrecorded")
    with sqlite3.connect(own, timeout=20) as line:
        row = "line_post WHERE thread_id = ? AND chain = 'r' AND n = 0"
        (promise,) = line.execute(f"SELECT promise FROM {row}", (thread,)).fetchone()
        line.execute(f"UPDATE {row.replace(' WHERE', ' SET promise = ? WHERE')}", (bytes(len(promise)), thread))
    done = dishonest.open("unrecorded")
    assert done.returncode == 1
    assert "WRONG (r 0)" in done.stdout


def test_a_record_that_does_not_hold_is_an_alarm_and_no_slip_of_who_asks(dishonest: Dishonest) -> None:
    public = dishonest.running.folder / "var" / "public.sqlite3"
    with sqlite3.connect(public, timeout=20) as files:
        done = files.execute("UPDATE published_publicfile SET body = ? WHERE path LIKE 'arrivals/____-__-__'", (b"x",))
        assert done.rowcount >= 1
    done = dishonest.open("shortened", "--check")
    assert done.returncode == 4, done.stderr
    promise = str(dishonest.kept / "shortened.promise")
    done = dishonest.running.command("open", dishonest.running.urls["report"], "--promise", promise, check=False)
    assert done.returncode == 4


def charter_of(running: Installation) -> bytes:
    with sqlite3.connect(running.folder / "var" / "fairline.sqlite3") as line:
        row = line.execute("SELECT file FROM offices_document WHERE kind = 'charter' ORDER BY number DESC").fetchone()
    return parse_file(row[0]).doc
