import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import pervichka.foundation.ids
from pervichka.foundation.postgres.django.locking import locked
from pervichka.register.branches.placed import placed_foreign_key


# Whoever brings a slip says themself whose it is: its hash can't be guessed, and its number, which
# is no secret, opens nothing. What follows is done in that user's own scope.
OWNERS = """
create function slip_owner_by_token(hash text) returns uuid
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select user_id from sign_in_slip where token_hash = hash
$$;
create function slip_owner_by_number(printed text) returns uuid
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select user_id from sign_in_slip
  where number = printed and used_at is null and withdrawn_at is null
$$;
revoke execute on function slip_owner_by_token(text), slip_owner_by_number(text) from public;
grant execute on function slip_owner_by_token(text), slip_owner_by_number(text) to pervichka_app;
"""
NO_OWNERS = """
drop function slip_owner_by_token(text);
drop function slip_owner_by_number(text);
"""


class Migration(migrations.Migration):

    dependencies = [
        ('account', '0009_emailaddress_unique_primary_email'),
        ('mfa', '0003_authenticator_type_uniq'),
        ('accounts', '0002_seal_sessions'),
        ('branches', '0002_scope'),
    ]

    operations = [
        migrations.CreateModel(
            name='Tally',
            fields=[
                ('key', models.TextField(primary_key=True, serialize=False)),
                ('since', models.DateTimeField()),
                ('tries', models.IntegerField()),
            ],
            options={
                'db_table': 'sign_in_tally',
                'indexes': [models.Index(fields=['since'], name='sign_in_tally_since')],
            },
        ),
        migrations.CreateModel(
            name='Device',
            fields=[
                ('id', models.UUIDField(default=pervichka.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('name', models.TextField()),
                ('way', models.TextField()),
                ('in_post', models.BooleanField(default=False)),
                ('began_at', models.DateTimeField()),
                ('last_seen_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='devices', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'account_device',
                'indexes': [models.Index(condition=models.Q(('ended_at', None)), fields=['user'], name='account_device_live')],
                'constraints': [models.CheckConstraint(condition=models.Q(('last_seen_at__gte', models.F('began_at'))), name='account_device_seen')],
            },
        ),
        migrations.CreateModel(
            name='SignInSlip',
            fields=[
                ('place', models.BigIntegerField(editable=False)),
                ('id', models.UUIDField(default=pervichka.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('number', models.TextField()),
                ('digits_hash', models.TextField()),
                ('token_hash', models.TextField(unique=True)),
                ('language', models.TextField()),
                ('issued_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('wrong_tries', models.SmallIntegerField(default=0)),
                ('used_at', models.DateTimeField(null=True)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('branch', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='branches.branch')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='slips', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'sign_in_slip',
                'constraints': [models.UniqueConstraint(condition=models.Q(('used_at', None), ('withdrawn_at', None)), fields=('user',), name='sign_in_slip_one_live'), models.UniqueConstraint(condition=models.Q(('used_at', None), ('withdrawn_at', None)), fields=('number',), name='sign_in_slip_number'), models.CheckConstraint(condition=models.Q(('used_at', None), ('withdrawn_at', None), _connector='OR'), name='sign_in_slip_one_end'), models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('issued_at'))), name='sign_in_slip_expires')],
            },
        ),
        placed_foreign_key("sign_in_slip"),
        locked("sign_in_slip", "user_id = (select own_user())"),
        migrations.RunSQL(OWNERS, NO_OWNERS),
        # The library's table of addresses in clear stays empty: the database refuses any.
        migrations.RunSQL(
            "alter table account_emailaddress add constraint no_address_in_clear check (false)",
            "alter table account_emailaddress drop constraint no_address_in_clear",
        ),
    ]
