"""Entries are read where their branch stands now; where it stood then stays sealed in them."""

from django.db import migrations, models
from django.db.models import Q

# `place_now` alone ever changes, and no seal is over it. An entry written while its branch moves
# waits for the move, or the move for it: hence the share of the branch's key.
FOLLOW = """
drop trigger journal_entry_append_only on journal_entry;
create trigger journal_entry_append_only
  before update of id, tick, at, actor, action, subject_type, subject_id, branch_id, place, fields, look
  or delete on journal_entry
  for each statement execute function journal_refuse_change();
update journal_entry set place_now = coalesce(
  (select branch.place from branch where branch.id = journal_entry.branch_id), place);
create function journal_place() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  new.place_now := new.place;
  if new.branch_id is not null then
    -- A branch that isn't there leaves the entry where its author says.
    new.place_now := coalesce(
      (select branch.place from branch where branch.id = new.branch_id for key share), new.place);
  end if;
  return new;
end $$;
revoke all on function journal_place() from public;
create trigger journal_entry_placed before insert on journal_entry
  for each row execute function journal_place();
create function journal_follow() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  update journal_entry set place_now = moved.place
  from moved join stood using (id)
  where moved.place <> stood.place
    and journal_entry.place_now = stood.place and journal_entry.branch_id = moved.id;
  return null;
end $$;
revoke all on function journal_follow() from public;
create trigger branch_takes_journal after update on branch
  referencing old table as stood new table as moved
  for each statement execute function journal_follow();
alter policy app_reads on journal_entry using (
  (place_now >= (select bound(1)) and place_now <= (select bound(2)))
  or (place_now is null and (select bound(1)) <= 0 and (select bound(2)) >= 4611686018427387904)
  or subject_id = (select own_person()::text)
);
"""
STAY = """
alter policy app_reads on journal_entry using (
  (place >= (select bound(1)) and place <= (select bound(2)))
  or (place is null and (select bound(1)) <= 0 and (select bound(2)) >= 4611686018427387904)
  or subject_id = (select own_person()::text)
);
drop trigger branch_takes_journal on branch;
drop function journal_follow();
drop trigger journal_entry_placed on journal_entry;
drop function journal_place();
drop trigger journal_entry_append_only on journal_entry;
create trigger journal_entry_append_only before update or delete on journal_entry
  for each statement execute function journal_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("branches", "0002_scope"), ("journal", "0003_name_the_row")]

    operations = [
        migrations.AddField("Entry", "place_now", models.BigIntegerField(editable=False, null=True)),
        migrations.RunSQL(FOLLOW, STAY),
        migrations.RemoveIndex("Entry", "journal_entry_place"),
        migrations.RemoveIndex("Entry", "journal_entry_look_place"),
        migrations.AddIndex("Entry", models.Index(fields=["place_now", "-id"], name="journal_entry_place")),
        migrations.AddIndex("Entry", models.Index(condition=Q(look=True), fields=["place_now", "-id"], name="journal_entry_look_place")),
    ]
