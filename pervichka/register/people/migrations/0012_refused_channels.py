
import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0011_my_data'),
    ]

    operations = [
        migrations.AddField(
            model_name='consent',
            name='refused_channels',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), db_default=[], default=list, size=None),
        ),
        migrations.AddField(
            model_name='contactpoint',
            name='bounced_at',
            field=models.DateTimeField(null=True),
        ),
    ]
