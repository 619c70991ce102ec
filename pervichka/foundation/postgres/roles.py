"""The four roles of the database and what each may do from the start.

    owner    owns every table; migrations run as it
    app      reads and writes what there is; owns nothing, row-level security binds it
    extract  reads only what it is granted by name
    backup   reads everything (row-level security lets it through by policies of its own)

None is a superuser, may bypass row-level security, or make roles or databases. The roles belong to
the whole cluster and are the same for each of its databases.
"""

import psycopg
from psycopg import sql

from pervichka.foundation.postgres.connection import (
    OUR_ROLES,
    Connection,
    Role,
    connect_info,
)
from pervichka.foundation.postgres.databases import create_database
from pervichka.foundation.postgres.errors import PostgresUnavailable
from pervichka.foundation.postgres.lease import ensure_running
from pervichka.foundation.postgres.sessions import Session, maintenance, opened, value

Statement = sql.SQL | sql.Composed
_OLDEST = 150000
_LOCK = 0x7065727669636B61
_AS_ADMIN = """
revoke all on database {database} from public;
grant connect on database {database} to {admin};
grant connect on database {database}
    to pervichka_owner, pervichka_app, pervichka_extract, pervichka_backup;
grant create, temporary on database {database} to pervichka_owner;
grant temporary on database {database} to pervichka_app;
revoke create on schema public from public;
grant usage, create on schema public to pervichka_owner;
grant usage on schema public to pervichka_app, pervichka_extract, pervichka_backup
"""
_AS_OWNER = """
alter default privileges grant select, insert, update, delete on tables to pervichka_app;
alter default privileges grant usage, select on sequences to pervichka_app;
alter default privileges grant usage on schemas to pervichka_app, pervichka_backup;
alter default privileges grant select on tables to pervichka_backup;
alter default privileges grant select on sequences to pervichka_backup
"""
_HAS_RIGHTS = """
select count(*) = 0 from (values
    ('pervichka_owner', 'connect, create, temporary', 'usage, create'),
    ('pervichka_app', 'connect, temporary', 'usage'),
    ('pervichka_extract', 'connect', 'usage'),
    ('pervichka_backup', 'connect', 'usage')
) as wanted (role, on_database, on_schema)
left join pg_roles on rolname = role
where rolname is null or not rolcanlogin
    or rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication
    or exists (select from regexp_split_to_table(on_database, ', ') as right_name
        where not has_database_privilege(pg_roles.oid, current_database(), right_name))
    or exists (select from regexp_split_to_table(on_schema, ', ') as right_name
        where not has_schema_privilege(pg_roles.oid, 'public', right_name))
    or has_database_privilege('public', current_database(), 'connect')
    or has_schema_privilege('public', 'public', 'create')
"""
_HAS_DEFAULTS = """
select array_agg(defaclobjtype::text) @> array['S', 'n', 'r']
from pg_default_acl where defaclrole = 'pervichka_owner'::regrole and defaclnamespace = 0
"""


def prepare_roles_and_database(dbname: str | None = None) -> None:
    """Make the roles, the database (this installation's or `dbname`) and the rights between them.

    Changes nothing where all is well; several processes may call it at once. Raises
    PostgresUnavailable if the server is too old or unreachable, folds no Cyrillic letters, or if
    we may not do it: the message then holds what an administrator must run, word for word.
    """
    ensure_running()
    admin = connect_info("admin", dbname)
    with maintenance(admin) as session:
        _check_version(session)
    create_database(admin.dbname)
    with opened(admin) as session:
        session.execute("select pg_advisory_lock(%s)", [_LOCK])
        _check_letters(session)
        _run(session, _role_statements(session, admin) + _right_statements(session, admin))
    with opened(connect_info("owner", dbname)) as session:
        session.execute("select pg_advisory_lock(%s)", [_LOCK])
        with session.transaction():
            session.execute(_AS_OWNER.encode())
        _check_rights(session)


