"""The database, ready for use: running and prepared. Cheap once it is."""

from pervichka.foundation.postgres.connection import Connection, connect_info
from pervichka.foundation.postgres.lease import ensure_running
from pervichka.foundation.postgres.roles import is_prepared, prepare_roles_and_database

_known: set[Connection] = set()


def ready() -> None:
    """See that the server runs until this process ends, with our roles and our database in it.

    Costs one short connection the first time and nothing later. Raises PostgresUnavailable.
    """
    ensure_running()
    where = connect_info("owner")
    if where in _known:
        return
    if not is_prepared():
        prepare_roles_and_database()
    _known.add(where)
