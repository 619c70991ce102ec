from django.db import migrations, models

from pervichka.foundation.postgres import role_name

# Ticks are the database's own transaction numbers. A restored cluster starts counting anew, so an
# offset, set by whoever restores, keeps them rising.
FORWARD = f"""
create table journal_offset (single boolean primary key default true check (single), offset_by bigint not null default 0);
insert into journal_offset default values;
revoke all on journal_offset from {role_name("app")};
create function journal_tick() returns bigint language sql stable security definer set search_path = pg_catalog, public, pg_temp
  as $$ select pg_current_xact_id()::text::bigint + offset_by from journal_offset $$;
create function journal_horizon() returns bigint language sql stable security definer set search_path = pg_catalog, public, pg_temp
  as $$ select pg_snapshot_xmin(pg_current_snapshot())::text::bigint - 1 + offset_by from journal_offset $$;
"""
BACKWARD = """
drop function journal_horizon(); drop function journal_tick(); drop table journal_offset;
"""

GUARD = """
create function journal_refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'the journal is append-only' using errcode = 'insufficient_privilege';
end $$;
create trigger journal_entry_append_only before update or delete on journal_entry
  for each statement execute function journal_refuse_change();
create trigger journal_block_append_only before update or delete on journal_block
  for each statement execute function journal_refuse_change();
create function journal_tell() returns trigger language plpgsql as $$
begin
  notify journal;
  return null;
end $$;
create trigger journal_entry_tell after insert on journal_entry
  for each statement execute function journal_tell();
"""
UNGUARD = """
drop trigger journal_entry_tell on journal_entry;
drop function journal_tell();
drop trigger journal_block_append_only on journal_block;
drop trigger journal_entry_append_only on journal_entry;
drop function journal_refuse_change();
"""


class Migration(migrations.Migration):
    initial = True

    operations = [
        migrations.RunSQL(FORWARD, BACKWARD),
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("tick", models.BigIntegerField(db_default=models.Func(function="journal_tick"), editable=False)),
                ("at", models.DateTimeField()),
                ("actor", models.TextField()),
                ("action", models.TextField()),
                ("subject_type", models.TextField()),
                ("subject_id", models.TextField()),
                ("branch_id", models.UUIDField(null=True)),
                ("place", models.BigIntegerField(null=True)),
                ("fields", models.JSONField(default=list)),
            ],
            options={
                "db_table": "journal_entry",
                "indexes": [
                    models.Index(fields=["tick", "id"], name="journal_entry_tick"),
                    models.Index(fields=["subject_id", "-id"], name="journal_entry_subject"),
                    models.Index(fields=["actor", "-id"], name="journal_entry_actor"),
                    models.Index(fields=["branch_id", "-id"], name="journal_entry_branch"),
                ],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("action", ""), _negated=True), name="journal_entry_action_named"),
                    models.CheckConstraint(condition=models.Q(("actor", ""), _negated=True), name="journal_entry_actor_named"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Block",
            fields=[
                ("number", models.BigAutoField(primary_key=True, serialize=False)),
                ("after_tick", models.BigIntegerField(unique=True)),
                ("up_to_tick", models.BigIntegerField(unique=True)),
                ("entries", models.IntegerField()),
                ("sealed_at", models.DateTimeField()),
                ("previous_hash", models.TextField()),
                ("hash", models.TextField(unique=True)),
            ],
            options={"db_table": "journal_block"},
        ),
        migrations.CreateModel(
            name="Cursor",
            fields=[
                ("name", models.TextField(primary_key=True, serialize=False)),
                ("tick", models.BigIntegerField(default=0)),
            ],
            options={"db_table": "journal_cursor"},
        ),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
