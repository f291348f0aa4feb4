"""Rows written in one statement a table, without the cost of an object for each.

A report is nine rows and more. Django's own way of inserting them took two thirds of the whole request's time
(bench/intake.py); here the statement is made once, from the model, and the values go straight to the driver.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import Model


def insert(model: type[Model], fields: tuple[str, ...], rows: Sequence[Sequence[Any]]) -> None:
    """Insert ``rows`` into the table of ``model``; each holds the values of ``fields``, in their order.

    Inside a transaction of the caller. Fields left out take the database's NULL, so name all that have none.

    Raises:
        IntegrityError: a key is taken.
    """
    with connection.cursor() as cursor:
        cursor.executemany(_statement(model, fields), rows)


@lru_cache(maxsize=16)
def _statement(model: type[Model], fields: tuple[str, ...]) -> str:
    quote = connection.ops.quote_name
    named = {field.name: str(field.column) for field in model._meta.concrete_fields}
    columns = ", ".join(quote(named[name]) for name in fields)
    holes = ", ".join(["%s"] * len(fields))
    # Names come from our own models, values go separately.
    return f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({holes})"  # noqa: S608
