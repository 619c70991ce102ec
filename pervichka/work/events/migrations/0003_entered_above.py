from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('events', '0002_lock'),
    ]

    operations = [
        migrations.AddField(
            model_name='attendance',
            name='from_above',
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name='event',
            name='head_count_from_above',
            field=models.BooleanField(db_default=False, default=False),
        ),
    ]
