"""Opening connections of our own, with errors that say what to do."""

import psycopg

from pervichka.foundation.postgres.connection import (
    VARIABLE,
    Connection,
    is_embedded,
    key_file,
)
from pervichka.foundation.postgres.errors import PostgresUnavailable
from pervichka.foundation.postgres.layout import log

# Databases through which one can reach a server whose wanted database does not exist yet.
_MAINTENANCE = "postgres"
_CONNECT_SECONDS = 10

Session = psycopg.Connection[tuple[object, ...]]


def opened(where: Connection) -> Session:
    """An autocommit connection. Raises PostgresUnavailable, which never holds the password."""
    try:
        return psycopg.connect(where.url, autocommit=True, connect_timeout=_CONNECT_SECONDS)
    except psycopg.OperationalError as error:
        database = f"{where.host}:{where.port}/{where.dbname}"
        raise PostgresUnavailable(
            f"{where.user} can't connect to {database}: {error}\n{_advice()}"
        ) from None


def _advice() -> str:
    if is_embedded():
        return f"The server's log is {log()}; the key it was made with is {key_file()}."
    return f"Please check {VARIABLE} and the server."


def maintenance(admin: Connection) -> Session:
    """A connection from which databases may be made and dropped."""
    try:
        return opened(admin.to(_MAINTENANCE))
    except PostgresUnavailable:
        # Some servers let a user into nothing but their own database.
        return opened(admin)


def value(session: Session, query: str, *parameters: object) -> object:
    """The first column of the first row, or None."""
    row = session.execute(query.encode(), parameters).fetchone()
    return row[0] if row else None
