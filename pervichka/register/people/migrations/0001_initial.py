import django.db.models.deletion
import pervichka.foundation.ids
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
            name='PeopleImport',
            fields=[
                ('id', models.UUIDField(default=pervichka.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('digest', models.TextField()),
                ('actor', models.TextField()),
                ('started_at', models.DateTimeField()),
                ('finished_at', models.DateTimeField(null=True)),
                ('up_to_line', models.BigIntegerField(default=1)),
                ('counts', models.JSONField(default=dict)),
            ],
            options={
                'db_table': 'people_import',
                'constraints': [models.UniqueConstraint(condition=models.Q(('finished_at', None)), fields=('digest', 'actor'), name='people_import_one_unfinished')],
            },
        ),
        migrations.CreateModel(
            name='Person',
            fields=[
                ('place', models.BigIntegerField(editable=False)),
                ('id', models.UUIDField(default=pervichka.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('code', models.TextField(unique=True)),
                ('last_name', models.TextField(blank=True, default='')),
                ('first_name', models.TextField(blank=True, default='')),
                ('patronymic', models.TextField(blank=True, default='')),
                ('name_key', models.TextField(editable=False)),
                ('born_on', models.DateField(null=True)),
                ('address', models.TextField(blank=True, default='')),
                ('known_since', models.DateField(null=True)),
                ('branch', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='branches.branch')),
            ],
            options={
                'db_table': 'person',
            },
        ),
        migrations.CreateModel(
            name='DuplicateSuspicion',
            fields=[
                ('place', models.BigIntegerField(editable=False)),
                ('id', models.UUIDField(default=pervichka.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('reason', models.TextField()),
                ('branch', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='branches.branch')),
                ('other', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='suspected_by', to='people.person')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='suspicions', to='people.person')),
            ],
            options={
                'db_table': 'duplicate_suspicion',
            },
        ),
        migrations.CreateModel(
            name='ContactPoint',
            fields=[
                ('place', models.BigIntegerField(editable=False)),
                ('id', models.UUIDField(default=pervichka.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('kind', models.TextField(choices=[('phone', 'Phone'), ('email', 'Email')])),
                ('value', models.TextField()),
                ('branch', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='branches.branch')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='contact_points', to='people.person')),
            ],
            options={
                'db_table': 'contact_point',
            },
        ),
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('place', models.BigIntegerField(editable=False)),
                ('id', models.UUIDField(default=pervichka.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('text_code', models.TextField()),
                ('given_on', models.DateField(null=True)),
                ('withdrawn_on', models.DateField(null=True)),
                ('asserted', models.BooleanField(default=True)),
                ('branch', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='branches.branch')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='consents', to='people.person')),
            ],
            options={
                'db_table': 'consent',
            },
        ),
        migrations.CreateModel(
            name='Confirmation',
            fields=[
                ('place', models.BigIntegerField(editable=False)),
                ('id', models.UUIDField(default=pervichka.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('confirmed_on', models.DateField()),
                ('branch', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='branches.branch')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='confirmations', to='people.person')),
            ],
            options={
                'db_table': 'confirmation',
            },
        ),
        migrations.CreateModel(
            name='Affiliation',
            fields=[
                ('place', models.BigIntegerField(editable=False)),
                ('id', models.UUIDField(default=pervichka.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('kind', models.TextField(choices=[('contact', 'Contact'), ('supporter', 'Supporter'), ('candidate', 'Candidate'), ('member', 'Member')])),
                ('valid_from', models.DateField(null=True)),
                ('valid_to', models.DateField(null=True)),
                ('branch', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='branches.branch')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='affiliations', to='people.person')),
            ],
            options={
                'db_table': 'affiliation',
            },
        ),
        migrations.CreateModel(
            name='PersonAlias',
            fields=[
                ('place', models.BigIntegerField(editable=False)),
                ('code', models.TextField(primary_key=True, serialize=False)),
                ('branch', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='branches.branch')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='aliases', to='people.person')),
            ],
            options={
                'db_table': 'person_alias',
            },
        ),
        migrations.AddIndex(
            model_name='person',
            index=models.Index(fields=['place', 'last_name', 'first_name'], name='person_place_name'),
        ),
        migrations.AddIndex(
            model_name='person',
            index=models.Index(fields=['born_on', 'name_key'], name='person_born_name'),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.CheckConstraint(condition=models.Q(('first_name', ''), ('last_name', ''), ('patronymic', ''), _negated=True), name='person_named'),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.CheckConstraint(condition=models.Q(('code', ''), _negated=True), name='person_code_given'),
        ),
        migrations.AddConstraint(
            model_name='duplicatesuspicion',
            constraint=models.UniqueConstraint(fields=('person', 'other'), name='duplicate_suspicion_once'),
        ),
        migrations.AddConstraint(
            model_name='duplicatesuspicion',
            constraint=models.CheckConstraint(condition=models.Q(('person', models.F('other')), _negated=True), name='duplicate_of_another'),
        ),
        migrations.AddIndex(
            model_name='contactpoint',
            index=models.Index(fields=['kind', 'value'], name='contact_point_value'),
        ),
        migrations.AddConstraint(
            model_name='contactpoint',
            constraint=models.UniqueConstraint(fields=('person', 'kind', 'value'), name='contact_point_once_a_person'),
        ),
        migrations.AddConstraint(
            model_name='contactpoint',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['phone', 'email'])), name='contact_point_kind'),
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.UniqueConstraint(condition=models.Q(('withdrawn_on', None)), fields=('person', 'text_code'), name='consent_one_in_force'),
        ),
        migrations.AddConstraint(
            model_name='confirmation',
            constraint=models.UniqueConstraint(fields=('person', 'confirmed_on'), name='confirmation_once_a_day'),
        ),
        migrations.AddConstraint(
            model_name='affiliation',
            constraint=models.UniqueConstraint(condition=models.Q(('valid_to', None)), fields=('person',), name='affiliation_one_in_force'),
        ),
        migrations.AddConstraint(
            model_name='affiliation',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['contact', 'supporter', 'candidate', 'member'])), name='affiliation_kind'),
        ),
        migrations.AddConstraint(
            model_name='affiliation',
            constraint=models.CheckConstraint(condition=models.Q(('valid_from', None), ('valid_to', None), ('valid_from__lte', models.F('valid_to')), _connector='OR'), name='affiliation_dates'),
        ),
        migrations.AddConstraint(
            model_name='personalias',
            constraint=models.CheckConstraint(condition=models.Q(('code', ''), _negated=True), name='person_alias_code_given'),
        ),
        placed_foreign_key("person"),
        placed_foreign_key("contact_point"),
        placed_foreign_key("affiliation"),
        placed_foreign_key("confirmation"),
        placed_foreign_key("consent"),
        placed_foreign_key("person_alias"),
        placed_foreign_key("duplicate_suspicion"),
            extractable(
            "person (id, code, branch_id, place, known_since)",
            "person_alias (code, person_id)",
            "affiliation (person_id, kind, valid_from, valid_to)",
            "confirmation (person_id, confirmed_on)",
            "consent (person_id, given_on, withdrawn_on)",
        ),
    ]
