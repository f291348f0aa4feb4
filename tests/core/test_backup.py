"""`fairline backup` copies an installation while it runs; the copy serves, and nobody's report is missing in it."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import sqlite3
import stat
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from fairline.cli import backup, keyset
from fairline.seal.primitives import b64, unb64
from support import made_office
from support.installation import Installation
from support.noise import Line, NoiseReport

Make = Callable[..., Installation]


class Stand:
    """An installation with an office, and the folder of its copies."""

    def __init__(self, installation: Installation) -> None:
        self.installation = installation
        secrets = installation.folder / "made-office.json"
        self.office = unb64(json.loads(made_office.run(installation, "found", str(secrets)))["id"])
        self.desk = made_office.MadeOffice.read(secrets).desks[0]
        self.line = Line(installation.urls["report"], self.office)
        self.blobs = installation.folder / "var" / "blobs" / self.office.hex() / "ab"

    def file(self) -> NoiseReport:
        report = NoiseReport(self.office, self.desk)
        assert self.line.drop(report).status == 200
        return report


@pytest.fixture(scope="module")
def stand(make_installation: Make) -> Stand:
    return Stand(make_installation("sqlite"))


@pytest.fixture
def copies(stand: Stand, tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "copies"
    stand.installation.set_clock("")
    shutil.rmtree(stand.blobs, ignore_errors=True)


def days(copies: Path) -> list[str]:
    return sorted(path.name for path in copies.iterdir() if path.name != "keys")


def test_a_copy_made_under_load_serves_every_report_that_was_promised_before(
    stand: Stand, copies: Path, make_installation: Make
) -> None:
    before = [stand.file() for _ in range(5)]
    stop = threading.Event()

    def go_on() -> None:
        while not stop.is_set():
            stand.file()

    others = [threading.Thread(target=go_on) for _ in range(2)]
    for one in others:
        one.start()
    try:
        stand.installation.command("backup", str(copies))
    finally:
        stop.set()
        for one in others:
            one.join()
    (day,) = days(copies)
    restored = make_installation(start=False)
    restored.command("restore", str(copies / day))
    restored.start()
    line = Line(restored.urls["report"], stand.office)
    for report in before:
        asked = line.send("POST", f"{line_path(stand)}/mailbox", report.asked(), **{"Content-Type": "application/json"})
        assert asked.status == 200
        assert line.drop(report).promise() == stand.line.drop(report).promise()
    assert "Nothing" in restored.command("verify").stdout
    assert restored.command("check").returncode == 0


def line_path(stand: Stand) -> str:
    return f"/at/{b64(stand.office)}"


def test_the_copy_is_for_its_owner_alone(stand: Stand, copies: Path) -> None:
    stand.installation.command("backup", str(copies))
    others = stat.S_IRWXG | stat.S_IRWXO
    assert [path for path in [copies, *copies.rglob("*")] if path.stat().st_mode & others] == []


def test_a_file_that_was_there_the_day_before_takes_no_room_twice(stand: Stand, copies: Path) -> None:
    stand.blobs.mkdir(parents=True)
    (stand.blobs / "kept").write_bytes(b"sealed")
    (stand.blobs / "deleted").write_bytes(b"sealed too")
    stand.installation.command("backup", str(copies))
    (stand.blobs / "deleted").unlink()
    (stand.blobs / "new").write_bytes(b"sealed later")
    stand.installation.set_clock("+1d")
    stand.installation.command("backup", str(copies))
    first, second = (copies / day / "blobs" / stand.office.hex() / "ab" for day in days(copies))
    assert (first / "kept").samefile(second / "kept")
    assert sorted(path.name for path in second.iterdir()) == ["kept", "new"]
    assert (second / "new").read_bytes() == b"sealed later"
    assert (first / "deleted").exists()


def test_a_second_copy_on_a_day_replaces_the_first(stand: Stand, copies: Path) -> None:
    stand.installation.command("backup", str(copies))
    (day,) = days(copies)
    (copies / day / "left over").write_bytes(b"")
    stand.installation.command("backup", str(copies))
    assert days(copies) == [day]
    assert not (copies / day / "left over").exists()


def test_what_was_deleted_here_dies_there_within_thirty_days(stand: Stand, copies: Path) -> None:
    for later in ("", "+1d", "+30d", "+31d"):
        stand.installation.set_clock(later)
        stand.installation.command("backup", str(copies))
    kept = days(copies)
    assert len(kept) == 3
    (copies / "notes").mkdir()
    stand.installation.set_clock("+100d")
    stand.installation.command("backup", str(copies))
    assert len(days(copies)) == 2
    assert "notes" in days(copies)


def test_a_copy_that_cannot_be_made_is_said_and_leaves_none(stand: Stand, copies: Path) -> None:
    copies.write_bytes(b"a file, no folder")
    done = stand.installation.command("backup", str(copies), check=False)
    assert done.returncode == 1
    assert "could not be made" in done.stderr
    assert "Traceback" not in done.stderr


def test_keys_lie_apart_and_the_older_ones_go_within_a_week(stand: Stand, copies: Path) -> None:
    for later in ("", "+1d", "+8d"):
        stand.installation.set_clock(later)
        stand.installation.command("backup", str(copies))
    newest = days(copies)[-1]
    assert sorted(path.name for path in (copies / "keys").iterdir()) == days(copies)[1:]
    with sqlite3.connect(copies / "keys" / newest / "keys.sqlite3") as database:
        tables = {name for (name,) in database.execute("SELECT name FROM sqlite_master")}
    assert tables == {*keyset.WRAPS, *keyset.DELETIONS}
    assert {"cases_casekeys", "cases_copy", "offices_keyfile", "cases_deletion"} <= tables


def test_a_copy_is_restored_into_an_empty_place_and_with_its_keys_alone(
    stand: Stand, copies: Path, make_installation: Make, tmp_path: Path
) -> None:
    stand.installation.command("backup", str(copies))
    (day,) = days(copies)
    assert "already" in stand.installation.command("restore", str(copies / day), check=False).stderr
    empty = make_installation(start=False)
    none = empty.command("restore", str(copies / day), "--keys", str(tmp_path / "none"), check=False)
    assert (none.returncode, "There are no keys" in none.stderr) == (2, True)
    other = empty.command("restore", str(tmp_path), check=False)
    assert "is no copy" in other.stderr


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("FAIRLINE_DATABASE", "postgresql://nobody@127.0.0.1:1/nothing", "pg_dump"),
        ("FAIRLINE_BLOBS", "s3://bucket/prefix", "means of your store"),
    ],
)
def test_what_it_does_not_reach_is_said(
    make_installation: Make, tmp_path: Path, name: str, value: str, said: str
) -> None:
    installation = make_installation(start=False, **{name: value})
    done = installation.command("backup", str(tmp_path / "copies"), check=False)
    assert done.returncode == 2
    assert said in done.stderr
    assert not (tmp_path / "copies").exists()


def test_two_at_once_do_not_wipe_what_the_other_has_begun(stand: Stand, copies: Path) -> None:
    copies.mkdir()
    held = os.open(copies, os.O_RDONLY)
    fcntl.flock(held, fcntl.LOCK_EX)
    try:
        with pytest.raises(RuntimeError, match="another copy is being made"):
            stand.installation.command("backup", str(copies))
    finally:
        os.close(held)
    assert list(copies.iterdir()) == []


def test_an_installation_that_has_lost_its_keys_takes_no_set_of_keys_away(tmp_path: Path) -> None:
    """The newest set is the one that is restored: an empty one would open nothing for anybody."""
    for name, rows in (("2026-12-01", 1), ("apart", 0)):
        (tmp_path / name).mkdir()
        with closing(sqlite3.connect(tmp_path / name / keyset.FILE)) as made:
            made.execute("CREATE TABLE offices_keyfile (id)")
            made.executemany("INSERT INTO offices_keyfile VALUES (?)", [(one,) for one in range(rows)])
            made.commit()
    backup.require_keys(tmp_path / "2026-12-01", [tmp_path / "apart"])
    backup.require_keys(tmp_path / "apart", [])
    with pytest.raises(OSError, match="no keys any more"):
        backup.require_keys(tmp_path / "apart", [tmp_path / "2026-12-01"])


def test_a_folder_of_files_that_cannot_be_read_is_not_an_empty_one(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        backup.copy_files(tmp_path / "not mounted", tmp_path / "copied", None)
