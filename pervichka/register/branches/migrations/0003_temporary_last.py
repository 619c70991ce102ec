"""Functions that act with their owner's rights look among temporary tables last.

Those of later migrations are made so; this is for a database in which they stood already.
"""

from django.db import migrations

FORWARD = """
do $$ declare found regprocedure; begin
  for found in select oid from pg_proc
    where prosecdef and pronamespace = 'public'::regnamespace
      and proowner = (select oid from pg_roles where rolname = current_user)
  loop
    execute format('alter function %s set search_path = pg_catalog, public, pg_temp', found);
  end loop;
end $$;
"""


class Migration(migrations.Migration):
    dependencies = [("branches", "0002_scope")]

    operations = [migrations.RunSQL(FORWARD, migrations.RunSQL.noop)]
