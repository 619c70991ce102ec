"""Whether row-level security is where it must be: asked before the program serves anyone.

A table leads to a person if it has a place in the tree, or if foreign keys lead from it, over
however many tables, to `person`. Each must be locked; no view may show one with its owner's
eyes; and the role that asks must be one whom the locks bind.
"""

from pervichka.foundation.postgres.sessions import Session

# What leads to a person on paper only, and why that is all it does.
EXEMPT = {
    "account": "an opaque name; the person behind it is a locked row",
    "post": "what a branch has to fill; who fills it is a locked row",
}
_LOCKED = """
with recursive leads (oid) as (
  select 'person'::regclass::oid
  union
  select conrelid from pg_constraint join leads on confrelid = leads.oid where contype = 'f'
), placed (oid) as (
  select attrelid from pg_attribute join pg_class on pg_class.oid = attrelid
  where attname in ('place', 'branch_id') and relkind in ('r', 'p')
    and relnamespace = 'public'::regnamespace and not attisdropped
  group by attrelid having count(*) = 2
)
select pg_class.oid, relname, relrowsecurity and relforcerowsecurity
  and exists (select from pg_policy where polrelid = pg_class.oid), pg_get_userbyid(relowner)
from pg_class
where oid in (select oid from leads union select oid from placed) and relname <> all (%s)
order by relname
"""
_VIEWS = """
select distinct shown.relname, shown.relkind = 'm'
from pg_depend
join pg_rewrite on pg_rewrite.oid = pg_depend.objid
join pg_class shown on shown.oid = pg_rewrite.ev_class
where pg_depend.refobjid = any (%s) and shown.relkind in ('v', 'm')
  and (shown.relkind = 'm'
    or not coalesce('security_invoker=true' = any (shown.reloptions), false))
order by 1
"""
_WHO = """
select current_user, rolsuper or rolbypassrls from pg_roles where rolname = current_user
"""


def unlocked(session: Session) -> list[str]:
    """Every way round the locks that the role of `session` would have; none if all is well."""
    found = list(_role(session))
    rows = session.execute(_LOCKED, [list(EXEMPT)]).fetchall()
    found += [f"the table {name} is not locked" for _, name, holds, _ in rows if holds is not True]
    mine = {name for _, name, _, owner in rows if owner == session.info.user}
    found += [f"the table {name} belongs to {session.info.user}" for name in sorted(map(str, mine))]
    for name, stored in session.execute(_VIEWS, [[row[0] for row in rows]]).fetchall():
        kind = "materialised view" if stored else "view without security_invoker"
        found.append(f"{name} is a {kind} of a locked table")
    return found


def _role(session: Session) -> list[str]:
    row = session.execute(_WHO).fetchone()
    if row is None or row[1] is True:
        return [f"the role {session.info.user} is bound by no lock"]
    return []
