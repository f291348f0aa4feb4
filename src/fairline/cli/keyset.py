"""Wraps of keys in a set of copies of their own: whatever a copy of the store holds, it opens nothing without them.

A case that was deleted is unreadable in every older copy of the store, from the day on which the last set that held its
keys is overwritten. Beside the keys lies what was deleted: `fairline restore` deletes it again before it serves.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

FILE: Final = "keys.sqlite3"
WRAPS: Final = ("cases_casekeys", "cases_copy", "offices_keyfile")
"""A masked copy of a case is sealed to a member's own key, which lives on: it lies with the wraps."""
CACHES: Final = ("cases_indexpage", "cases_indexdelta")
"""Words of reports under keys that live on: browsers make them anew, and no copy has them."""
DELETIONS: Final = ("cases_deletion", "cases_deletedthread", "line_erasure")
STILL_THERE: Final = {
    "cases_casekeys": "thread IN (SELECT id FROM main.line_thread)",
    "cases_copy": "thread IN (SELECT id FROM main.line_thread)",
    "offices_keyfile": "desk_id IN (SELECT id FROM main.offices_desk)"
    " AND member_id IN (SELECT id FROM main.offices_member)",
}
"""Of an older copy of the store: keys of what it does not know have no place in it."""
ADDED: Final = {"cases_casekeys": {"desk": "(SELECT desk FROM main.line_thread WHERE id = thread)"}}
"""What a set of an older version lacks, and where the store knows it from: its tables are of this version already."""


def take_out(database: Path, keys: Path) -> None:
    """Move the wraps out of a copy of the store into a file of their own, and leave no trace of them in its pages.

    Raises:
        sqlite3.Error: the disk failed.
    """
    with closing(sqlite3.connect(database, isolation_level=None)) as copy:
        copy.execute("PRAGMA journal_mode=DELETE")
        copy.execute("PRAGMA secure_delete=ON")
        copy.execute("ATTACH ? AS apart", (str(keys),))
        there = _tables(copy, "main")
        copy.execute("BEGIN")
        for table in (*WRAPS, *DELETIONS):
            if table in there:
                copy.execute(f"CREATE TABLE apart.{table} AS SELECT * FROM main.{table}")  # noqa: S608 - a name of ours
        for table in (*WRAPS, *CACHES):
            if table in there:
                copy.execute(f"DELETE FROM main.{table}")  # noqa: S608 - a name of ours
        copy.execute("COMMIT")
        copy.execute("DETACH apart")
        copy.execute("VACUUM")


def holds_keys(keys: Path) -> bool:
    """Return whether a set has any wrap in it.

    Raises:
        sqlite3.Error: it is no set.
    """
    with closing(sqlite3.connect(f"{keys.absolute().as_uri()}?mode=ro", uri=True)) as apart:
        there = _tables(apart, "main").intersection(WRAPS)
        return any(apart.execute(f"SELECT EXISTS (SELECT 1 FROM {table})").fetchone()[0] for table in there)  # noqa: S608 - names of ours


def put_back(database: Path, keys: Path) -> None:
    """Put the wraps of a set, and what it says was deleted, into a store that is being restored.

    Raises:
        sqlite3.Error: the set does not fit, or the disk failed.
    """
    with closing(sqlite3.connect(f"{database.as_uri()}?mode=rw", uri=True, isolation_level=None)) as store:
        # Read only: a set that is not there would be made, empty, and everything in its place be deleted.
        store.execute("ATTACH ? AS apart", (f"{keys.absolute().as_uri()}?mode=ro",))
        there = _tables(store, "apart")
        if not there.intersection(WRAPS):
            raise sqlite3.DatabaseError(f"{keys} holds no keys")
        store.execute("BEGIN IMMEDIATE")
        # A copy that was made before wraps were kept apart may hold those of what was deleted since.
        for table in WRAPS:
            store.execute(f"DELETE FROM main.{table}")  # noqa: S608 - a name of ours
        for table in (*WRAPS, *DELETIONS):
            if table in there:
                given = ADDED.get(table, {}) | {name: f'"{name}"' for name in _columns(store, "apart", table)}
                only = STILL_THERE.get(table, "TRUE")
                store.execute(
                    f"INSERT OR REPLACE INTO main.{table} ({', '.join(given)})"  # noqa: S608 - names of ours
                    f" SELECT {', '.join(given.values())} FROM apart.{table} WHERE {only}"
                )
        store.execute("COMMIT")


def _tables(store: sqlite3.Connection, schema: str) -> set[str]:
    rows = store.execute(f"SELECT name FROM {schema}.sqlite_master WHERE type = 'table'")  # noqa: S608 - a name of ours
    return {name for (name,) in rows}


def _columns(store: sqlite3.Connection, schema: str, table: str) -> list[str]:
    return [row[1] for row in store.execute(f"PRAGMA {schema}.table_info({table})")]
