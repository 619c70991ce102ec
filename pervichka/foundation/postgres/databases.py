"""Making and dropping whole databases, as the administrator."""

import psycopg
from psycopg import sql

from pervichka.foundation.postgres.connection import connect_info
from pervichka.foundation.postgres.errors import PostgresUnavailable
from pervichka.foundation.postgres.sessions import Session, maintenance, value

# From this version on PostgreSQL has a UTF-8 locale of its own, the same on every machine.
_BUILTIN_LOCALE_SINCE = 170000


def database_exists(session: Session, name: str) -> bool:
    return value(session, "select true from pg_database where datname = %s", name) is True


def create_database(name: str, *, template: str | None = None) -> None:
    """Make the database, empty or as a copy of `template` (to which nobody may be connected).

    One that exists is left as it is. Raises PostgresUnavailable if we may not make databases.
    """
    with maintenance(connect_info("admin")) as session:
        if database_exists(session, name):
            return
        try:
            _create(session, name, template)
        except (psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation):
            return
        except psycopg.errors.InsufficientPrivilege:
            raise PostgresUnavailable(
                f"The user of DATABASE_URL may not make the database “{name}”. An administrator "
                f"can: CREATE DATABASE \"{name}\" ENCODING 'UTF8' TEMPLATE template0;"
            ) from None


def demand_to_make_databases() -> None:
    """Raise PostgresUnavailable, with what an administrator can do, if we may not make them."""
    admin = connect_info("admin")
    with maintenance(admin) as session:
        query = "select rolsuper or rolcreatedb from pg_roles where rolname = current_user"
        if value(session, query) is not True:
            statement = sql.SQL("ALTER ROLE {} CREATEDB;").format(sql.Identifier(admin.user))
            raise PostgresUnavailable(
                "A backup goes into a new database, and the user of DATABASE_URL may not make one. "
                f"An administrator can allow it: {statement.as_string()}"
            )


def drop_database(name: str) -> None:
    """Drop the database if it exists, cutting off whoever is connected."""
    with maintenance(connect_info("admin")) as session:
        session.execute(
            sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name))
        )


def _create(session: Session, name: str, template: str | None) -> None:
    target = sql.Identifier(name)
    if template is not None:
        session.execute(
            sql.SQL("create database {} template {}").format(target, sql.Identifier(template))
        )
        return
    empty = sql.SQL("create database {} template template0 encoding 'UTF8' ").format(target)
    if session.info.server_version >= _BUILTIN_LOCALE_SINCE:
        locale = "locale 'C' locale_provider builtin builtin_locale 'C.UTF-8'"
        session.execute(empty + sql.SQL(locale))
        return
    try:
        session.execute(empty + sql.SQL("locale 'C.UTF-8' locale_provider libc"))
    except psycopg.errors.DatabaseError as error:
        if isinstance(error, psycopg.errors.InsufficientPrivilege):
            raise
        # The machine does not know C.UTF-8; the server's own default is checked later.
        session.execute(empty)
