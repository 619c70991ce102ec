"""Sessions and second factors under older keys are sealed anew.

A session that no key opens is ended; a factor that none opens is left as it is.
"""

from collections import Counter
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import connection, transaction

from pervichka.foundation import vault
from pervichka.foundation.journal import journal
from pervichka.register.access.actor import Actor
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import demand
from pervichka.register.accounts.models import Session
from pervichka.register.accounts.sealed_factors import sealed_anew, version_of
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


def reseal_factors(*, by: Actor, at: datetime) -> int:
    """How many secrets of second factors were sealed anew."""
    demand(by, Permission.KEEP_KEYS)
    keys, done = vault.ring(), 0
    for factor_id in list(Authenticator.objects.values_list("id", flat=True)):
        # A row at a time, and not to undo the use of a code meanwhile.
        with transaction.atomic():
            factor = Authenticator.objects.select_for_update().filter(id=factor_id).first()
            if factor is None or version_of(factor.data) in (None, keys.current):
                continue
            try:
                factor.data = sealed_anew(factor.data, keys)
            except vault.Unopenable:
                continue
            factor.save(update_fields=["data"])
            done += 1
    if done:
        with transaction.atomic():
            journal.append(
                by=by, at=at, action="keys.rotated", subject=("mfa_authenticator", keys.current)
            )
    return done


def factors_by_version() -> dict[int, int]:
    """How many second factors lie under which version of the keys."""
    versions = map(version_of, Authenticator.objects.values_list("data", flat=True))
    return dict(Counter(version for version in versions if version is not None))


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
