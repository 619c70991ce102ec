"""Files of exports under older keys are sealed anew under the current one.

Nobody sees a file but whoever asked for it; so what is resealed comes and goes through functions
of the database, which hand out sealed bytes alone.
"""

from datetime import datetime

from django.db import connection, transaction

from pervichka.foundation import vault
from pervichka.foundation.journal import journal
from pervichka.register.access.actor import Actor
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import demand
from pervichka.register.disclosure.sealing import opened, stored

# Files are large: few are held in memory at once.
_AT_ONCE = 5


def reseal_exports(*, by: Actor, at: datetime) -> int:
    """How many were sealed anew. Cut short, it goes on where it was when it is run again.

    Raises Unopenable and KeyMissing: a file that no key opens is asked for anew, or waits out its
    few days.
    """
    demand(by, Permission.KEEP_KEYS)
    done = 0
    while rows := _batch():
        done += rows
    if done:
        with transaction.atomic():
            version = vault.ring().current
            journal.append(
                by=by, at=at, action="keys.rotated", subject=("people_export_file", version)
            )
    return done


def exports_by_version() -> dict[int, int]:
    """How many files lie under which version of the keys."""
    with connection.cursor() as cursor:
        cursor.execute("select * from export_files_by_version()")
        return dict(cursor.fetchall())


@transaction.atomic
def _batch() -> int:
    keys = vault.ring()
    with connection.cursor() as cursor:
        cursor.execute("select * from stale_export_files(%s, %s)", [keys.current, _AT_ONCE])
        rows = cursor.fetchall()
        for id_, sealed in rows:
            again = stored(id_, opened(id_, sealed, keys), keys)
            cursor.execute("select reseal_export_file(%s, %s)", [id_, again])
    return len(rows)
