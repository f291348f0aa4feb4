"""Django's SQLite with one addition: tables that keep no order of arrival (see ``without_rowid``)."""

from __future__ import annotations

from typing import Any

from django.db.backends.sqlite3.base import DatabaseWrapper as DjangoWrapper
from django.db.backends.sqlite3.schema import DatabaseSchemaEditor as DjangoEditor

from fairline.core.without_rowid import declared_tables


class DatabaseSchemaEditor(DjangoEditor):
    """Creates the tables of models that declare ``without_rowid = True`` as WITHOUT ROWID."""

    def table_sql(self, model: Any) -> tuple[str, Any]:
        """Return the statement that creates the table of ``model``, and its parameters."""
        sql, params = super().table_sql(model)
        # A change of columns rebuilds the table under a name with this prefix first.
        table = model._meta.db_table.removeprefix("new__")
        return (f"{sql} WITHOUT ROWID" if table in declared_tables() else sql), params


class DatabaseWrapper(DjangoWrapper):
    """The connection whose schema editor is ours."""

    SchemaEditorClass = DatabaseSchemaEditor
