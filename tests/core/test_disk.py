"""A disk that fills up: files wait first, then drafts, then texts; what breaks all the same is said in a sentence."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.http import HttpResponse
from django.test import RequestFactory

from fairline.core import disk
from fairline.core.permissions import Access
from fairline.core.routes import Gate, route
from fairline.core.settings.base import FAIRLINE

GB = 1 << 30
MB = 1 << 20


@pytest.mark.parametrize(
    ("total", "free", "files", "drafts", "text"),
    [
        (100 * GB, 16 * GB, True, True, True),
        (100 * GB, 15 * GB, False, True, True),
        (100 * GB, 6 * GB, False, True, True),
        (100 * GB, 5 * GB, False, False, True),
        (100 * GB, GB, False, False, False),
        (100 * GB, GB + 1, False, False, True),
        (200 * MB, 31 * MB, True, True, True),
        (200 * MB, 9 * MB, False, False, True),
        (200 * MB, 8 * MB, False, False, False),
        (0, 0, False, False, False),
    ],
)
def test_what_a_disk_takes(total: int, free: int, *, files: bool, drafts: bool, text: bool) -> None:
    space = disk.Space(total, free)
    assert (space.takes_files, space.takes_drafts, space.takes_text) == (files, drafts, text)


def test_each_file_system_that_is_written_to_counts(tmp_path: Path, settings: Any) -> None:
    elsewhere = f"sqlite:///{tmp_path}/databases/fairline.sqlite3"
    settings.FAIRLINE = replace(
        FAIRLINE, data=tmp_path / "data", database=elsewhere, blobs=f"file://{tmp_path}/blobs%20here", test_roomy=False
    )
    named = [folder.relative_to(tmp_path) for folder in disk.folders() if folder.is_relative_to(tmp_path)]
    assert named == [Path("data"), Path("databases"), Path("blobs here")]
    # None of them is there yet: the file system in which they will lie is asked.
    assert disk.space().total == disk.space_at(tmp_path).total > 0


def test_databases_and_stores_of_other_machines_are_not_ours_to_ask(tmp_path: Path, settings: Any) -> None:
    settings.FAIRLINE = replace(
        FAIRLINE, data=tmp_path, database="postgresql://db.example/f", public_database="postgresql://db.example/p",
        blobs="s3://bucket/f",
    )  # fmt: skip
    assert disk.folders() == (tmp_path,)


def database_says(cause: Exception) -> OperationalError:
    error = OperationalError(str(cause))
    error.__cause__ = cause
    return error


def sqlite_says(code: int) -> OperationalError:
    cause = sqlite3.OperationalError("database or disk is full")
    cause.sqlite_errorcode = code
    return database_says(cause)


def postgresql_says(sqlstate: str) -> OperationalError:
    cause = RuntimeError("could not extend file")
    cause.sqlstate = sqlstate  # type: ignore[attr-defined]
    return database_says(cause)


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (OSError(errno.ENOSPC, "no"), True),
        (OSError(errno.EDQUOT, "no"), True),
        (OSError(errno.EIO, "no"), False),
        (sqlite_says(sqlite3.SQLITE_FULL), True),
        (sqlite_says(sqlite3.SQLITE_BUSY), False),
        (postgresql_says("53100"), True),
        (postgresql_says("40001"), False),
        (ValueError("x"), False),
    ],
)
def test_a_full_disk_is_known_by_what_breaks(error: Exception, *, told: bool) -> None:
    assert disk.is_full(error) == told


@pytest.mark.parametrize(("free", "told"), [(1000, True), (GB, False)])
def test_a_log_that_cannot_be_written_is_a_full_disk_where_nothing_is_free(
    monkeypatch: pytest.MonkeyPatch, free: int, *, told: bool
) -> None:
    monkeypatch.setattr(disk, "space", lambda: disk.Space(100 * GB, free))
    for code in (sqlite3.SQLITE_IOERR, 778, 4874, sqlite3.SQLITE_CANTOPEN):
        assert disk.is_full(sqlite_says(code)) == told


def raising(error: Exception) -> Callable[..., HttpResponse]:
    def view(_request: object) -> HttpResponse:
        raise error

    return view


def test_whatever_finds_no_room_is_refused_with_a_sentence_and_nothing_else_is_hidden() -> None:
    request = RequestFactory().post("/x", b"{}", content_type="application/json")

    def gate(error: Exception) -> Gate:
        return Gate([route("POST", "x", raising(error), access=Access.ANYONE)])

    answer = gate(sqlite_says(sqlite3.SQLITE_FULL))(request)
    assert (answer.status_code, b'"full"' in answer.content) == (409, True)  # type: ignore[attr-defined]
    with pytest.raises(OperationalError):
        gate(sqlite_says(sqlite3.SQLITE_CORRUPT))(request)
    with pytest.raises(OSError, match="other"):
        gate(OSError(errno.EIO, "other"))(request)


@pytest.mark.django_db(transaction=True)
def test_a_real_database_that_is_full_is_known(database: str) -> None:
    if database != "sqlite":
        pytest.skip("only SQLite can be told how large it may become")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        pages = cursor.fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {pages + 2}")
        try:
            cursor.execute("CREATE TABLE filling (x BLOB)")
            with pytest.raises(OperationalError) as caught:
                cursor.execute("INSERT INTO filling VALUES (zeroblob(1000000))")
            assert disk.is_full(caught.value)
        finally:
            cursor.execute("PRAGMA max_page_count = 4294967294")
            cursor.execute("DROP TABLE IF EXISTS filling")
