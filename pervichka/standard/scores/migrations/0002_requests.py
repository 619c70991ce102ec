import django.db.models.deletion
from django.db import migrations, models

from pervichka.register.branches.placed import placed_foreign_key


class Migration(migrations.Migration):

    dependencies = [
        ('branches', '0001_initial'),
        ('scores', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='UnitRequest',
            fields=[
                ('place', models.BigIntegerField(editable=False)),
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('kind', models.TextField(choices=[('help', 'Help'), ('mistake', 'Mistake')])),
                ('indicator', models.TextField(blank=True, default='')),
                ('month', models.DateField(null=True)),
                ('words', models.TextField()),
                ('asked_by', models.TextField()),
                ('asked_at', models.DateTimeField()),
                ('answer', models.TextField(blank=True, default='')),
                ('answered_by', models.TextField(blank=True, default='')),
                ('answered_at', models.DateTimeField(null=True)),
                ('addressee', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='branches.branch')),
                ('branch', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='branches.branch')),
            ],
            options={
                'db_table': 'unit_request',
                'indexes': [models.Index(condition=models.Q(('answered_at', None)), fields=['addressee', '-id'], name='unit_request_waiting')],
                'constraints': [models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='unit_request_words_given'), models.CheckConstraint(condition=models.Q(('answered_at', None), models.Q(('answer', ''), _negated=True), _connector='OR'), name='unit_request_answer_given')],
            },
        ),
        placed_foreign_key("unit_request"),
    ]
