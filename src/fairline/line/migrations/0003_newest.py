"""The day of a thread's newest post, so that a list of a hundred thousand asks only for what is new."""

from typing import Any

from django.db import migrations, models
from django.db.models import F, Max, OuterRef, Subquery

HELP = "Clear: the day of the newest post either way, so that a list asks only for news."


def fill(apps: Any, _schema_editor: Any) -> None:
    thread, post = apps.get_model("line", "Thread"), apps.get_model("line", "Post")
    newest = post.objects.filter(thread=OuterRef("pk")).values("thread").annotate(last=Max("day")).values("last")
    thread.objects.update(newest=Subquery(newest))
    thread.objects.filter(newest=None).update(newest=F("day"))


class Migration(migrations.Migration):
    dependencies = [("line", "0002_sealed_as_it_is")]
    operations = [
        migrations.AddField("thread", "newest", models.DateField(null=True, help_text=HELP)),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AlterField("thread", "newest", models.DateField(help_text=HELP)),
        migrations.RemoveIndex("thread", "line_thread_desk"),
        migrations.AddIndex(
            "thread", models.Index(fields=["office", "desk", "newest", "id"], name="line_thread_newest")
        ),
    ]
