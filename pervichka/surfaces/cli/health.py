"""What `pervichka doctor` looks at. Each look says whether all is well, and what it found."""

import shutil
import stat
from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection

from pervichka.foundation import home
from pervichka.foundation.journal import sealing
from pervichka.foundation.journal.following import last_of
from pervichka.foundation.postgres import connect_info, is_embedded
from pervichka.foundation.postgres.sessions import opened, value
from pervichka.foundation.postgres.unlocked import unlocked
from pervichka.foundation.refusal import Refused
from pervichka.register.branches.packs import load_pack
from pervichka.register.people.queries.proving import verify_ledger
from pervichka.register.retention.queries import overdue
from pervichka.register.retention.rules import rules
from pervichka.standard.scores.queries.closings import verify_periods
from pervichka.surfaces.cli import preparing
from pervichka.surfaces.cli.plain import sentence

Look = Callable[[datetime], tuple[bool, str]]
OLDEST_BACKUP = timedelta(days=7)
_THIS_MACHINE = {"localhost", "127.0.0.1", "[::1]", "testserver"}
_ENOUGH_BYTES = 2 * 1024**3
_MOST = 20


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


def _journal(_at: datetime) -> tuple[bool, str]:
    flaws = sealing.verify()
    return not flaws, "; ".join(f"block {flaw.block} {flaw.reason}" for flaw in flaws)


def _ledger(_at: datetime) -> tuple[bool, str]:
    flaws = verify_ledger().flaws
    return not flaws, "; ".join(f"{flaw.where} {flaw.reason}" for flaw in flaws[:_MOST])


def _periods(_at: datetime) -> tuple[bool, str]:
    verified = verify_periods()
    flaws = [f"{one.standard} {one.month} {one.flaw}" for one in verified if one.flaw]
    return not flaws, "; ".join(flaws) or f"{len(verified)} closed"


def _pack(_at: datetime) -> tuple[bool, str]:
    try:
        return True, f"{load_pack(settings.PACK).code}, {len(rules())} rules of retention"
    except Refused as refused:
        named = f"PERVICHKA_PACK is {settings.PACK!r}. "
        return False, named + "; ".join(map(sentence, refused.reasons))


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
    ("The journal's chain holds", _journal),
    ("The ledger's chain holds", _ledger),
    ("The policy pack can be read", _pack),
    ("Nothing is kept past its time", _retention),
    ("The last backup is recent", _backup),
    ("Pages are served safely", _served),
    ("Closed periods stayed as they were", _periods),
)
