from __future__ import annotations

from django.db import migrations, models

import fairline.core.fields


class Migration(migrations.Migration):
    dependencies = [("protection", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="ProtectionCount",
            fields=[
                ("id", fairline.core.fields.KeyField(max_length=16, primary_key=True, serialize=False)),
                ("office", fairline.core.fields.BytesField(max_length=16)),
                ("law", models.CharField(max_length=60)),
                ("month", models.DateField()),
                ("measure", models.CharField(max_length=24)),
                ("category", models.CharField(max_length=16)),
                ("count", models.PositiveIntegerField(default=0)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("office", "law", "month", "measure", "category"), name="protection_counted_once"
                    )
                ],
            },
        ),
    ]
