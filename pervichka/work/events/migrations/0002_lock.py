from django.db import migrations

from pervichka.foundation.postgres.django.locking import locked

_OWN = "person_id = (select own_person())"
# Whoever was asked or came sees that event, wherever their own branch is.
OWN_EVENTS = """
create function own_events() returns uuid[]
language sql stable parallel restricted security definer
set search_path = pg_catalog, public, pg_temp as $$
  select array(
    select event_id from invitation where person_id = own_person()
    union
    select event_id from attendance where person_id = own_person()
  )
$$;
"""
# A personal link says itself whose it is; its hash can't be guessed.
HOLDER = """
create function invitation_holder(hash text) returns uuid
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select person_id from invitation where token_hash = hash
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("branches", "0002_scope"), ("events", "0001_initial")]

    operations = [
        migrations.RunSQL(OWN_EVENTS, "drop function own_events()"),
        migrations.RunSQL(HOLDER, "drop function invitation_holder(text)"),
        locked("event", "id = any ((select own_events())::uuid[])"),
        locked("invitation", _OWN),
        locked("attendance", _OWN),
        locked("agenda_item"),
        locked("resolution"),
        locked("minutes"),
        locked("correction"),
    ]
