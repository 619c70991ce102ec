"""Passwords are checked, as often as the limits allow and no faster for those who don't exist."""

from datetime import datetime

from django.contrib.auth import authenticate
from django.db import transaction

from pervichka.foundation.journal import journal
from pervichka.register.access.actor import Actor
from pervichka.register.accounts.actions.slips import TryLater
from pervichka.register.accounts.limits import (
    PASSWORD_FROM_ADDRESS,
    PASSWORD_OF_DEVICE,
    PASSWORD_OF_USER,
    forget,
    give_back,
    take,
)
from pervichka.register.accounts.lookup import user_signing_in
from pervichka.register.accounts.models import User


def check_password(
    *, name: str, password: str, address: str, known_to: frozenset[str], at: datetime
) -> User | None:
    """The user of that name or phone, if it is their password.

    `known_to`: ids of users who have signed in from this browser before; guesses made elsewhere
    don't count against them here. One password is hashed whoever was named. Raises `TryLater`.
    """
    user = user_signing_in(name)
    known = user is not None and str(user.id) in known_to
    limit = PASSWORD_OF_DEVICE if known else PASSWORD_OF_USER
    of_address = take(PASSWORD_FROM_ADDRESS, address, at=at)
    # Counted by what was typed where nobody is of that name: it too rests after as many tries.
    of_user = take(limit, name.strip() if user is None else str(user.id), at=at)
    rest = of_address.rests_until or of_user.rests_until
    if rest is not None:
        raise TryLater(rest)
    found = authenticate(username=name if user is None else user.name, password=password)
    if not isinstance(found, User):
        return None
    give_back(of_address)
    forget(of_user)
    return found


@transaction.atomic
def choose_language(*, user: User, language: str, by: Actor, at: datetime) -> None:
    user.language = language
    user.save(update_fields=["language"])
    journal.append(by=by, at=at, action="user.changed", subject=user, fields=["language"])
