from django.db import migrations

# A code is one person's alone, wherever in the tree. Whoever enters people asks which are taken;
# that somebody has one is all they learn, and all that the unique index would tell them.
_TAKEN = """
create function taken_codes(codes text[]) returns text[]
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select array(
    select code from person where code = any(codes)
    union
    select code from person_alias where code = any(codes)
  )
$$;
revoke execute on function taken_codes(text[]) from public;
grant execute on function taken_codes(text[]) to pervichka_app;
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0009_keep_sheets")]

    operations = [migrations.RunSQL(_TAKEN, "drop function taken_codes(text[])")]
