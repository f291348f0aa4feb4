"""Statements for the few reads and writes that every report makes, without an object for each row.

Django's own way of building them took two thirds of a report's whole time (bench/intake.py). Names of tables and
columns still come from the models, so that a migration cannot leave a statement behind.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import Model


def first(model: type[Model], text: str, values: Sequence[Any]) -> tuple[Any, ...] | None:
    """Run a statement on the default database and return its first row, or None; see ``statement`` for ``text``."""
    with connection.cursor() as cursor:
        cursor.execute(statement(model, text), values)
        row = cursor.fetchone()
    return None if row is None else tuple(row)


@lru_cache(maxsize=64)
def statement(model: type[Model], text: str) -> str:
    """Return ``text`` with ``{}`` as the table of ``model`` and ``{field}`` as the column of that field, quoted."""
    quote = connection.ops.quote_name
    columns = {field.name: quote(str(field.column)) for field in model._meta.concrete_fields}
    return text.format(quote(model._meta.db_table), **columns)
