"""Finding people by the beginning of any of their names, and listing a branch's people in order.

`LIKE` is not leakproof, so under the policies no index serves it. This goes by the indexes, with
the owner's eyes, and lets out only who is in the scope. The beginnings stand in the statement as
literals: so the planner knows which of them is rare, and how much of the tree the scope holds.
"""

from django.db import migrations, models

_PARTS = """
create index person_last_begins on person (name_key text_pattern_ops);
create index person_first_begins on person (split_part(name_key, '|', 2) text_pattern_ops);
create index person_patronymic_begins on person (split_part(name_key, '|', 3) text_pattern_ops);
"""
_NO_PARTS = """
drop index person_patronymic_begins; drop index person_first_begins; drop index person_last_begins;
"""

# One search for each part of the name that the first word may begin, each in its index's order, so
# that it stops at the rows wanted; the words after it may begin any part.
_NAMED = """
create function people_named(words text[], low bigint, high bigint, most int) returns uuid[]
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  part text[] := array[
    'name_key', 'split_part(name_key, ''|'', 2)', 'split_part(name_key, ''|'', 3)'
  ];
  others text := '';
  searches text[] := '{}';
  found uuid[];
begin
  low := greatest(low, bound(1));
  high := least(high, bound(2));
  -- Without a scope there is nothing to find.
  if low is null or high is null or bound(1) is null or cardinality(words) = 0 then
    return '{}';
  end if;
  for i in 2 .. cardinality(words) loop
    others := others || format(' and (%s or %s or %s)', begins_here(part[1], words[i]),
      begins_here(part[2], words[i]), begins_here(part[3], words[i]));
  end loop;
  for i in 1 .. 3 loop
    searches := searches || format(
      '(select id, %s as rank, %s as said, name_key from person'
      ' where %s%s and place between %s and %s order by %s using ~<~ limit %s)',
      i, part[i], begins_here(part[i], words[1]), others, low, high, part[i], most);
  end loop;
  execute format(
    'select array_agg(id order by rank, name_key, id) from ('
    ' select id, min(rank) as rank, min(name_key) as name_key from (%s) as each_part'
    ' group by id order by 2, 3, 1 limit %s) as found',
    array_to_string(searches, ' union all '), most) into found;
  return coalesce(found, '{}');
end $$;
"""
# The condition that a text begins so. Above every name that does stands U+10FFFF, in no name.
_BEGINS = """
create function begins_here(what text, beginning text) returns text
language sql immutable set search_path = pg_catalog as $$
  select format('(%s ~>=~ %L and %s ~<~ %L)', what, beginning, what, beginning || chr(1114111))
$$;
"""
_RIGHTS = """
revoke execute on function begins_here(text, text) from public;
revoke execute on function people_named(text[], bigint, bigint, int) from public;
grant execute on function people_named(text[], bigint, bigint, int) to pervichka_app;
"""
_GONE = """
drop function people_named(text[], bigint, bigint, int);
drop function begins_here(text, text);
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0005_keep_a_ledger")]

    operations = [
        # A branch's people in the order in which names are compared.
        migrations.RemoveIndex("person", "person_place_name"),
        migrations.AddIndex(
            "person", models.Index(fields=["place", "name_key", "id"], name="person_place_key")
        ),
        migrations.RunSQL(_PARTS, _NO_PARTS),
        migrations.RunSQL(_BEGINS + _NAMED + _RIGHTS, _GONE),
    ]