def is_prepared(dbname: str | None = None) -> bool:
    """Whether all of that is so, and our key opens it; asked of the database itself."""
    try:
        with opened(connect_info("owner", dbname)) as session:
            return value(session, _HAS_RIGHTS) is True and value(session, _HAS_DEFAULTS) is True
    except PostgresUnavailable:
        return False


def _check_version(session: Session) -> None:
    if session.info.server_version < _OLDEST:
        found = value(session, "show server_version")
        raise PostgresUnavailable(f"PostgreSQL 15 or later is needed; the server has {found}.")


def _check_letters(session: Session) -> None:
    if value(session, "select lower('ПЁТР') = 'пётр' and upper('ё') = 'Ё'") is not True:
        raise PostgresUnavailable(
            f"The database “{session.info.dbname}” does not know Cyrillic letters: lower('ПЁТР') "
            "fails. Make it anew with ENCODING 'UTF8' and a UTF-8 locale, such as C.UTF-8."
        )


def _role_statements(session: Session, admin: Connection) -> list[Statement]:
    wanted: list[Statement] = []
    for role in OUR_ROLES:
        there = session.execute(
            "select rolcanlogin, rolsuper or rolbypassrls or rolcreaterole or rolcreatedb"
            " or rolreplication from pg_roles where rolname = %s",
            [connect_info(role).user],
        ).fetchone()
        wanted += _statements_for(session, role, there, admin)
    return wanted


def _statements_for(
    session: Session, role: Role, there: tuple[object, ...] | None, admin: Connection
) -> list[Statement]:
    us = connect_info(role, admin.dbname)
    name = sql.Identifier(us.user)
    # As a verifier: the password itself is never sent, shown or logged.
    password = session.pgconn.encrypt_password(
        us.password.encode(), us.user.encode(), b"scram-sha-256"
    ).decode()
    sign_in = sql.SQL("login password {}").format(sql.Literal(password))
    wanted: list[Statement] = []
    if there is None:
        wanted.append(sql.SQL("create role {} ").format(name) + sign_in)
    elif there[0] is not True or not _may_sign_in(us):
        wanted.append(sql.SQL("alter role {} ").format(name) + sign_in)
    if there is not None and there[1] is True:
        narrow = "nosuperuser nobypassrls nocreaterole nocreatedb noreplication"
        wanted.append(sql.SQL("alter role {} " + narrow).format(name))
    if there is None and role in {"extract", "backup"}:
        wanted.append(sql.SQL("alter role {} set default_transaction_read_only = on").format(name))
    return wanted


def _may_sign_in(us: Connection) -> bool:
    # Into whichever database lets it: the right to connect to ours may be what is still missing.
    for dbname in dict.fromkeys([us.dbname, "postgres"]):
        try:
            opened(us.to(dbname)).close()
        except PostgresUnavailable:
            continue
        return True
    return False


def _right_statements(session: Session, admin: Connection) -> list[Statement]:
    if value(session, _HAS_RIGHTS) is True:
        return []
    database = sql.Identifier(admin.dbname)
    return [
        sql.SQL(line.strip()).format(database=database, admin=sql.Identifier(admin.user))
        for line in _AS_ADMIN.split(";")
    ]


def _run(session: Session, statements: list[Statement]) -> None:
    try:
        with session.transaction():
            for statement in statements:
                session.execute(statement)
    except psycopg.errors.InsufficientPrivilege as error:
        script = "\n".join(statement.as_string(session) + ";" for statement in statements)
        raise PostgresUnavailable(
            f"The user of DATABASE_URL may not prepare the database ({error.diag.message_primary})."
            f" An administrator must run this once, connected to “{session.info.dbname}”:\n{script}"
        ) from None


def _check_rights(session: Session) -> None:
    # A GRANT by one who may not grant only warns.
    if value(session, "select has_schema_privilege('public', 'create')") is not True:
        raise PostgresUnavailable(
            "The owner role may not make tables. An administrator must run: GRANT USAGE, CREATE ON "
            f"SCHEMA public TO pervichka_owner; in the database “{session.info.dbname}”."
        )
