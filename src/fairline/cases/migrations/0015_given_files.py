import fairline.core.fields
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0014_deletion_reader'),
    ]

    operations = [
        migrations.AddField(
            model_name='copy',
            name='blob',
            field=fairline.core.fields.BytesField(default=b'', max_length=16),
        ),
    ]
