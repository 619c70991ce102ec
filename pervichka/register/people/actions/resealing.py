"""Contact points under older keys are sealed anew under the current one.

Each batch is one transaction, and what is done already is told by the rows themselves: a run cut
short at any moment goes on where it was. Readers and writers work on meanwhile, since every key
that is still there opens what it sealed and finds what it indexed.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from pervichka.foundation import vault
from pervichka.foundation.journal import journal
from pervichka.register.access.actor import Actor
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import demand
from pervichka.register.people.sealed_contacts import opened, stored

_AT_ONCE = 5_000
_FIRST = UUID(int=0)
# The primary key's order, so that a run that goes on passes what is done at the speed of a scan.
_STALE = """
select id, person_id, kind, sealed from contact_point
where id > %s and get_byte(sealed, 0) <> %s order by id limit %s for update
"""
# Where the same was added again under the new key meanwhile, one of the two is enough.
_DROP_TWINS = """
delete from contact_point old
using unnest(%s::uuid[], %s::bytea[]) as given (id, blind_index), contact_point new
where old.id = given.id and new.person_id = old.person_id and new.kind = old.kind
  and new.blind_index = given.blind_index and new.id <> old.id
"""
_STORE = """
update contact_point set sealed = given.sealed, blind_index = given.blind_index
from unnest(%s::uuid[], %s::bytea[], %s::bytea[]) as given (id, sealed, blind_index)
where contact_point.id = given.id
"""
Progress = Callable[[int], None]


@dataclass(kw_only=True)
class Resealed:
    """How many rows were sealed anew; `unopenable` are those that no key opens, left alone."""

    rows: int = 0
    unopenable: list[UUID] = field(default_factory=list)


def reseal_contact_points(
    *, by: Actor, at: datetime, progress: Progress = lambda _rows: None
) -> Resealed:
    """Seal anew whatever is not under the current key; `progress` is told how many rows are done.

    Raises KeyMissing where the key of an older version is gone.
    """
    demand(by, Permission.KEEP_KEYS)
    done = Resealed()
    last = _FIRST
    while True:
        with transaction.atomic():
            keys = vault.ring()
            with connection.cursor() as cursor:
                cursor.execute(_STALE, [last, keys.current, _AT_ONCE])
                rows = cursor.fetchall()
                if not rows:
                    break
                last = rows[-1][0]
                _reseal(cursor, rows, keys, done)
        progress(done.rows)
    if done.rows:
        with transaction.atomic():
            journal.append(
                by=by, at=at, action="keys.rotated", subject=("contact_point", keys.current)
            )
    return done


def contact_points_by_version() -> dict[int, int]:
    """How many contact points lie under which version of the keys."""
    with connection.cursor() as cursor:
        cursor.execute("select get_byte(sealed, 0), count(*) from contact_point group by 1")
        return dict(cursor.fetchall())


def unopenable_contact_points() -> set[int]:
    """The versions of the keys that do not open what lies under them: one of each is tried."""
    keys = vault.ring()
    with connection.cursor() as cursor:
        cursor.execute(
            "select distinct on (get_byte(sealed, 0)) id, sealed from contact_point"
            " order by get_byte(sealed, 0)"
        )
        return {vault.version_of(row[1]) for row in cursor.fetchall() if not _opens(row, keys)}


def _opens(row: tuple[UUID, bytes], keys: vault.Ring) -> bool:
    try:
        opened(*row, keys)
    except (vault.Unopenable, vault.KeyMissing):
        return False
    return True


def _reseal(cursor: Any, rows: list[tuple[Any, ...]], keys: vault.Ring, done: Resealed) -> None:
    ids, sealed, blind = [], [], []
    for id_, _person, kind, old in rows:
        try:
            value = opened(id_, old, keys)
        except vault.Unopenable:
            done.unopenable.append(id_)
            continue
        new, index = stored(id_, kind, value, keys)
        ids.append(id_)
        sealed.append(new)
        blind.append(index)
    cursor.execute(_DROP_TWINS, [ids, blind])
    cursor.execute(_STORE, [ids, sealed, blind])
    done.rows += len(ids)
