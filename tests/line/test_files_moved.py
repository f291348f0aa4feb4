"""An installation from before sealed files had random numbers keeps every one of them, and none tells when it came."""

from __future__ import annotations

import secrets
from importlib import import_module
from typing import Any

import pytest
from django.db import IntegrityError, connection
from django.db.migrations.loader import MigrationLoader

from fairline.core.without_rowid import numbered
from fairline.line.models import SealedFile

migration = import_module("fairline.line.migrations.0006_files_side_by_side")
FIELDS = ("thread_id", "chain", "n", "place", "kind", "hash", "size", "sealed", "resealed")


def _before(editor: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Put the table back as it was, empty, and return the state of the models then."""
    state = MigrationLoader(connection).project_state([("line", "0005_read")])
    editor.delete_model(SealedFile)
    with monkeypatch.context() as patched:
        patched.setattr("fairline.core.backends.sqlite.base.declared_tables", lambda: {"line_sealedfile"})
        editor.create_model(state.apps.get_model("line", "SealedFile"))
    editor.deferred_sql.clear()
    return state


def _moved(rows: list[tuple[Any, ...]], monkeypatch: pytest.MonkeyPatch) -> None:
    """Fill the old table with ``rows`` and migrate it."""
    with connection.schema_editor(atomic=True) as editor:
        state = _before(editor, monkeypatch)
        old = state.apps.get_model("line", "SealedFile")
        old.objects.bulk_create(old(**dict(zip(FIELDS, row, strict=True))) for row in rows)
        migration.Migration("0006_files_side_by_side", "line").apply(state, editor)


def _rows(posts: int) -> list[tuple[Any, ...]]:
    """Eight files for each post: long ones, one that was destroyed, one that was sealed anew."""
    rows = []
    for number in range(posts):
        thread, chain = secrets.token_bytes(16), "roi"[number % 3]
        for place in range(8):
            sealed = b"" if place == 6 else secrets.token_bytes(9000 if place < 2 else 300)
            rows.append((thread, chain, number, place, "own", secrets.token_bytes(32), 9000, sealed, place == 1))
    return rows


@pytest.mark.django_db(transaction=True)
def test_every_sealed_file_is_moved_as_it_is(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = _rows(20)
    _moved(rows, monkeypatch)
    assert sorted(SealedFile.objects.values_list(*FIELDS)) == sorted(rows)
    groups = dict(SealedFile.objects.filter(place=0).values_list("thread_id", "id"))
    assert all(row.id == groups[row.thread_id] + row.place for row in SealedFile.objects.defer("sealed"))
    assert len(set(groups.values())) == 20
    if database == "sqlite":
        assert numbered("default") == []
        with connection.cursor() as cursor:
            cursor.execute("SELECT COUNT(*) FROM line_sealedfile WHERE rowid = id")
            assert cursor.fetchone() == (len(rows),)


@pytest.mark.django_db(transaction=True)
def test_a_row_that_could_not_be_moved_stops_it_and_nothing_is_lost(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # All posts get one number: the second cannot have it too.
    monkeypatch.setattr(secrets, "randbits", lambda _bits: 1)
    with pytest.raises(IntegrityError):
        _moved(_rows(2), monkeypatch)
    assert SealedFile.objects.count() == 0
