"""Sealed files under random numbers, those of one post side by side; see ``NumberKeyField`` for why.

A primary key of several columns cannot be altered, so the rows move into a new table, which then takes the old name.
All of it is one transaction, and not a row may be missing at its end. The disk needs room for the files twice more
while it runs: the new table, and the log of the transaction.
"""

import secrets
from typing import Any

import django.db.models.deletion
from django.db import migrations, models

import fairline.core.fields

COLUMNS = "thread_id, chain, n, place, kind, hash, size, sealed, resealed"


def move(_apps: Any, schema_editor: Any) -> None:
    connection = schema_editor.connection
    if connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE line_movedfile ALTER COLUMN sealed SET STORAGE EXTERNAL")
    moved = 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT thread_id, chain, n FROM line_sealedfile")
        posts = cursor.fetchall()
        for thread, chain, n in posts:
            cursor.execute(
                f"INSERT INTO line_movedfile (id, {COLUMNS}) SELECT %s + place, {COLUMNS} FROM line_sealedfile"
                " WHERE thread_id = %s AND chain = %s AND n = %s",
                [secrets.randbits(55) << 8, thread, chain, n],
            )
            moved += cursor.rowcount
        cursor.execute("SELECT COUNT(*) FROM line_sealedfile")
        (there,) = cursor.fetchone()
    if moved != there:
        raise RuntimeError(f"{moved} of {there} sealed files were moved; nothing was changed")


class Migration(migrations.Migration):
    dependencies = [("line", "0005_read")]
    operations = [
        migrations.CreateModel(
            name="MovedFile",
            fields=[
                ("id", fairline.core.fields.NumberKeyField(editable=False, primary_key=True, serialize=False)),
                ("thread", models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="files", to="line.thread")),
                ("chain", models.CharField(max_length=1)),
                ("n", models.PositiveIntegerField()),
                ("place", models.PositiveSmallIntegerField()),
                ("kind", models.CharField(help_text="Clear: office, own, identity or share.", max_length=8)),
                ("hash", fairline.core.fields.BytesField(help_text="Clear: H of the bytes as they came; stays when they are destroyed.", max_length=32)),
                ("size", models.PositiveIntegerField(help_text="Clear: the padded size in bytes.")),
                ("resealed", models.BooleanField(default=False, help_text="Clear: an own copy renewed when the receipt was replaced.")),
                # Last, so that nothing behind it is reached through its pages.
                ("sealed", fairline.core.fields.BytesField(help_text="Sealed: an age file; empty once it is destroyed.")),
            ],
            # Here and not afterwards: SQLite would write the whole table once more.
            options={"constraints": [models.UniqueConstraint(fields=("thread", "chain", "n", "place"), name="line_sealedfile_once")]},
        ),
        migrations.RunPython(move),
        migrations.DeleteModel("SealedFile"),
        migrations.RenameModel("MovedFile", "SealedFile"),
    ]
