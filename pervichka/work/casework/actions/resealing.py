"""What this room keeps sealed is sealed anew under the current key, in batches.

As for contact points: what is done already is told by the rows themselves, so a run cut short goes
on where it was.
"""

from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from pervichka.foundation import vault
from pervichka.foundation.journal import journal
from pervichka.register.access.actor import Actor
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import demand
from pervichka.work.casework.sealed import CELLS

_AT_ONCE = 500
_FIRST = UUID(int=0)


def reseal_casework(*, by: Actor, at: datetime) -> tuple[int, list[UUID]]:
    """How many values were sealed anew, and the rows of those that no key opens, left alone.

    Raises KeyMissing where the key of an older version is gone.
    """
    demand(by, Permission.KEEP_KEYS)
    done, unopenable = 0, []
    for cell in CELLS:
        last = _FIRST
        while True:
            with transaction.atomic():
                rows = _stale(cell, last)
                if not rows:
                    break
                last = rows[-1][0]
                resealed, failed = _reseal(cell, rows)
                done += resealed
                unopenable += failed
    if done:
        with transaction.atomic():
            subject = ("appeal", vault.ring().current)
            journal.append(by=by, at=at, action="keys.rotated", subject=subject)
    return done, unopenable


def casework_by_version() -> dict[int, int]:
    """How many values of this room lie under which version of the keys."""
    found: dict[int, int] = {}
    with connection.cursor() as cursor:
        for cell in CELLS:
            cursor.execute(
                f"select get_byte({cell.column}, 0), count(*) from {cell.table}"  # noqa: S608 - fixed names of our own tables
                f" where {cell.column} is not null group by 1"
            )
            for version, number in cursor.fetchall():
                found[version] = found.get(version, 0) + number
    return found


def _stale(cell: vault.Cell, last: UUID) -> list[tuple[UUID, bytes]]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"select id, {cell.column} from {cell.table} where id > %s"  # noqa: S608 - as above
            f" and get_byte({cell.column}, 0) <> %s order by id limit {_AT_ONCE} for update",
            [last, vault.ring().current],
        )
        return list(cursor.fetchall())


def _reseal(cell: vault.Cell, rows: list[tuple[UUID, bytes]]) -> tuple[int, list[UUID]]:
    keys = vault.ring()
    ids, sealed, failed = [], [], []
    for id_, old in rows:
        try:
            opened = cell.open_bytes(id_, old, keys)
        except vault.Unopenable:
            failed.append(id_)
            continue
        ids.append(id_)
        sealed.append(cell.seal_bytes(id_, opened, keys))
    with connection.cursor() as cursor:
        cursor.execute(
            f"update {cell.table} set {cell.column} = given.sealed"  # noqa: S608 - as above
            f" from unnest(%s::uuid[], %s::bytea[]) as given (id, sealed)"
            f" where {cell.table}.id = given.id",
            [ids, sealed],
        )
    return len(ids), failed
