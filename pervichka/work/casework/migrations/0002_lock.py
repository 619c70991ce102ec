from django.db import migrations

from pervichka.foundation.postgres.django.locking import locked

# Which appeal a number is of: its id alone, under which nobody can act without its code.
NUMBERED = """
create function appeal_numbered(wanted bigint) returns uuid
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select id from appeal where number = wanted and forgotten_at is null
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("branches", "0002_scope"), ("casework", "0001_initial")]

    operations = [
        migrations.RunSQL(NUMBERED, "drop function appeal_numbered(bigint)"),
        locked("appeal", "id = (select own_person())"),
        locked("appeal_round", "appeal_id = (select own_person())"),
        locked("appeal_step", "public and appeal_id = (select own_person())"),
    ]
