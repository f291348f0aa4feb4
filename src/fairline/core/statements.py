"""Statements for the few reads and writes that every report makes, without an object for each row.

Django's own way of building them took two thirds of a report's whole time, and its cursors half of what was left
(bench/intake.py). Names of tables and columns still come from the models, so that a migration cannot leave a statement
behind; the transaction, the connection and the errors are Django's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from itertools import count
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Model


def first(model: type[Model], text: str, values: Sequence[Any]) -> tuple[Any, ...] | None:
    """Run a statement on the default database and return its first row, or None; see ``statement`` for ``text``."""
    connection = connections[DEFAULT_DB_ALIAS]
    with connection.wrap_database_errors:
        rows = _run(connection, statement(model, text, connection.vendor), values).fetchall()
    return tuple(rows[0]) if rows else None


def run(model: type[Model], text: str, values: Sequence[Any]) -> None:
    """Run a statement on the default database; see ``statement`` for ``text``.

    Raises:
        IntegrityError: a key is taken.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    with connection.wrap_database_errors:
        _run(connection, statement(model, text, connection.vendor), values)


@contextmanager
def together() -> Iterator[None]:
    """Send the statements of the block in one go, where the database is another process; errors come at the end.

    Inside a transaction. A ``first`` in it waits for its row and for all that was sent before.

    Raises:
        IntegrityError: a key is taken.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    if connection.vendor != "postgresql":
        yield
        return
    with connection.wrap_database_errors, connection.connection.pipeline():
        yield


@lru_cache(maxsize=64)
def statement(model: type[Model], text: str, vendor: str) -> str:
    """Return ``text`` as the driver of ``vendor`` takes it.

    ``{}`` becomes the table of ``model``, ``{field}`` the column of that field, both quoted, and each ``%s`` a place
    for a value, written in the driver's own way: it need not look for them anew with every report.
    """
    quote = connections[DEFAULT_DB_ALIAS].ops.quote_name
    columns = {field.name: quote(str(field.column)) for field in model._meta.concrete_fields}
    written = text.format(quote(model._meta.db_table), **columns)
    if vendor == "sqlite":
        return written.replace("%s", "?")
    parts, numbers = written.split("%s"), count(1)
    return parts[0] + "".join(f"${next(numbers)}{part}" for part in parts[1:])


def _run(connection: Any, text: str, values: Sequence[Any]) -> Any:
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        return connection.connection.execute(text, values)
    # Values travel as they are, not as text, and the statement is read and planned once for each connection.
    # PostgreSQL's driver is an eighth of what a process loads at its start: one that stands on SQLite goes without.
    from psycopg import RawCursor  # noqa: PLC0415

    return RawCursor(connection.connection).execute(text, values, prepare=True)
