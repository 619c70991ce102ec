"""Pictures of signed sheets under older keys are sealed anew under the current one."""

from datetime import datetime

from django.db import connection, transaction

from pervichka.foundation import vault
from pervichka.foundation.journal import journal
from pervichka.register.access.actor import Actor
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import demand
from pervichka.register.people.actions.sheets import IMAGE
from pervichka.register.people.models import SignedSheet

# Pictures are large: few are held in memory at once.
_AT_ONCE = 20
_STALE = """
select sheet_id from signed_sheet where sealed is not null and get_byte(sealed, 0) <> %s
order by sheet_id limit %s for update
"""


def reseal_sheets(*, by: Actor, at: datetime) -> int:
    """How many were sealed anew. Cut short, it goes on where it was when it is run again.

    Raises Unopenable and KeyMissing: a picture is proof, and is never given up in silence.
    """
    demand(by, Permission.KEEP_KEYS)
    done = 0
    while rows := _batch():
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
            "select get_byte(sealed, 0), count(*) from signed_sheet"
            " where sealed is not null group by 1"
        )
        return dict(cursor.fetchall())


@transaction.atomic
def _batch() -> int:
    keys = vault.ring()
    with connection.cursor() as cursor:
        cursor.execute(_STALE, [keys.current, _AT_ONCE])
        ids = [id_ for (id_,) in cursor.fetchall()]
    rows = list(SignedSheet.objects.filter(sheet_id__in=ids))
    for row in rows:
        content = IMAGE.open_bytes(row.sheet_id, row.sealed or b"", keys)
        row.sealed = IMAGE.seal_bytes(row.sheet_id, content, keys)
    SignedSheet.objects.bulk_update(rows, ["sealed"])
    return len(rows)
