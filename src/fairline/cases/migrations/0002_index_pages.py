"""Index pages and deltas, sealed by browsers for browsers."""

from typing import Any

import django.db.models.deletion
import fairline.core.fields
from django.db import migrations, models


def as_it_is(_apps: Any, schema_editor: Any) -> None:
    """Sealed bytes look like noise: PostgreSQL is told not to try to compress them."""
    if schema_editor.connection.vendor == "postgresql":
        for table in ("cases_indexpage", "cases_indexdelta"):
            schema_editor.execute(f"ALTER TABLE {table} ALTER COLUMN sealed SET STORAGE EXTERNAL")


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Index",
            fields=[
                ("id", fairline.core.fields.KeyField(default=None, max_length=16, primary_key=True, serialize=False)),
                ("office", fairline.core.fields.BytesField(max_length=16)),
                ("kind", models.CharField(choices=[("member", "member"), ("desk", "desk")], max_length=6)),
                ("change", models.PositiveBigIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="IndexDelta",
            fields=[
                ("id", fairline.core.fields.KeyField(default=None, max_length=16, primary_key=True, serialize=False)),
                ("change", models.PositiveBigIntegerField()),
                ("key", models.PositiveIntegerField()),
                ("threads", fairline.core.fields.BytesField()),
                ("sealed", fairline.core.fields.BytesField()),
                (
                    "index",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="deltas", to="cases.index"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="IndexPage",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "index_id", "page", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("page", models.PositiveIntegerField()),
                ("version", models.PositiveBigIntegerField()),
                ("key", models.PositiveIntegerField()),
                ("threads", fairline.core.fields.BytesField()),
                ("sealed", fairline.core.fields.BytesField()),
                (
                    "index",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pages",
                        to="cases.index",
                    ),
                ),
            ],
        ),
        migrations.RunPython(as_it_is, migrations.RunPython.noop),
    ]
