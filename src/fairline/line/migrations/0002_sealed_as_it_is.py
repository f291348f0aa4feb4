"""Sealed bytes look like noise: PostgreSQL is told not to try to compress them."""

from typing import Any

from django.db import migrations


def as_it_is(_apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE line_sealedfile ALTER COLUMN sealed SET STORAGE EXTERNAL")


class Migration(migrations.Migration):
    dependencies = [("line", "0001_initial")]
    operations = [migrations.RunPython(as_it_is, migrations.RunPython.noop)]
