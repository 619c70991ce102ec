"""What people may do about what is held of them: erasures, suppressions, reports of pressure."""

import django.db.models.deletion
import pervichka.foundation.ids
from django.db import migrations, models

from pervichka.foundation.postgres.django.grants import extractable
from pervichka.foundation.postgres.django.locking import locked
from pervichka.register.branches.placed import placed_foreign_key

# An act that was printed stays as it was printed, whoever asks.
GUARD = """
create function erasure_refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'acts of erasure are append-only' using errcode = 'insufficient_privilege';
end $$;
create trigger erasure_append_only before update or delete or truncate on erasure
  for each statement execute function erasure_refuse_change();
"""
UNGUARD = """
drop trigger erasure_append_only on erasure;
drop function erasure_refuse_change();
"""
# Nobody is found by a number that they, or somebody else, wrote down and nobody has confirmed.
HOLDERS = """
create or replace function contact_holders(blinds bytea[]) returns uuid[]
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select coalesce(array_agg(distinct person_id), '{{}}') from contact_point
  where blind_index = any(blinds){0}
$$;
"""

class Migration(migrations.Migration):

    dependencies = [
        ('branches', '0002_scope'),
        ('people', '0010_taken_codes'),
    ]

    operations = [
        migrations.CreateModel(
            name='Suppression',
            fields=[
                ('id', models.UUIDField(default=pervichka.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('blind_index', models.BinaryField(unique=True)),
                ('key_version', models.SmallIntegerField()),
                ('suppressed_on', models.DateField()),
            ],
            options={
                'db_table': 'suppression',
            },
        ),
        migrations.AddField(
            model_name='contactpoint',
            name='unconfirmed',
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name='person',
            name='uncounted_since',
            field=models.DateField(null=True),
        ),
        migrations.CreateModel(
            name='Erasure',
            fields=[
                ('number', models.BigIntegerField(primary_key=True, serialize=False)),
                ('person_id', models.UUIDField(unique=True)),
                ('erased_at', models.DateTimeField()),
                ('counts', models.JSONField(default=dict)),
                ('hash', models.TextField()),
                ('replayed_at', models.DateTimeField(null=True)),
            ],
            options={
                'db_table': 'erasure',
                'constraints': [models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='erasure_number')],
            },
        ),
        migrations.CreateModel(
            name='PressureReport',
            fields=[
                ('place', models.BigIntegerField(editable=False)),
                ('id', models.UUIDField(default=pervichka.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('pressed_to', models.TextField(choices=[('join', 'Join'), ('agree', 'Agree'), ('come', 'Come'), ('other', 'Other')])),
                ('reported_at', models.DateTimeField()),
                ('handled_at', models.DateTimeField(null=True)),
                ('about', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='branches.branch')),
                ('branch', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='branches.branch')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person')),
            ],
            options={
                'db_table': 'pressure_report',
                'indexes': [models.Index(condition=models.Q(('handled_at', None)), fields=['reported_at'], name='pressure_report_open')],
                'constraints': [models.CheckConstraint(condition=models.Q(('pressed_to__in', ['join', 'agree', 'come', 'other'])), name='pressure_report_pressed_to')],
            },
        ),
        placed_foreign_key("pressure_report"),
        locked("pressure_report"),
        extractable("person (uncounted_since)"),
        migrations.RunSQL(GUARD, UNGUARD),
        migrations.RunSQL(HOLDERS.format(" and not unconfirmed"), HOLDERS.format("")),
    ]
