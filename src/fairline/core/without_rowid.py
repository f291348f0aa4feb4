"""Tables whose rows lie in the order of their random keys.

An ordinary SQLite table numbers its rows as they come, so a stolen disk would tell which report came after which.
A model with a random primary key (``fields.KeyField``) declares::

    class Report(models.Model):
        without_rowid = True

and its table is created WITHOUT ROWID. On PostgreSQL the declaration does nothing: each row's place in its file
(``ctid``) and the transaction that wrote it (``xmin``) tell the order to who holds the disk; ``docs/threat-model.md``
says so.
"""

from __future__ import annotations

from django.apps import apps
from django.db import connections
from django.db.models import Model


def declared() -> list[type[Model]]:
    """Return the models that declare that their table keeps no order of arrival."""
    return [model for model in apps.get_models() if getattr(model, "without_rowid", False)]


def declared_tables() -> frozenset[str]:
    """Return the names of their tables."""
    return frozenset(model._meta.db_table for model in declared())


def numbered(alias: str) -> list[str]:
    """Return the declared tables that number their rows nonetheless, in the SQLite database ``alias``."""
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT name FROM pragma_table_list WHERE type = 'table' AND wr = 0")
        present = {name for (name,) in cursor.fetchall()}
    return sorted(declared_tables() & present)
