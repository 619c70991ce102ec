from django.db import migrations

from pervichka.foundation.postgres import role_name

# HMAC-SHA-256 (RFC 2104) over core functions alone: no extension is needed. The scope that a
# transaction entered lies in a setting of that transaction, under a code of its own that binds it
# to this very transaction of this very backend.
FORWARD = f"""
create table scope_key (
  single boolean primary key default true check (single),
  inner_pad bytea not null,
  outer_pad bytea not null
);
revoke all on scope_key from {role_name("app")};

create function scope_code(said text) returns text
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select encode(sha256(outer_pad || sha256(inner_pad || convert_to(said, 'UTF8'))), 'hex')
  from scope_key
$$;
revoke all on function scope_code(text) from public;

create function scope_enter(token text) returns void
language plpgsql volatile parallel unsafe security definer
set search_path = pg_catalog, public, pg_temp as $$
declare
  part text[] := string_to_array(token, '|');
  said text := array_to_string(part[1:6], '|');
  held text;
begin
  if cardinality(part) is distinct from 7 or scope_code(said) is distinct from part[7] then
    raise exception 'the token of this scope is not ours' using errcode = 'insufficient_privilege';
  end if;
  if part[5]::int <> pg_backend_pid()
    or abs(extract(epoch from clock_timestamp()) - part[6]::numeric) > 60 then
    raise exception 'the token of this scope was made for another session or another time'
      using errcode = 'insufficient_privilege',
        hint = 'Do the clocks of the application and of the database agree within a minute?';
  end if;
  held := concat_ws('|', array_to_string(part[1:5], '|'), extract(epoch from now())::text);
  perform set_config('pervichka.scope', held || '|' || scope_code('held|' || held), true);
end $$;

create function scope_part(number int) returns text
language plpgsql stable parallel restricted security definer
set search_path = pg_catalog, public, pg_temp as $$
declare
  held text := current_setting('pervichka.scope', true);
  part text[];
begin
  if coalesce(held, '') = '' then
    if session_user = '{role_name("extract")}' then
      raise exception 'no scope was entered' using errcode = 'insufficient_privilege';
    end if;
    return null;
  end if;
  part := string_to_array(held, '|');
  if cardinality(part) is distinct from 7
    or scope_code('held|' || array_to_string(part[1:6], '|')) is distinct from part[7]
    or part[5] <> pg_backend_pid()::text
    or part[6] <> extract(epoch from now())::text then
    raise exception 'this scope was not entered in this transaction'
      using errcode = 'insufficient_privilege';
  end if;
  return nullif(part[number], '');
end $$;
revoke all on function scope_part(int) from public;

create function bound(number int) returns bigint
language sql stable parallel restricted security definer
set search_path = pg_catalog, public, pg_temp as $$ select scope_part(number)::bigint $$;

create function own_user() returns uuid
language sql stable parallel restricted security definer
set search_path = pg_catalog, public, pg_temp as $$ select scope_part(3)::uuid $$;

create function own_person() returns uuid
language sql stable parallel restricted security definer
set search_path = pg_catalog, public, pg_temp as $$ select scope_part(4)::uuid $$;
"""
BACKWARD = """
drop function own_person(); drop function own_user(); drop function bound(int);
drop function scope_part(int); drop function scope_enter(text); drop function scope_code(text);
drop table scope_key;
"""


class Migration(migrations.Migration):
    dependencies = [("branches", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
