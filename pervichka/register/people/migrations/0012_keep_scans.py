import django.db.models.deletion
import pervichka.foundation.ids
from django.db import migrations, models

from pervichka.foundation.postgres.django.locking import locked
from pervichka.register.branches.placed import placed_foreign_key


class Migration(migrations.Migration):

    dependencies = [
        ('branches', '0002_scope'),
        ('people', '0011_my_data'),
    ]

    operations = [
        migrations.CreateModel(
            name='SheetScan',
            fields=[
                ('place', models.BigIntegerField(editable=False)),
                ('id', models.UUIDField(default=pervichka.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('taken_by', models.TextField()),
                ('taken_at', models.DateTimeField()),
                ('sealed', models.BinaryField()),
                ('branch', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='branches.branch')),
                ('sheet', models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='scan', to='people.consentsheet')),
            ],
            options={
                'db_table': 'sheet_scan',
            },
        ),
        placed_foreign_key("sheet_scan"),
        locked("sheet_scan"),
    ]
