"""Printed slips: written for a user, and used once to sign in."""

import hmac
import secrets
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from django.db import connection, transaction
from django.db.models import F, QuerySet

from pervichka.foundation.journal import journal
from pervichka.foundation.postgres.django.scoping import within
from pervichka.foundation.postgres.scope import NOTHING, Scope
from pervichka.foundation.refusal import Refused, refuse
from pervichka.register.access.actor import Actor
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import demand
from pervichka.register.access.roles import Nobody
from pervichka.register.accounts.keys import keyed_hash
from pervichka.register.accounts.limits import SLIP_FROM_ADDRESS, SLIP_IN_TOTAL, give_back, take
from pervichka.register.accounts.models import SignInSlip, User
from pervichka.register.branches.models import Branch

VALID_FOR = timedelta(days=14)
# So many wrong digits on one slip, and its digits open nothing any more; its QR still does.
WRONG_TRIES = 10
NUMBER_DIGITS, SECRET_DIGITS = 7, 8
_TOKEN_BYTES = 20
_TOKEN, _DIGITS = "slip-token", "slip-digits"

log = structlog.get_logger()


@dataclass(frozen=True, kw_only=True)
class PrintedSlip:
    """What is printed, and then known to nobody but the paper."""

    number: str
    digits: str
    token: str
    user_name: str
    language: str
    expires_at: datetime


class TryLater(Exception):
    """Too many tries; nothing is looked at until then, right or wrong."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until)
        self.until = until


@transaction.atomic
def write_slip(
    *, user: User, branch: Branch, language: str, by: Actor, at: datetime
) -> PrintedSlip:
    """A new slip for the user; the one before it opens nothing from now on."""
    demand(by, Permission.ISSUE_SLIPS, branch)
    # Two who print at once for the same user: the later slip is the one that holds.
    User.objects.select_for_update().get(pk=user.pk)
    # It may have been printed where the one who prints now sees nothing.
    with own_scope(user.id):
        SignInSlip.objects.filter(user=user, used_at=None, withdrawn_at=None).update(
            withdrawn_at=at
        )
    printed = PrintedSlip(
        number=_new_number(),
        digits=_random(SECRET_DIGITS),
        token=secrets.token_urlsafe(_TOKEN_BYTES),
        user_name=user.name,
        language=language,
        expires_at=at + VALID_FOR,
    )
    slip = SignInSlip.objects.create(
        user=user,
        branch=branch,
        number=printed.number,
        digits_hash=keyed_hash(_DIGITS, printed.number + printed.digits),
        token_hash=keyed_hash(_TOKEN, printed.token),
        language=language,
        issued_at=at,
        expires_at=printed.expires_at,
    )
    journal.append(by=by, at=at, action="slip.printed", subject=slip, branch=branch)
    return printed


def knows_token(token: str, *, at: datetime) -> bool:
    """Whether the slip with that QR would still open."""
    hash_ = keyed_hash(_TOKEN, token)
    with own_scope(_owner_by_token(hash_)):
        return _live(at).filter(token_hash=hash_).exists()


@transaction.atomic
def use_slip_by_token(*, token: str, at: datetime) -> tuple[User, str]:
    """The user whose slip has that QR, and the slip's language; it opens nothing any more.

    Raises `Refused`, in the same words whatever was wrong.
    """
    hash_ = keyed_hash(_TOKEN, token)
    with own_scope(_owner_by_token(hash_)):
        found = _live(at).select_for_update(of=("self",)).filter(token_hash=hash_)
        return _use(found.select_related("user", "branch").first(), at)


def use_slip_by_digits(*, number: str, digits: str, address: str, at: datetime) -> tuple[User, str]:
    """The user of the slip with that number and those digits, typed at that network address.

    Raises `Refused`, in the same words whatever was wrong, and `TryLater`.
    """
    taken = take(SLIP_FROM_ADDRESS, address, at=at)
    if taken.rests_until is not None:
        raise TryLater(taken.rests_until)
    total = take(SLIP_IN_TOTAL, "", at=at)
    if total.first_too_many:
        log.error("slip.guessed_at", tries=total.tries)
    if total.rests_until is not None:
        raise TryLater(total.rests_until)
    opened = _by_digits(_only_digits(number), _only_digits(digits), at)
    give_back(taken)
    give_back(total)
    return opened


def _by_digits(number: str, digits: str, at: datetime) -> tuple[User, str]:
    wanted = keyed_hash(_DIGITS, number + digits)
    with own_scope(_owner_by_number(number)), transaction.atomic():
        slip = (
            _live(at)
            .select_for_update(of=("self",))
            .filter(number=number, wrong_tries__lt=WRONG_TRIES)
            .select_related("user", "branch")
            .first()
        )
        if slip is not None and hmac.compare_digest(slip.digits_hash, wanted):
            return _use(slip, at)
        if slip is not None:
            SignInSlip.objects.filter(pk=slip.pk).update(wrong_tries=F("wrong_tries") + 1)
    # Outside the transaction, so that the wrong try stays counted.
    raise _unknown()


def _use(slip: SignInSlip | None, at: datetime) -> tuple[User, str]:
    if slip is None or not slip.user.is_active:
        raise _unknown()
    slip.used_at = at
    slip.save(update_fields=["used_at"])
    journal.append(
        by=_oneself(slip.user), at=at, action="slip.used", subject=slip, branch=slip.branch
    )
    return slip.user, slip.language


def own_scope(user_id: UUID | None) -> AbstractContextManager[None]:
    """The block sees what is the user's own, and nothing else; of nobody, nothing."""
    return within(Scope(NOTHING.start, NOTHING.end, user_id=user_id))


def _owner_by_token(hash_: str) -> UUID | None:
    return _owner("select slip_owner_by_token(%s)", hash_)


def _owner_by_number(number: str) -> UUID | None:
    """Of the slip of that number that was neither used nor replaced."""
    return _owner("select slip_owner_by_number(%s)", number)


def _owner(asked: str, by: str) -> UUID | None:
    # Asked before it is known who asks, hence with the owner's rights: see the migration.
    with connection.cursor() as cursor:
        cursor.execute(asked, [by])
        (owner,) = cursor.fetchone()
    return None if owner is None else UUID(str(owner))


def _oneself(user: User) -> Actor:
    return Actor(code=f"user:{user.id}", role=Nobody, scope=None, user_id=user.id)


def _unknown() -> Refused:
    return refuse(
        "this slip does not open: a figure is mistyped, or it was used, replaced or is too old."
        " Check it, or ask for a new one"
    )


def _live(at: datetime) -> QuerySet[SignInSlip]:
    return SignInSlip.objects.filter(used_at=None, withdrawn_at=None, expires_at__gt=at)


def _new_number() -> str:
    """A number that no live slip has."""
    while True:
        number = _random(NUMBER_DIGITS)
        if _owner_by_number(number) is None:
            return number


def _random(digits: int) -> str:
    return str(secrets.randbelow(10**digits)).zfill(digits)


def _only_digits(text: str) -> str:
    return "".join(one for one in text if one.isascii() and one.isdigit())
