
import django.db.models.constraints
import django.db.models.deletion
import pervichka.foundation.ids
import pervichka.register.branches.models
from django.db import migrations, models

from pervichka.foundation.postgres.django.grants import extractable


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.RunSQL("create sequence branch_number as bigint", "drop sequence branch_number"),
        migrations.CreateModel(
            name='Branch',
            fields=[
                ('id', models.UUIDField(default=pervichka.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('number', models.BigIntegerField(db_default=pervichka.register.branches.models.NextNumber(), editable=False, unique=True)),
                ('code', models.TextField(unique=True)),
                ('level', models.TextField(choices=[('federal', 'Federal'), ('regional', 'Regional'), ('local', 'Local'), ('primary', 'Primary')])),
                ('place', models.BigIntegerField()),
                ('place_end', models.BigIntegerField()),
                ('name', models.TextField()),
                ('name_ru', models.TextField(blank=True, default='')),
                ('voters', models.BigIntegerField(null=True)),
                ('opened_on', models.DateField(null=True)),
                ('closed_on', models.DateField(null=True)),
                ('grown', models.BooleanField(default=False)),
                ('merged_into', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged_from', to='branches.branch')),
                ('parent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='branches.branch')),
            ],
            options={
                'db_table': 'branch',
            },
        ),
        migrations.CreateModel(
            name='Precinct',
            fields=[
                ('id', models.UUIDField(default=pervichka.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('region', models.TextField()),
                ('territory', models.TextField()),
                ('number', models.IntegerField()),
                ('voters', models.IntegerField(null=True)),
                ('valid_from', models.DateField(null=True)),
                ('valid_to', models.DateField(null=True)),
            ],
            options={
                'db_table': 'precinct',
                'indexes': [models.Index(fields=['region', 'territory', 'number'], name='precinct_key')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('valid_to', None)), fields=('region', 'number'), name='precinct_one_in_force'), models.CheckConstraint(condition=models.Q(('number__gt', 0)), name='precinct_number'), models.CheckConstraint(condition=models.Q(('voters', None), ('voters__gte', 0), _connector='OR'), name='precinct_voters'), models.CheckConstraint(condition=models.Q(('valid_from', None), ('valid_to', None), ('valid_from__lte', models.F('valid_to')), _connector='OR'), name='precinct_dates')],
            },
        ),
        migrations.CreateModel(
            name='PrecinctLink',
            fields=[
                ('id', models.UUIDField(default=pervichka.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('valid_from', models.DateField(null=True)),
                ('valid_to', models.DateField(null=True)),
                ('branch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='precinct_links', to='branches.branch')),
                ('precinct', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='links', to='branches.precinct')),
            ],
            options={
                'db_table': 'precinct_link',
            },
        ),
        migrations.AddIndex(
            model_name='branch',
            index=models.Index(fields=['level', 'place'], name='branch_level_place'),
        ),
        migrations.AddConstraint(
            model_name='branch',
            constraint=models.UniqueConstraint(fields=('id', 'place'), name='branch_id_place'),
        ),
        migrations.AddConstraint(
            model_name='branch',
            constraint=models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['DEFERRED'], fields=('place',), name='branch_place'),
        ),
        migrations.AddConstraint(
            model_name='branch',
            constraint=models.UniqueConstraint(condition=models.Q(('parent', None)), fields=('parent',), name='branch_one_root', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='branch',
            constraint=models.CheckConstraint(condition=models.Q(('place__lte', models.F('place_end'))), name='branch_interval'),
        ),
        migrations.AddConstraint(
            model_name='branch',
            constraint=models.CheckConstraint(condition=models.Q(('level__in', ['federal', 'regional', 'local', 'primary'])), name='branch_level'),
        ),
        migrations.AddConstraint(
            model_name='branch',
            constraint=models.CheckConstraint(condition=models.Q(('code', ''), _negated=True), name='branch_code_given'),
        ),
        migrations.AddConstraint(
            model_name='branch',
            constraint=models.CheckConstraint(condition=models.Q(('voters', None), ('voters__gte', 0), _connector='OR'), name='branch_voters'),
        ),
        migrations.AddConstraint(
            model_name='branch',
            constraint=models.CheckConstraint(condition=models.Q(('opened_on', None), ('closed_on', None), ('opened_on__lte', models.F('closed_on')), _connector='OR'), name='branch_dates'),
        ),
        migrations.AddConstraint(
            model_name='branch',
            constraint=models.CheckConstraint(condition=models.Q(('merged_into', None), ('closed_on__isnull', False), _connector='OR'), name='branch_merged_is_closed'),
        ),
        migrations.AddConstraint(
            model_name='precinctlink',
            constraint=models.UniqueConstraint(condition=models.Q(('valid_to', None)), fields=('precinct', 'branch'), name='precinct_link_one_in_force'),
        ),
        migrations.AddConstraint(
            model_name='precinctlink',
            constraint=models.CheckConstraint(condition=models.Q(('valid_from', None), ('valid_to', None), ('valid_from__lte', models.F('valid_to')), _connector='OR'), name='precinct_link_dates'),
        ),
            extractable(
            "branch",
            "precinct",
            "precinct_link",
        ),
    ]
