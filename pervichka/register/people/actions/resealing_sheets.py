"""Pictures of signed sheets under older keys are sealed anew under the current one."""

from datetime import datetime
from typing import Any

from django.db import connection, transaction

from pervichka.foundation import vault
from pervichka.foundation.journal import journal
from pervichka.register.access.actor import Actor
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import demand
from pervichka.register.people.actions.scans import SCAN
from pervichka.register.people.actions.sheets import IMAGE
from pervichka.register.people.models import SheetScan, SignedSheet

# Pictures are large: few are held in memory at once.
_AT_ONCE = 20
_STALE = """
select {key} from {table} where sealed is not null and get_byte(sealed, 0) <> %s
order by {key} limit %s for update
"""
# Signed ones, and those that wait to be counted: each with its cell, bound to the row of that key.
_KEPT: tuple[tuple[type[Any], vault.Cell, str], ...] = (
    (SignedSheet, IMAGE, "sheet_id"),
    (SheetScan, SCAN, "id"),
)


def reseal_sheets(*, by: Actor, at: datetime) -> int:
    """How many were sealed anew. Cut short, it goes on where it was when it is run again.

    Raises Unopenable and KeyMissing: a picture is proof, and is never given up in silence.
    """
    demand(by, Permission.KEEP_KEYS)
    done = 0
    for model, cell, key in _KEPT:
        while rows := _batch(model, cell, key):
            done += rows
    if done:
        with transaction.atomic():
            version = vault.ring().current
            journal.append(by=by, at=at, action="keys.rotated", subject=("signed_sheet", version))
    return done


def sheets_by_version() -> dict[int, int]:
    """How many pictures lie under which version of the keys."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select get_byte(sealed, 0), count(*) from"
            " (select sealed from signed_sheet union all select sealed from sheet_scan) kept"
            " where sealed is not null group by 1"
        )
        return dict(cursor.fetchall())


@transaction.atomic
def _batch(model: type[Any], cell: vault.Cell, key: str) -> int:
    keys = vault.ring()
    with connection.cursor() as cursor:
        table = model._meta.db_table  # noqa: SLF001 - Django's public name for it
        cursor.execute(_STALE.format(key=key, table=table), [keys.current, _AT_ONCE])
        ids = [id_ for (id_,) in cursor.fetchall()]
    rows = list(model.objects.filter(pk__in=ids))
    for row in rows:
        content = cell.open_bytes(row.pk, row.sealed or b"", keys)
        row.sealed = cell.seal_bytes(row.pk, content, keys)
    model.objects.bulk_update(rows, ["sealed"])
    return len(rows)
