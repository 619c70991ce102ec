"""Whether row-level security is where it must be: asked before the program serves anyone.

A table leads to a person if it has a place in the tree, or if foreign keys lead from it, over
however many tables, to `person`. Each must be locked; no view may show one with its owner's
eyes; and the role that asks must be one whom the locks bind.
"""

from pervichka.foundation.postgres.sessions import Session
from pervichka.foundation.refusal import Reason

# What leads to a person on paper only, and why that is all it does.
EXEMPT = {
    "account": "an opaque name; the person behind it is a locked row",
    "session": "sealed; what it knows of its user is the opaque name",
    "sign_in_code": "sealed, for a day; of its user the opaque name alone",
    "account_device": "two words of a browser's and moments; of its user the opaque name alone",
    "account_emailaddress": "stays empty: a constraint refuses every row",
    "account_emailconfirmation": "stays empty: it hangs on an address, of which there is none",
    "mfa_authenticator": "sealed secrets; of its user the opaque name alone",
    "row_budget": "a count and a day; of its user the opaque name alone",
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
# PostgreSQL looks for a table among the session's temporary ones first, unless they are named last:
# whoever asks could lay a table of their own before a function that acts with its owner's rights.
_LED_ASTRAY = """
select proname from pg_proc
where prosecdef and pronamespace = 'public'::regnamespace
  and not coalesce('search_path=pg_catalog, public, pg_temp' = any (proconfig), false)
order by 1
"""
_UNBOUND = """
select from pg_roles where rolname = current_user and (rolsuper or rolbypassrls)
"""


def unlocked(session: Session) -> list[Reason]:
    """Every way round the locks that the role of `session` would have; none if all is well."""
    me = session.info.user
    found = []
    if session.execute(_UNBOUND).fetchone() is not None:
        found.append(Reason(message="the role {role} is bound by no lock", params={"role": me}))
    rows = session.execute(_LOCKED, [list(EXEMPT)]).fetchall()
    for _, table, holds, owner in rows:
        named = {"table": table, "role": owner}
        if holds is not True:
            found.append(Reason(message="the table {table} is not locked", params=named))
        if owner == me:
            found.append(Reason(message="the table {table} belongs to {role}", params=named))
    for view, stored in session.execute(_VIEWS, [[row[0] for row in rows]]).fetchall():
        named = {"view": view}
        found.append(
            Reason(message="{view} is a materialised view of a locked table", params=named)
            if stored
            else Reason(
                message="{view} is a view of a locked table without security_invoker", params=named
            )
        )
    for (function,) in session.execute(_LED_ASTRAY).fetchall():
        message = "the function {function} looks among temporary tables first"
        found.append(Reason(message=message, params={"function": function}))
    return found
