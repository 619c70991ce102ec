"""Whether a password or a second factor was shown of late: asked before what is grave."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from pervichka.register.accounts.models import User
from pervichka.register.accounts.queries import has_factor

FRESH_FOR = timedelta(minutes=5)
PASSWORD, FACTOR, ONE_CLICK = "password", "mfa", "one_click"
# One click exists in the demo alone, where people are invented: it counts as every means at once.
_FRESH = {PASSWORD, FACTOR, ONE_CLICK}


def is_fresh(records: Iterable[tuple[str, float]], *, at: datetime) -> bool:
    """`records` are the means by which a session's user showed who they are, and when each was."""
    since = at.timestamp() - FRESH_FOR.total_seconds()
    return any(way in _FRESH and shown >= since for way, shown in records)


def must_confirm(user: User, records: Iterable[tuple[str, float]], *, at: datetime) -> bool:
    """Whether the user must show a factor first. Whoever has none yet is free to get one."""
    if is_fresh(records, at=at):
        return False
    return user.has_usable_password() or has_factor(user)
