"""How often something may be tried, for whom and for how long it then rests.

Kept in the database, so that all servers of an installation count together.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

from pervichka.register.accounts.keys import keyed_hash
from pervichka.register.accounts.models import Tally

_KEPT_FOR = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Limit:
    """`tries` within `window`, counted from the first of them; the next ones wait for its end."""

    code: str
    tries: int
    window: timedelta


_QUARTER = timedelta(minutes=15)
# A password guessed at from elsewhere never locks its owner out of a browser that they signed in
# from before: that one is counted by itself.
PASSWORD_OF_USER = Limit(code="password-of-user", tries=10, window=_QUARTER)
PASSWORD_OF_DEVICE = Limit(code="password-of-device", tries=10, window=_QUARTER)
# An office shares one address.
PASSWORD_FROM_ADDRESS = Limit(code="password-from-address", tries=60, window=_QUARTER)
SECOND_FACTOR_OF_USER = Limit(code="second-factor-of-user", tries=10, window=_QUARTER)
CODE_FROM_ADDRESS = Limit(code="code-from-address", tries=10, window=_QUARTER)
CODE_TO_EMAIL = Limit(code="code-to-email", tries=3, window=_QUARTER)
SLIP_FROM_ADDRESS = Limit(code="slip-from-address", tries=10, window=_QUARTER)
OWN_LINK_FROM_ADDRESS = Limit(code="own-link-from-address", tries=20, window=_QUARTER)
OWN_LINK_OF_CONTACT = Limit(code="own-link-of-contact", tries=3, window=timedelta(hours=1))
PRESSURE_OF_PERSON = Limit(code="pressure-of-person", tries=3, window=timedelta(days=1))
SLIP_IN_TOTAL = Limit(code="slip-in-total", tries=500, window=timedelta(hours=1))


@dataclass(frozen=True, kw_only=True)
class Taken:
    """A try that was counted. `rests_until`: it is one too many, and nothing may be tried."""

    key: str
    since: datetime
    tries: int
    rests_until: datetime | None
    first_too_many: bool


def take(limit: Limit, whose: str, *, at: datetime) -> Taken:
    """Count a try before it is made; two made at once can't both be the last one allowed."""
    key = keyed_hash(f"tally:{limit.code}", whose)
    with connection.cursor() as cursor:
        cursor.execute(
            """
            insert into sign_in_tally as old (key, since, tries) values (%(key)s, %(at)s, 1)
            on conflict (key) do update set
              tries = case when old.since <= %(over)s then 1 else old.tries + 1 end,
              since = case when old.since <= %(over)s then %(at)s else old.since end
            returning since, tries
            """,
            {"key": key, "at": at, "over": at - limit.window},
        )
        since, tries = cursor.fetchone()
    return Taken(
        key=key,
        since=since,
        tries=tries,
        rests_until=since + limit.window if tries > limit.tries else None,
        first_too_many=tries == limit.tries + 1,
    )


def give_back(taken: Taken) -> None:
    """The try was right: it counts against nobody who shares the address."""
    with connection.cursor() as cursor:
        cursor.execute(
            "update sign_in_tally set tries = greatest(tries - 1, 0) where key = %s", [taken.key]
        )


def forget(taken: Taken) -> None:
    """The try was right, and those before it were its owner's own mistakes."""
    Tally.objects.filter(key=taken.key).delete()


def drop_old_tallies(*, at: datetime) -> None:
    Tally.objects.filter(since__lt=at - _KEPT_FOR).delete()


def rests(limit: Limit, whose: str, *, at: datetime) -> bool:
    """Whether it rests now, without counting anything."""
    key = keyed_hash(f"tally:{limit.code}", whose)
    return Tally.objects.filter(
        key=key, since__gt=at - limit.window, tries__gt=limit.tries
    ).exists()
