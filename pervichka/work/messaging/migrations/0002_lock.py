from django.db import migrations

from pervichka.foundation.postgres.django.locking import locked
from pervichka.register.branches.placed import placed_foreign_key

_OWN = "person_id = (select own_person())"
# Whoever got a letter sees of its campaign what it was for, wherever their own branch is.
OWN_CAMPAIGNS = """
create function own_campaigns() returns uuid[]
language sql stable parallel restricted security definer
set search_path = pg_catalog, public as $$
  select array(select campaign_id from delivery where person_id = own_person())
$$;
"""
# A letter's link says itself whose it is; the seal in it can't be guessed.
HOLDER = """
create function delivery_holder(letter uuid) returns uuid
language sql stable security definer set search_path = pg_catalog, public as $$
  select person_id from delivery where id = letter
$$;
"""
# Whoever is erased stays one participant, as in other kinds of work: all rows of theirs get one
# fresh code, drawn from a word that dies with the transaction.
ONE_PARTICIPANT = """
create function reader_forgotten() returns trigger language plpgsql as $$
declare
  word text := current_setting('pervichka.forgetting', true);
begin
  if word is null or word = '' then
    word := gen_random_uuid()::text || gen_random_uuid()::text;
    perform set_config('pervichka.forgetting', word, true);
  end if;
  new.participant := 'gone-' || left(encode(sha256((word || old.person_id)::bytea), 'hex'), 24);
  new.point_id := null;
  return new;
end $$;
create trigger delivery_forgotten before update of person_id on delivery
  for each row when (old.person_id is not null and new.person_id is null)
  execute function reader_forgotten();
"""
MANY_PARTICIPANTS = """
drop trigger delivery_forgotten on delivery;
drop function reader_forgotten();
"""


class Migration(migrations.Migration):
    dependencies = [("branches", "0002_scope"), ("messaging", "0001_initial")]

    operations = [
        placed_foreign_key("campaign"),
        placed_foreign_key("campaign_proposal"),
        placed_foreign_key("delivery"),
        placed_foreign_key("message_template"),
        migrations.RunSQL(OWN_CAMPAIGNS, "drop function own_campaigns()"),
        migrations.RunSQL(HOLDER, "drop function delivery_holder(uuid)"),
        migrations.RunSQL(ONE_PARTICIPANT, MANY_PARTICIPANTS),
        locked("campaign", "id = any ((select own_campaigns())::uuid[])"),
        locked("campaign_proposal"),
        locked("delivery", _OWN),
        locked("message_template", "shared"),
    ]
