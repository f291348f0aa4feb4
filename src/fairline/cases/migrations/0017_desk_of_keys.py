"""The desk beside each file of keys, so that no list and no board reads all of somebody's cases to know where they are.

Rows are read from the index alone: a row holds the keys themselves, some kB of them.
"""

from typing import Any

import fairline.core.fields
from django.db import migrations, models
from django.db.models import OuterRef, Subquery, Value
from django.db.models.functions import Coalesce


def fill(apps: Any, _schema_editor: Any) -> None:
    keys, thread = apps.get_model("cases", "CaseKeys"), apps.get_model("line", "Thread")
    # A thread is never taken away, and stays at its desk.
    desk = Subquery(thread.objects.filter(pk=OuterRef("thread")).values("desk"))
    keys.objects.update(desk=Coalesce(desk, Value(b"")))


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0016_taken_in'),
        ('line', '0012_mailboxes_that_end'),
    ]

    operations = [
        migrations.AddField(
            model_name='casekeys',
            name='desk',
            field=fairline.core.fields.BytesField(default=b'', max_length=16),
            preserve_default=False,
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RemoveIndex(
            model_name='casekeys',
            name='cases_assigned_to',
        ),
        migrations.AddIndex(
            model_name='casekeys',
            index=models.Index(fields=['office', 'member', 'desk', 'thread'], name='cases_assigned_at'),
        ),
    ]
