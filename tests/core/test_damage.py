"""A sound SQLite file is not called damaged, and a damaged one is, whatever SQLite says of NULLs."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from fairline.core.damage import damage

LAMPS = (
    "CREATE TABLE lamp (colour text NOT NULL, note text{null}, pole blob NOT NULL, PRIMARY KEY (pole)) WITHOUT ROWID"
)


def filled(path: Path, null: str, note: str | None) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute(LAMPS.format(null=null))
    rows = [("green" * 40, note, number.to_bytes(4, "big")) for number in range(500)]
    connection.executemany("INSERT INTO lamp VALUES (?, ?, ?)", rows)
    return connection


def test_a_table_whose_key_does_not_come_first_is_sound(tmp_path: Path) -> None:
    connection = filled(tmp_path / "lamps", " NOT NULL", "at the quay")
    assert damage(connection.cursor()) is None


def test_a_null_that_is_there_is_found(tmp_path: Path) -> None:
    connection = filled(tmp_path / "lamps", "", None)
    connection.execute("PRAGMA writable_schema = ON")
    connection.execute("UPDATE sqlite_master SET sql = ? WHERE name = 'lamp'", [LAMPS.format(null=" NOT NULL")])
    connection.close()
    connection = sqlite3.connect(tmp_path / "lamps")
    assert damage(connection.cursor()) == "NULL value in lamp.note"


def test_a_page_that_was_overwritten_is_found_behind_false_lines(tmp_path: Path) -> None:
    path = tmp_path / "lamps"
    filled(path, " NOT NULL", "at the quay").close()
    body = bytearray(path.read_bytes())
    last = len(body) - 4096
    body[last : last + 16] = bytes(16)
    path.write_bytes(body)
    said = damage(sqlite3.connect(path).cursor())
    assert said is not None
    assert "NULL" not in said
