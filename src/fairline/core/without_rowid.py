"""Tables whose rows lie in the order of their random keys.

An ordinary SQLite table numbers its rows as they come, so a stolen disk would tell which report came after which.
A model with a random primary key (``fields.KeyField``) declares::

    class Report(models.Model):
        without_rowid = True

and its table is created WITHOUT ROWID. A model with long rows takes ``fields.NumberKeyField`` instead: its rows have
numbers, but random ones, because SQLite's own number of a row is this key. On PostgreSQL neither does anything: each
row's place in its file (``ctid``) and the transaction that wrote it (``xmin``) tell the order to who holds the disk;
``docs/threat-model.md`` says so.
"""

from __future__ import annotations

from django.apps import apps
from django.db import connections
from django.db.models import Model

from fairline.core.fields import NumberKeyField


def declared() -> list[type[Model]]:
    """Return the models that declare that their table keeps no order of arrival."""
    return [model for model in apps.get_models() if getattr(model, "without_rowid", False)]


def declared_tables() -> frozenset[str]:
    """Return the names of their tables."""
    return frozenset(model._meta.db_table for model in declared())


def scattered_tables() -> frozenset[str]:
    """Return the names of the tables whose rows lie in the order of a random number."""
    return frozenset(model._meta.db_table for model in apps.get_models() if isinstance(model._meta.pk, NumberKeyField))


def numbered(alias: str) -> list[str]:
    """Return those of both kinds that number their rows as they come nonetheless, in the SQLite database ``alias``."""
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT name FROM pragma_table_list WHERE type = 'table' AND wr = 0")
        present = {name for (name,) in cursor.fetchall()}
        # Any other type than exactly this one, and SQLite would number the rows beside the key.
        cursor.execute(
            "SELECT tables.name FROM pragma_table_list AS tables, pragma_table_info(tables.name) AS columns"
            " WHERE tables.type = 'table' AND tables.wr = 0 AND columns.pk = 1 AND upper(columns.type) = 'INTEGER'"
        )
        keyed = {name for (name,) in cursor.fetchall()}
    return sorted((declared_tables() & present) | (scattered_tables() & present) - keyed)
