"""Names opened from above a person's branch, with the reason; the person reads their own."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

import pervichka.foundation.ids
from pervichka.foundation.postgres.django.locking import locked
from pervichka.register.branches.placed import placed_foreign_key

# It follows the person to another branch and goes with them; what was said once stays said.
GUARD = """
create function opened_name_refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'a reason once given stays as it is' using errcode = 'insufficient_privilege';
end $$;
create trigger opened_name_stays before update of id, person_id, actor, reason, opened_at
  on opened_name for each row execute function opened_name_refuse_change();
"""
UNGUARD = """
drop trigger opened_name_stays on opened_name;
drop function opened_name_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("branches", "0002_scope"), ("people", "0006_search")]

    operations = [
        migrations.CreateModel(
            name="OpenedName",
            fields=[
                ("place", models.BigIntegerField(editable=False)),
                ("id", models.UUIDField(default=pervichka.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("actor", models.TextField()),
                ("reason", models.TextField()),
                ("opened_at", models.DateTimeField()),
                ("branch", models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="branches.branch")),
                ("person", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="openings", to="people.person")),
            ],
            options={
                "db_table": "opened_name",
                "indexes": [models.Index(fields=["person", "actor", "-opened_at"], name="opened_name_last")],
                "constraints": [models.CheckConstraint(condition=Q(("reason", ""), _negated=True), name="opened_name_reason_given")],
            },
        ),
        placed_foreign_key("opened_name"),
        locked("opened_name", "person_id = (select own_person())"),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
