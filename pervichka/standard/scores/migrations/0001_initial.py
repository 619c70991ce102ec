
import django.contrib.postgres.fields
import django.db.models.deletion
import pervichka.foundation.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('branches', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='PublishedStandard',
            fields=[
                ('id', models.UUIDField(default=pervichka.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('slug', models.TextField()),
                ('version', models.TextField()),
                ('valid_from', models.DateField()),
                ('text', models.TextField()),
                ('fingerprint', models.TextField()),
                ('published_at', models.DateTimeField()),
                ('sequence', models.BigIntegerField(unique=True)),
            ],
            options={
                'db_table': 'published_standard',
                'constraints': [models.UniqueConstraint(fields=('slug', 'version'), name='published_standard_version')],
            },
        ),
        migrations.CreateModel(
            name='ClosedPeriod',
            fields=[
                ('number', models.BigAutoField(primary_key=True, serialize=False)),
                ('month', models.DateField()),
                ('closed_at', models.DateTimeField()),
                ('closed_by', models.TextField()),
                ('rows', models.IntegerField()),
                ('numbers_hash', models.TextField()),
                ('previous_hash', models.TextField()),
                ('hash', models.TextField(unique=True)),
                ('standard', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='closings', to='scores.publishedstandard')),
            ],
            options={
                'db_table': 'closed_period',
                'constraints': [models.UniqueConstraint(fields=('standard', 'month'), name='closed_period_month')],
            },
        ),
        migrations.CreateModel(
            name='Score',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('month', models.DateField()),
                ('level', models.TextField()),
                ('numerators', django.contrib.postgres.fields.ArrayField(base_field=models.FloatField(null=True), size=None)),
                ('denominators', django.contrib.postgres.fields.ArrayField(base_field=models.FloatField(null=True), size=None)),
                ('values', django.contrib.postgres.fields.ArrayField(base_field=models.FloatField(null=True), size=None)),
                ('indicator_points', django.contrib.postgres.fields.ArrayField(base_field=models.FloatField(null=True), size=None)),
                ('criterion_points', django.contrib.postgres.fields.ArrayField(base_field=models.FloatField(null=True), size=None)),
                ('points', models.FloatField(null=True)),
                ('grade', models.TextField(null=True)),
                ('band', models.SmallIntegerField(null=True)),
                ('branch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='scores', to='branches.branch')),
                ('standard', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='scores', to='scores.publishedstandard')),
            ],
            options={
                'db_table': 'score',
                'indexes': [models.Index(fields=['standard', 'month', 'level', 'band', 'points'], name='score_peers'), models.Index(fields=['branch', 'month'], name='score_branch')],
                'constraints': [models.UniqueConstraint(fields=('standard', 'month', 'branch'), name='score_branch_month')],
            },
        ),
        migrations.CreateModel(
            name='ScoredPeriod',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('month', models.DateField()),
                ('computed_at', models.DateTimeField()),
                ('standard', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='periods', to='scores.publishedstandard')),
            ],
            options={
                'db_table': 'scored_period',
                'constraints': [models.UniqueConstraint(fields=('standard', 'month'), name='scored_period_month')],
            },
        ),
    ]
