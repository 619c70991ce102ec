import django.db.models.deletion
import pervichka.foundation.ids
from django.db import migrations, models

from pervichka.foundation.postgres.django.locking import locked
from pervichka.register.branches.placed import placed_foreign_key

# Whoever brings the link says themself whose it is: its hash can't be guessed. What follows is done
# in that person's own scope.
HOLDER = """
create function own_link_holder(hash text) returns uuid
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select person_id from own_link where token_hash = hash
$$;
revoke execute on function own_link_holder(text) from public;
grant execute on function own_link_holder(text) to pervichka_app;
"""

class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0005_sign_in_codes'),
        ('branches', '0002_scope'),
        ('people', '0011_my_data'),
    ]

    operations = [
        migrations.CreateModel(
            name='OwnLink',
            fields=[
                ('place', models.BigIntegerField(editable=False)),
                ('id', models.UUIDField(default=pervichka.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('way', models.TextField(choices=[('email', 'Email'), ('paper', 'Paper')])),
                ('token_hash', models.TextField(unique=True)),
                ('issued_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('used_at', models.DateTimeField(null=True)),
                ('branch', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='branches.branch')),
                ('contact', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.contactpoint')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.person')),
            ],
            options={
                'db_table': 'own_link',
                'constraints': [models.CheckConstraint(condition=models.Q(('way__in', ['email', 'paper'])), name='own_link_way'), models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('issued_at'))), name='own_link_expires')],
            },
        ),
        placed_foreign_key("own_link"),
        locked("own_link", "person_id = (select own_person())"),
        migrations.RunSQL(HOLDER, "drop function own_link_holder(text)"),
    ]
