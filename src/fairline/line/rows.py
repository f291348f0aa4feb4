"""Rows written in one statement a table, without an object for each: see ``core.statements``."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final

from django.db.models import Model

from fairline.core.statements import run

AT_ONCE: Final = 16
"""As many rows go into one statement: a report has eight files, at most twelve."""


def insert(model: type[Model], fields: tuple[str, ...], rows: Sequence[Sequence[Any]]) -> None:
    """Insert ``rows`` into the table of ``model``; each holds the values of ``fields``, in their order.

    Inside a transaction of the caller. Fields left out take the database's NULL, so name all that have none.

    Raises:
        IntegrityError: a key is taken.
    """
    for at in range(0, len(rows), AT_ONCE):
        part = rows[at : at + AT_ONCE]
        run(model, _text(fields, len(part)), [value for row in part for value in row])


@lru_cache(maxsize=64)
def _text(fields: tuple[str, ...], rows: int) -> str:
    columns, holes = ", ".join(f"{{{name}}}" for name in fields), ", ".join(["%s"] * len(fields))
    # Names of our own fields; values go separately.
    return f"INSERT INTO {{}} ({columns}) VALUES {', '.join([f'({holes})'] * rows)}"  # noqa: S608
