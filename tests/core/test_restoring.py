"""What a restore has not finished does not serve: it may hold what two people have deleted since."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from argparse import Namespace
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest

from fairline.cli import keyset, restore, run
from fairline.core.restoring import MARK
from fairline.core.settings_file import SettingsError
from fairline.ledger.models import Batch, Log, Row
from fairline.line.models import Own
from fairline.offices.models import Vault


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FAIRLINE_DATA", str(tmp_path / "data"))
    (tmp_path / "copies/2026-11-27/secrets").mkdir(parents=True)
    (tmp_path / "copies/keys/2026-11-27").mkdir(parents=True)
    (tmp_path / "copies/keys/2026-11-27" / keyset.FILE).touch()
    return tmp_path / "data"


def restored(data: Path) -> int:
    return restore.run(Namespace(copy=data.parent / "copies/2026-11-27", keys=None))


def test_a_restore_that_broke_off_leaves_a_folder_that_no_command_serves(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(_keys: Path) -> int:
        assert (data / MARK).exists()
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(restore, "_complete", breaks)
    assert restored(data) == 1
    with pytest.raises(SettingsError, match="did not end") as refused:
        run.run(Namespace(report_port=None, office_port=None, public_port=None, demo=False))
    assert "restore once more" in str(refused.value)
    door = subprocess.run(
        [sys.executable, "-m", "fairline.cli.door", "report"], env=os.environ, capture_output=True, check=False
    )
    assert door.returncode == 2
    assert b"did not end" in door.stderr
    with pytest.raises(SettingsError, match="put it aside first"):
        restored(data)


def test_a_restore_that_ended_leaves_no_mark(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(restore, "_complete", lambda _keys: 3)
    assert restored(data) == 0
    assert not (data / MARK).exists()


def test_what_browsers_remember_of_the_record_comes_back_with_the_record() -> None:
    """Else each of them would call a restore an attack, for ever: decision 0104."""
    apart = {*keyset.WRAPS, *keyset.CACHES, *keyset.DELETIONS}
    assert not apart & {model._meta.db_table for model in (Vault, Own, Log, Batch, Row)}


def test_a_set_of_keys_of_an_older_version_is_told_what_it_lacks(tmp_path: Path) -> None:
    """Tables are of this version by then, and no key may be missing from a list because nobody says at which desk."""
    store, keys = tmp_path / "store.sqlite3", tmp_path / keyset.FILE
    threads = (b"t" * 16, b"d" * 16), (b"u" * 16, b"e" * 16)
    with closing(sqlite3.connect(store)) as database, database:
        database.execute("CREATE TABLE line_thread (id PRIMARY KEY, desk)")
        database.executemany("INSERT INTO line_thread VALUES (?, ?)", threads)
        database.execute("CREATE TABLE cases_casekeys (id PRIMARY KEY, thread, sealed, desk NOT NULL)")
        for table in keyset.WRAPS[1:]:
            database.execute(f"CREATE TABLE {table} (id PRIMARY KEY)")
    with closing(sqlite3.connect(keys)) as database, database:
        database.execute("CREATE TABLE cases_casekeys (id, thread, sealed)")
        rows = [(bytes([n]), thread, b"sealed") for n, (thread, _desk) in enumerate((*threads, (b"gone", b"")))]
        database.executemany("INSERT INTO cases_casekeys VALUES (?, ?, ?)", rows)
    keyset.put_back(store, keys)
    with closing(sqlite3.connect(store)) as database:
        found = database.execute("SELECT thread, sealed, desk FROM cases_casekeys ORDER BY id").fetchall()
    assert found == [(thread, b"sealed", desk) for thread, desk in threads]
    # A set of this version says it itself.
    with closing(sqlite3.connect(keys)) as database, database:
        database.execute("ALTER TABLE cases_casekeys ADD COLUMN desk")
        database.execute("UPDATE cases_casekeys SET desk = ?", (b"f" * 16,))
    keyset.put_back(store, keys)
    with closing(sqlite3.connect(store)) as database:
        assert database.execute("SELECT DISTINCT desk FROM cases_casekeys").fetchall() == [(b"f" * 16,)]


def test_a_copy_goes_where_the_settings_have_it_and_never_over_a_living_store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data, elsewhere = tmp_path / "data", tmp_path / "elsewhere"
    (data / "blobs" / "office").mkdir(parents=True)
    for name in ("fairline.sqlite3", "public.sqlite3"):
        (data / name).write_bytes(b"of the copy")
    settings = SimpleNamespace(
        database=f"sqlite:///{elsewhere / 'fairline.sqlite3'}",
        public_database=f"sqlite:///{data / 'public.sqlite3'}",
        blobs=f"file://{elsewhere / 'blobs'}",
    )
    monkeypatch.setattr(restore, "load", lambda: settings)
    elsewhere.mkdir()
    (elsewhere / "fairline.sqlite3").write_bytes(b"living")
    with pytest.raises(FileExistsError):
        restore.place(data)
    assert (elsewhere / "fairline.sqlite3").read_bytes() == b"living"
    (elsewhere / "fairline.sqlite3").unlink()
    restore.place(data)
    assert (elsewhere / "fairline.sqlite3").read_bytes() == b"of the copy"
    assert (elsewhere / "blobs" / "office").is_dir()
    assert sorted(one.name for one in data.iterdir()) == ["public.sqlite3"]


def test_a_set_that_is_not_there_takes_no_key_away(tmp_path: Path) -> None:
    store = tmp_path / "store.sqlite3"
    with closing(sqlite3.connect(store)) as made:
        made.execute("CREATE TABLE offices_keyfile (id)")
        made.execute("INSERT INTO offices_keyfile VALUES (1)")
        made.commit()
    with pytest.raises(sqlite3.Error):
        keyset.put_back(store, tmp_path / "nothing.sqlite3")
    with closing(sqlite3.connect(store)) as left:
        assert left.execute("SELECT count(*) FROM offices_keyfile").fetchone() == (1,)
