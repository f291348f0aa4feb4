from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('line', '0011_answers'),
    ]

    operations = [
        migrations.AddField(
            model_name='thread',
            name='until',
            field=models.DateField(help_text="Clear: the last day on which its words open it; a helper's mailbox alone has one.", null=True),
        ),
    ]
