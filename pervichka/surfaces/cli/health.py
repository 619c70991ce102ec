"""What `pervichka doctor` looks at. Each look says whether all is well, and what it found."""

import shutil
import stat
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection

from pervichka.foundation import home, vault
from pervichka.foundation.ids import new_id
from pervichka.foundation.journal import sealing
from pervichka.foundation.journal.following import last_of
from pervichka.foundation.postgres import connect_info, is_embedded
from pervichka.foundation.postgres.sessions import opened, value
from pervichka.foundation.postgres.unlocked import unlocked
from pervichka.foundation.refusal import Refused
from pervichka.register.accounts.actions import sessions_by_version, unopenable_sessions
from pervichka.register.branches.queries.pack import current_pack
from pervichka.register.disclosure.actions import exports_by_version
from pervichka.register.people.actions.resealing import (
    contact_points_by_version,
    unopenable_contact_points,
)
from pervichka.register.people.erasure_log import log_file
from pervichka.register.people.queries.erasures import unlogged_erasures
from pervichka.register.people.queries.proving import verify_ledger
from pervichka.register.retention.queries import overdue
from pervichka.register.retention.rules import rules
from pervichka.standard.scores.queries.closings import verify_periods
from pervichka.surfaces.cli import preparing
from pervichka.surfaces.cli.language import tr
from pervichka.surfaces.cli.plain import sentence

Look = Callable[[datetime], tuple[bool, str]]
OLDEST_BACKUP = timedelta(days=7)
_THIS_MACHINE = {"localhost", "127.0.0.1", "[::1]", "testserver"}
_ENOUGH_BYTES = 2 * 1024**3
_MOST = 20
_TRIAL = vault.Cell("doctor", "trial")


def looked(look: Look, at: datetime) -> tuple[bool, str]:
    """What a look found; what it could not look at is told in words and is not well."""
    try:
        return look(at)
    except Refused as refused:
        return False, "; ".join(
            f"{reason.place}: {sentence(reason)}" if reason.place else sentence(reason)
            for reason in refused.reasons[:_MOST]
        )
    except vault.VaultError as error:
        return False, str(error)


def _server(_at: datetime) -> tuple[bool, str]:
    with opened(connect_info("app")) as session:
        version = value(session, "show server_version")
    where = "embedded" if is_embedded() else "named by DATABASE_URL"
    return True, f"PostgreSQL {version}, {where}"


def _tables(_at: datetime) -> tuple[bool, str]:
    return preparing.is_prepared(), f"{len(preparing.installed_migrations())} migrations"


def _locks(_at: datetime) -> tuple[bool, str]:
    with opened(connect_info("app", str(connection.settings_dict["NAME"]))) as session:
        found = unlocked(session)
    return not found, "; ".join(map(str, found))


def _room(_at: datetime) -> tuple[bool, str]:
    free = shutil.disk_usage(home.folder()).free
    return free > _ENOUGH_BYTES, f"{free / 1024**3:.1f} GiB free in {home.home()}"


def _keys(_at: datetime) -> tuple[bool, str]:
    folder = home.folder("keys")
    open_to_others = [
        path.name
        for path in [folder, *folder.iterdir()]
        if stat.S_IMODE(path.stat().st_mode) & 0o077
    ]
    return not open_to_others, ", ".join(open_to_others) or str(folder)


def _sealed(_at: datetime) -> tuple[bool, str]:
    """Each version of the keys seals and opens, and opens what lies sealed under it."""
    ring = vault.ring()
    for version in ring.versions:
        one, row = ring.only(version), new_id()
        _TRIAL.open(row, _TRIAL.seal(row, "doctor", one), one)
    used = {*contact_points_by_version(), *sessions_by_version(), *exports_by_version()}
    missing = sorted(used - {*ring.versions})
    if missing:
        return False, _versions("key version {versions} is missing", missing)
    closed = sorted({*unopenable_contact_points(), *unopenable_sessions()})
    if closed:
        return False, _versions(
            "what is sealed under key version {versions} does not open with it", closed
        )
    return True, _versions("key version {versions}", sorted(ring.versions))


def _versions(message: str, versions: Iterable[int]) -> str:
    return tr(message).format(versions=", ".join(map(str, versions)))


def _pack(_at: datetime) -> tuple[bool, str]:
    preparing.refuse_wrong_pack()
    pack = current_pack()
    return True, f"{pack.code}: {len(pack.regions)}, {len(rules())}"


def _journal(_at: datetime) -> tuple[bool, str]:
    flaws = sealing.verify()
    return not flaws, "; ".join(map(str, flaws[:_MOST]))


def _ledger(_at: datetime) -> tuple[bool, str]:
    flaws = verify_ledger().flaws
    return not flaws, "; ".join(f"{flaw.where} {flaw.reason}" for flaw in flaws[:_MOST])


def _erasures(_at: datetime) -> tuple[bool, str]:
    missed = unlogged_erasures()
    return not missed, f"{missed} missing in {log_file()}" if missed else str(log_file())


def _periods(_at: datetime) -> tuple[bool, str]:
    verified = verify_periods()
    flaws = [f"{one.standard} {one.month} {one.flaw}" for one in verified if one.flaw]
    return not flaws, "; ".join(flaws) or f"{len(verified)} closed"


def _retention(at: datetime) -> tuple[bool, str]:
    try:
        late = overdue(at=at)
    except Refused:
        # Said already of the pack.
        return True, ""
    return not late, ", ".join(f"{code}: {rows}" for code, rows in late.items())


def _backup(at: datetime) -> tuple[bool, str]:
    last = last_of("database.backed_up", "backup")
    if last is None:
        return True, "none is known"
    return at - last <= OLDEST_BACKUP, f"{last:%Y-%m-%d %H:%M} UTC"


def _served(_at: datetime) -> tuple[bool, str]:
    """Whoever is served over a network must be so over HTTPS; and nobody sees what went wrong."""
    elsewhere = [host for host in settings.ALLOWED_HOSTS if host not in _THIS_MACHINE]
    wrong = []
    if elsewhere and not settings.HTTPS:
        wrong.append(f"PERVICHKA_HTTPS is off, yet {', '.join(elsewhere)} is served")
    if settings.DEBUG:
        wrong.append("PERVICHKA_DEBUG is on")
    return not wrong, "; ".join(wrong)


LOOKS: tuple[tuple[str, Look], ...] = (
    ("The database answers", _server),
    ("Every table is there", _tables),
    ("Row-level security holds", _locks),
    ("There is room on the disk", _room),
    ("Keys are closed to others", _keys),
    ("Each key seals and opens", _sealed),
    ("The territory pack is sound", _pack),
    ("The journal's chain holds", _journal),
    ("The ledger's chain holds", _ledger),
    ("Nothing is kept past its time", _retention),
    ("The last backup is recent", _backup),
    ("Pages are served safely", _served),
    ("Every erasure is in the file too", _erasures),
    ("Closed periods stayed as they were", _periods),
)
