"""An appeal goes up or down its line with all that belongs to it.

Whoever sends it up may not write where it goes: the database does, from a place that the sender
sees to one of the same line.
"""

from django.db import migrations

HAND_OVER = """
create function appeal_hand_over(moved uuid, target uuid) returns void
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  old branch;
  new branch;
begin
  select branch.* into old from appeal join branch on branch.id = appeal.branch_id
  where appeal.id = moved and appeal.place >= bound(1) and appeal.place <= bound(2);
  select * into new from branch where id = target and closed_on is null;
  if old.id is null or new.id is null
    or not (old.place between new.place and new.place_end
      or new.place between old.place and old.place_end) then
    raise exception 'this appeal can''t be handed over there'
      using errcode = 'insufficient_privilege';
  end if;
  update appeal set branch_id = new.id, place = new.place where id = moved;
  update appeal_round set branch_id = new.id, place = new.place where appeal_id = moved;
  update appeal_step set branch_id = new.id, place = new.place where appeal_id = moved;
end
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0002_lock")]

    operations = [
        migrations.RunSQL(HAND_OVER, "drop function appeal_hand_over(uuid, uuid)"),
    ]
