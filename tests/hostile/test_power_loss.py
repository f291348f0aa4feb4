"""Power loss: no promise leaves before the row that it acknowledges is synced, seen in a trace of system calls."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from fairline.seal.primitives import unb64
from support import made_office, traced
from support.installation import Installation
from support.lone_door import LoneDoor
from support.noise import Line, NoisePart, NoiseReport
from support.traced import Call

Make = Callable[..., Installation]
SYNCS = {"fsync", "fdatasync"}


def founded(make: Make, kind: str) -> tuple[Installation, bytes, bytes]:
    """An installation with an office, its doors closed; the office and one of its desks."""
    installation = make(kind, start=False, prepared=True)
    secrets = installation.folder / "made-office.json"
    office = unb64(json.loads(made_office.run(installation, "found", str(secrets)))["id"])
    return installation, office, made_office.MadeOffice.read(secrets).desks[0]


@pytest.fixture(scope="module")
def on_postgresql(make_installation: Make) -> tuple[Installation, bytes, bytes]:
    """One for all tests of this file: none changes what another looks at."""
    return founded(make_installation, "postgresql")


def promise_sent(calls: list[Call]) -> Call:
    """The first call that hands a promise to the network."""
    sends = [call for call in calls if call.name in {"sendto", "sendmsg", "write"} and b'{"promise": {' in call.bytes]
    assert sends, "the promise was not seen on its way to the client"
    return sends[0]


def writes(calls: list[Call], needle: bytes, where: str) -> list[Call]:
    """The calls that wrote ``needle`` into a file whose name contains ``where``."""
    writing = {"write", "pwrite64", "pwritev", "writev"}
    return [call for call in calls if call.name in writing and where in call.file and needle in call.bytes]


def synced_between(calls: list[Call], written: Call, sent: Call) -> list[Call]:
    """Successful syncs of the file of ``written`` that began after it and were back before ``sent`` began."""
    return [
        call for call in calls
        if call.name in SYNCS and call.result == 0 and call.file == written.file
        and call.begun >= written.ended and call.ended <= sent.begun
    ]  # fmt: skip


def test_sqlite_syncs_the_report_before_its_promise_leaves(make_installation: Make, tmp_path: Path) -> None:
    installation, office, desk = founded(make_installation, "sqlite")
    output = tmp_path / "trace"
    door = LoneDoor(installation, before=traced.command(output))
    report = NoiseReport(office, desk)
    try:
        door.start()
        assert Line(installation.urls["report"], office).drop(report).promise().leaf == report.leaf
    finally:
        door.stop()
    calls = traced.read(output)
    sent = promise_sent(calls)
    rows = writes(calls, report.content, "fairline.sqlite3-wal")
    assert rows, "the report's row was not seen on its way to the disk"
    last = max((row for row in rows if row.ended <= sent.begun), key=lambda row: row.ended)
    wal = [call for call in calls if call.file == last.file and call.name == "pwrite64" and call.ended <= sent.begun]
    assert synced_between(calls, max(wal, key=lambda call: call.ended), sent), "the promise left before the sync"
    # The file's own name must be on the disk too: its folder was synced after the file was made.
    folder = str(installation.folder / "var")
    made = [
        call
        for call in calls
        if call.name == "openat" and call.bytes.decode() == last.file and "O_CREAT" in call.arguments
    ]
    assert made
    assert [call for call in calls if call.name in SYNCS and call.file == folder and call.ended <= sent.begun]


def test_no_part_is_acknowledged_before_bytes_name_and_row_are_synced(make_installation: Make, tmp_path: Path) -> None:
    installation, office, desk = founded(make_installation, "sqlite")
    part = NoisePart(office, desk)
    door = LoneDoor(installation, before=traced.command(tmp_path / "trace"))
    try:
        door.start()
        assert Line(installation.urls["report"], office).part(part).status == 200
    finally:
        door.stop()
    calls = traced.read(tmp_path / "trace")
    sending = {"sendto", "sendmsg", "write"}
    [sent, *_more] = [call for call in calls if call.name in sending and b'"held": 1' in call.bytes]
    # Its hash is on the disk before its bytes are: no other bytes can ever lie under its name.
    wal = "fairline.sqlite3-wal"
    [written] = writes(calls, part.sealed[:2000], "/blobs/")
    hashed = [call for call in writes(calls, part.hash, wal) if call.ended <= written.begun]
    assert hashed
    assert synced_between(calls, hashed[-1], written)
    # The bytes, then their name, then the row that says so.
    assert synced_between(calls, written, sent)
    [named] = [call for call in calls if call.name == "rename" and written.file.encode() in call.bytes]
    folder = str(Path(written.file).parent)
    assert named.begun >= max(sync.ended for sync in synced_between(calls, written, named))
    synced = [
        call for call in calls
        if call.name in SYNCS and call.result == 0 and call.file == folder and named.ended <= call.begun
        and call.ended <= sent.begun
    ]  # fmt: skip
    assert synced, "the part was acknowledged before its name was synced"
    rows = [call for call in calls if call.name == "pwrite64" and wal in call.file and synced[0].ended <= call.begun]
    last = max((row for row in rows if row.ended <= sent.begun), key=lambda row: row.ended)
    assert synced_between(calls, last, sent), "the part was acknowledged before its row was synced"
    # New folders on the way to it are on the disk too, each by its parent.
    for made in [folder, str(Path(folder).parent), str(Path(folder).parent.parent)]:
        assert [
            call for call in calls
            if call.name in SYNCS and call.file == str(Path(made).parent) and call.ended <= sent.begun
        ], made  # fmt: skip


def test_postgresql_syncs_the_report_before_its_promise_leaves(
    on_postgresql: tuple[Installation, bytes, bytes], tmp_path: Path
) -> None:
    installation, office, desk = on_postgresql
    url = installation.environment["FAIRLINE_DATABASE"]
    door = LoneDoor(installation)
    line = Line(installation.urls["report"], office)
    try:
        door.start()
        # Each of the door's threads opens its connection with its first report; later none is made.
        for _ in range(8):
            assert line.drop(NoiseReport(office, desk)).status == 200
        assert door.process is not None
        with traced.attached([door.process.pid, *servers(url)], tmp_path / "trace"):
            report = NoiseReport(office, desk)
            assert line.drop(report).promise().leaf == report.leaf
            time.sleep(0.5)
    finally:
        door.stop()
    calls = traced.read(tmp_path / "trace")
    sent = promise_sent(calls)
    rows = writes(calls, report.content, "/pg_wal/")
    assert rows, "the report's row was not seen on its way to the write-ahead log"
    last = max((row for row in rows if row.ended <= sent.begun), key=lambda row: row.ended)
    assert synced_between(calls, last, sent), "the promise left before the write-ahead log was synced"


def servers(url: str) -> list[int]:
    """The processes of the cluster that speak to the database or write its log."""
    with psycopg.connect(url) as connection:
        rows = connection.execute("SELECT pid FROM pg_stat_activity WHERE pid <> pg_backend_pid()").fetchall()
    return [row[0] for row in rows]


def test_postgresql_is_told_to_keep_what_it_commits(on_postgresql: tuple[Installation, bytes, bytes]) -> None:
    installation, _office, _desk = on_postgresql
    with psycopg.connect(installation.environment["FAIRLINE_DATABASE"]) as connection:
        found = {
            name: connection.execute("SELECT current_setting(%s)", (name,)).fetchone()
            for name in ("fsync", "synchronous_commit", "full_page_writes")
        }
    assert found == {"fsync": ("on",), "synchronous_commit": ("on",), "full_page_writes": ("on",)}
    assert "commit" not in installation.command("check", check=False).stdout


def test_an_operator_is_told_when_postgresql_may_forget(on_postgresql: tuple[Installation, bytes, bytes]) -> None:
    installation, _office, _desk = on_postgresql
    url = installation.environment["FAIRLINE_DATABASE"]
    setting = f"ALTER DATABASE {url.rpartition('/')[2]}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"{setting} SET synchronous_commit = off")
        try:
            assert "synchronous_commit" in installation.command("check", check=False).stdout
        finally:
            connection.execute(f"{setting} RESET synchronous_commit")


def test_the_promise_keys_and_the_names_of_their_folders_are_synced(tmp_path: Path) -> None:
    output, path = tmp_path / "trace", tmp_path / "var" / "secrets" / "promise"
    script = (
        "from pathlib import Path; from fairline.core.secret_files import make\n"
        f"make(Path({str(path)!r}), b'a key to promise with'); print('made', flush=True)\n"
    )
    subprocess.run([*traced.command(output), sys.executable, "-c", script], check=True, stdout=subprocess.PIPE)
    calls = traced.read(output)
    said = next(call for call in calls if call.name == "write" and call.bytes.startswith(b"made"))
    (written,) = writes(calls, b"a key to promise with", str(path.parent))
    assert synced_between(calls, written, said)
    synced = {call.file for call in calls if call.name in SYNCS and call.result == 0 and call.ended <= said.begun}
    assert {str(tmp_path), str(tmp_path / "var"), str(tmp_path / "var" / "secrets")} <= synced
