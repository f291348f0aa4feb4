"""What many tests begin with is made once in each process, and put back row by row for the next test.

An office is founded by the real services, each of its documents signed and checked: a fifth of a second, which was more
than most tests of it took themselves. Each test still begins in a database of its own that holds nothing else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from django.apps import apps
from django.conf import settings
from django.core.management.color import no_style
from django.db import connections, transaction

from fairline.seal.primitives import b64

ALIASES = ("default", "public")
P = ParamSpec("P")
R = TypeVar("R")
Rows = dict[tuple[str, str], Counter[tuple[Any, ...]]]
"""Rows by the database's alias and the table's name."""
Came = dict[tuple[str, str], tuple[list[str], list[tuple[Any, ...]]]]
"""The names of the columns and the rows, by the same."""


@dataclass(frozen=True)
class Kept:
    """What was made: its result, by table the names of the columns and the rows that came, and the secrets."""

    result: Any
    rows: Came
    secrets: dict[Path, bytes]


def made_once(make: Callable[P, R]) -> Callable[P, R]:
    """Wrap ``make``, which fills an empty database: for the same arguments its rows come back, its result is copied.

    Where something is there already, ``make`` is called as ever: what it makes beside another office is its own.
    """
    kept: dict[Any, Kept] = {}

    @wraps(make)
    def again(*args: P.args, **named: P.kwargs) -> R:
        if _filled():
            return make(*args, **named)
        key = (connections["default"].settings_dict["NAME"], args, tuple(sorted(named.items())))
        if key in kept:
            _put_back(kept[key])
        else:
            before = _read()
            result = make(*args, **named)
            kept[key] = Kept(deepcopy(result), _that_came(before, _read()), _secrets())
            return result
        copied: R = deepcopy(kept[key].result)
        return copied

    return again


def _filled() -> bool:
    """Whether an office or an act is there: whatever is made stands beside it."""
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT 1 FROM offices_office) OR EXISTS (SELECT 1 FROM ledger_row)")
        return bool(cursor.fetchone()[0])


def _read() -> Rows:
    found: Rows = {}
    for alias in ALIASES:
        with connections[alias].cursor() as cursor:
            for table in connections[alias].introspection.table_names(cursor):
                cursor.execute(f'SELECT * FROM "{table}"')
                rows = Counter(tuple(_plain(value) for value in row) for row in cursor.fetchall())
                if rows:
                    found[alias, table] = rows
    return found


def _secrets() -> dict[Path, bytes]:
    """Return the record keys of the offices that are there; a test may have a data folder of its own."""
    folder = settings.FAIRLINE.data / "secrets"
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT id FROM offices_office")
        offices = [b64(_plain(office)) for (office,) in cursor.fetchall()]
    found = [path for office in offices for path in (folder / "record" / office).iterdir()]
    return {path.relative_to(folder): path.read_bytes() for path in found}


def _plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value


def _that_came(before: Rows, after: Rows) -> Came:
    """Return the rows that are new. A row that was there and is not any more could not be put back."""
    came: Came = {}
    for at, rows in before.items():
        if rows - after.get(at, Counter()):
            raise AssertionError(f"Of {at[1]} something went, so that what was made cannot be put back.")
    for (alias, table), rows in after.items():
        new = list((rows - before.get((alias, table), Counter())).elements())
        if new:
            with connections[alias].cursor() as cursor:
                described = connections[alias].introspection.get_table_description(cursor, table)
            came[alias, table] = ([column.name for column in described], new)
    return came


def _put_back(kept: Kept) -> None:
    for alias in ALIASES:
        # Rows name each other: as one, or the first is refused because the second is not there yet.
        with transaction.atomic(alias), connections[alias].cursor() as cursor:
            for (where, table), (columns, values) in kept.rows.items():
                if where == alias:
                    names, marks = ", ".join(f'"{name}"' for name in columns), ", ".join(["%s"] * len(columns))
                    cursor.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', values)
        count_on(alias, {table for where, table in kept.rows if where == alias})
    for path, content in kept.secrets.items():
        whole = settings.FAIRLINE.data / "secrets" / path
        if not whole.exists():
            whole.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            whole.write_bytes(content)
            whole.chmod(0o600)


def count_on(alias: str, tables: set[str]) -> None:
    """Let the next row of each of these tables be numbered after those that were put back with their numbers.

    PostgreSQL counts beside its tables, and a test that is rolled back does not take its counting back: without this a
    new row gets the number of one that is there, depending on which tests the process ran before.
    """
    models = [model for model in apps.get_models() if model._meta.db_table in tables]
    with connections[alias].cursor() as cursor:
        for statement in connections[alias].ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)
