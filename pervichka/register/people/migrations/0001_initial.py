
import django.db.models.deletion
import pervichka.foundation.ids
from django.db import migrations, models


from pervichka.register.branches.placed import placed_foreign_key


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('branches', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Person',
            fields=[
                ('place', models.BigIntegerField(editable=False)),
                ('id', models.UUIDField(default=pervichka.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('code', models.TextField(unique=True)),
                ('last_name', models.TextField(blank=True, default='')),
                ('first_name', models.TextField(blank=True, default='')),
                ('patronymic', models.TextField(blank=True, default='')),
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
        migrations.AddIndex(
            model_name='person',
            index=models.Index(fields=['place', 'last_name', 'first_name'], name='person_place_name'),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.CheckConstraint(condition=models.Q(('first_name', ''), ('last_name', ''), ('patronymic', ''), _negated=True), name='person_named'),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.CheckConstraint(condition=models.Q(('code', ''), _negated=True), name='person_code_given'),
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
            placed_foreign_key("person"),
        placed_foreign_key("contact_point"),
        placed_foreign_key("affiliation"),
        placed_foreign_key("confirmation"),
        placed_foreign_key("consent"),
    ]
