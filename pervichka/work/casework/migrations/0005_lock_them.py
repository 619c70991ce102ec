"""Locks of letters, files, templates and open hours; an appeal takes its letters and files along."""

import importlib

from django.db import migrations

from pervichka.foundation.postgres.django.locking import locked

HAND_OVER = importlib.import_module("pervichka.work.casework.migrations.0003_hand_over").HAND_OVER
WITH_ALL = HAND_OVER.replace("create function", "create or replace function").replace(
    "end\n$$;",
    """
  update appeal_letter set branch_id = new.id, place = new.place where appeal_id = moved;
  update appeal_attachment set branch_id = new.id, place = new.place where appeal_id = moved;
end
$$;""",
)
# Answers to begin with are read by the branches below those that wrote them; to write needs scope.
TEMPLATES_FROM_ABOVE = """
create policy app_from_above on answer_template for select to pervichka_app using (
  place <= (select bound(1)) and (
    select branch.place_end from branch where branch.id = branch_id) >= (select bound(2)));
"""
# Announced hours are a notice on the door; who booked is not.
HOURS_ARE_PUBLIC = """
create policy app_announced on surgery for select to pervichka_app using (true);
"""
TAKEN = """
create function surgery_taken(hours uuid) returns timestamptz[]
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select array(select begins_at from surgery_booking
    where surgery_id = hours and cancelled_at is null)
$$;
create function booking_numbered(wanted bigint) returns uuid
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select id from surgery_booking where number = wanted and sealed_visitor is not null
$$;
"""
NOT_TAKEN = "drop function booking_numbered(bigint); drop function surgery_taken(uuid);"


class Migration(migrations.Migration):
    dependencies = [("casework", "0004_letters_files_hours")]

    operations = [
        migrations.RunSQL(
            WITH_ALL, HAND_OVER.replace("create function", "create or replace function")
        ),
        locked("appeal_letter"),
        locked("appeal_attachment", "public and appeal_id = (select own_person())"),
        locked("answer_template"),
        migrations.RunSQL(TEMPLATES_FROM_ABOVE, "drop policy app_from_above on answer_template"),
        locked("surgery"),
        migrations.RunSQL(HOURS_ARE_PUBLIC, "drop policy app_announced on surgery"),
        locked("surgery_booking", "id = (select own_person())"),
        migrations.RunSQL(TAKEN, NOT_TAKEN),
    ]
