
import django.db.models.deletion
from django.db import migrations, models


from pervichka.foundation.postgres.django.grants import extractable
from pervichka.register.branches.placed import placed_foreign_key


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('branches', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='RegisteredKind',
            fields=[
                ('kind', models.TextField(primary_key=True, serialize=False)),
                ('purpose', models.TextField()),
                ('with_person', models.BooleanField(default=False)),
                ('registered_at', models.DateTimeField()),
            ],
            options={
                'db_table': 'registered_kind',
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__startswith', 'x.')), name='registered_kind_name'), models.CheckConstraint(condition=models.Q(('purpose', ''), _negated=True), name='registered_kind_purpose')],
            },
        ),
        migrations.CreateModel(
            name='Fact',
            fields=[
                ('place', models.BigIntegerField(editable=False)),
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('kind', models.TextField()),
                ('person', models.TextField(null=True)),
                ('occurred_on', models.DateField()),
                ('value', models.BigIntegerField(default=1000)),
                ('evidence', models.SmallIntegerField(default=0)),
                ('source', models.TextField()),
                ('source_id', models.TextField()),
                ('subject', models.UUIDField(null=True)),
                ('branch', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='branches.branch')),
            ],
            options={
                'db_table': 'fact',
                'indexes': [models.Index(fields=['occurred_on'], name='fact_occurred_on'), models.Index(fields=['kind', 'occurred_on', 'place'], name='fact_where_happened'), models.Index(condition=models.Q(('person__isnull', False)), fields=['person'], name='fact_person'), models.Index(condition=models.Q(('subject__isnull', False)), fields=['subject'], name='fact_subject')],
                'constraints': [models.UniqueConstraint(fields=('source', 'source_id'), name='fact_source'), models.CheckConstraint(condition=models.Q(('evidence__in', [0, 1, 2])), name='fact_evidence')],
            },
        ),
            placed_foreign_key("fact"),
            extractable(
            "fact",
        ),
    ]
