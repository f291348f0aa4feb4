"""Whether SQLite finds its own file damaged."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

NULLS = re.compile(r"NULL value in (?P<table>\w+)\.(?P<column>\w+)")
NO_LIMIT = (1 << 31) - 1


def damage(cursor: Any) -> str | None:
    """Return what SQLite says first of damage in the database of ``cursor``; None if its file is sound.

    SQLite 3.40.0 to 3.41.0 (Debian 12 has 3.40.1) calls values of a table WITHOUT ROWID a NULL where the key's
    columns do not come first; the file is sound. So what it says of a NULL is looked at before it is believed, and
    all lines are read, or the false ones would stand in front of a true one.
    """
    nulls = set()
    cursor.execute(f"PRAGMA quick_check({NO_LIMIT})")
    for said in _lines(cursor):
        found = NULLS.fullmatch(said)
        if found is not None:
            nulls.add((found["table"], found["column"]))
        elif said != "ok":
            return said
    for table, column in sorted(nulls):
        # `IS NULL` would be answered from the declaration. Both names are the schema's own.
        cursor.execute(f"""SELECT EXISTS (SELECT 1 FROM "{table}" WHERE typeof("{column}") = 'null')""")  # noqa: S608
        if cursor.fetchone()[0]:
            return f"NULL value in {table}.{column}"
    return None


def _lines(cursor: Any) -> Iterator[str]:
    # One by one: the false lines may be as many as there are values.
    while (row := cursor.fetchone()) is not None:
        yield str(row[0])
