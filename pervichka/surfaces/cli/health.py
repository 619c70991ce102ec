"""What `pervichka doctor` looks at. Each look says whether all is well, and what it found."""

import shutil
import stat
from collections.abc import Callable
from datetime import datetime

from django.db import connection

from pervichka.foundation import home
from pervichka.foundation.journal import sealing
from pervichka.foundation.postgres import connect_info, is_embedded
from pervichka.foundation.postgres.sessions import opened, value
from pervichka.foundation.postgres.unlocked import unlocked
from pervichka.register.people.queries.proving import verify_ledger
from pervichka.standard.scores.queries.closings import verify_periods
from pervichka.surfaces.cli import preparing
from pervichka.work.casework.actions import to_forget

Look = Callable[[datetime], tuple[bool, str]]
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


def _applicants(at: datetime) -> tuple[bool, str]:
    waiting = to_forget(at).count()
    return not waiting, f"{waiting} kept for too long" if waiting else ""


def _periods(_at: datetime) -> tuple[bool, str]:
    verified = verify_periods()
    flaws = [f"{one.standard} {one.month} {one.flaw}" for one in verified if one.flaw]
    return not flaws, "; ".join(flaws) or f"{len(verified)} closed"


LOOKS: tuple[tuple[str, Look], ...] = (
    ("The database answers", _server),
    ("Every table is there", _tables),
    ("Row-level security holds", _locks),
    ("There is room on the disk", _room),
    ("Keys are closed to others", _keys),
    ("The journal's chain holds", _journal),
    ("The ledger's chain holds", _ledger),
    ("Applicants are forgotten in time", _applicants),
    ("Closed periods stayed as they were", _periods),
)
