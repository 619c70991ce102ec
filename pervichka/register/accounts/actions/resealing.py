"""Sessions under older keys are sealed anew; one that no key opens is ended."""

from datetime import datetime

from django.db import connection, transaction

from pervichka.foundation import vault
from pervichka.foundation.journal import journal
from pervichka.register.access.actor import Actor
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import demand
from pervichka.register.accounts.models import Session
from pervichka.register.accounts.sessions import SEALED

_AT_ONCE = 1_000
_STALE = """
select digest from session where get_byte(sealed, 0) <> %s order by digest limit %s for update
"""


def reseal_sessions(*, by: Actor, at: datetime) -> int:
    """How many were sealed anew. Cut short, it goes on where it was when it is run again."""
    demand(by, Permission.KEEP_KEYS)
    done = 0
    while (rows := _batch()) is not None:
        done += rows
    if done:
        with transaction.atomic():
            version = vault.ring().current
            journal.append(by=by, at=at, action="keys.rotated", subject=("session", version))
    return done


def sessions_by_version() -> dict[int, int]:
    """How many sessions lie under which version of the keys."""
    with connection.cursor() as cursor:
        cursor.execute("select get_byte(sealed, 0), count(*) from session group by 1")
        return dict(cursor.fetchall())


def unopenable_sessions() -> set[int]:
    """The versions of the keys that do not open what lies under them: one of each is tried."""
    keys = vault.ring()
    with connection.cursor() as cursor:
        cursor.execute(
            "select distinct on (get_byte(sealed, 0)) digest, sealed from session"
            " order by get_byte(sealed, 0)"
        )
        return {
            vault.version_of(sealed)
            for digest, sealed in cursor.fetchall()
            if not _opens(digest, sealed, keys)
        }


def _opens(digest: str, sealed: bytes, keys: vault.Ring) -> bool:
    try:
        SEALED.open(digest.encode(), sealed, keys)
    except (vault.Unopenable, vault.KeyMissing):
        return False
    return True


@transaction.atomic
def _batch() -> int | None:
    """How many of a batch were sealed anew; none where there was nothing left to do."""
    keys = vault.ring()
    with connection.cursor() as cursor:
        cursor.execute(_STALE, [keys.current, _AT_ONCE])
        digests = [digest for (digest,) in cursor.fetchall()]
    if not digests:
        return None
    resealed = []
    for session in Session.objects.filter(digest__in=digests):
        row = session.digest.encode()
        try:
            text = SEALED.open(row, session.sealed, keys)
        except vault.Unopenable:
            session.delete()
            continue
        session.sealed = SEALED.seal(row, text, keys)
        resealed.append(session)
    Session.objects.bulk_update(resealed, ["sealed"])
    return len(resealed)
