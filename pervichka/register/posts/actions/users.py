"""What whoever manages users may do to one, given the posts that the user holds."""

from datetime import datetime

from django.db import transaction

from pervichka.foundation.refusal import refuse
from pervichka.register.access.actor import Actor
from pervichka.register.accounts.actions import (
    end_other_devices,
    write_factors_gone,
    write_password,
    write_switched_off,
)
from pervichka.register.accounts.models import User
from pervichka.register.posts.rights import (
    demand_may_manage,
    demand_may_take_over,
    may_reset_factor,
)


@transaction.atomic
def reset_password(*, user: User, password: str, by: Actor, at: datetime) -> User:
    """Set another user's password. Raises `Forbidden`; `Refused` if it is too weak.

    Whoever sets it can sign in with it: so never that of someone who may do more.
    """
    demand_may_take_over(by, user, at)
    return write_password(user=user, password=password, by=by, at=at)


@transaction.atomic
def switch_off_user(*, user: User, by: Actor, at: datetime) -> User:
    """The user can't sign in any more and acts in no post; sessions end at their next request."""
    demand_may_manage(by, user, at)
    return write_switched_off(user=user, by=by, at=at)


@transaction.atomic
def reset_second_factor(*, user: User, by: Actor, at: datetime) -> None:
    """Take away the factors of someone who lost them all; they set up new ones when they come in.

    Never by the user, nor by whoever could set their password too: so no one person opens another's
    sign-in. All sessions end. Raises `Forbidden`, `Refused`.
    """
    demand_may_manage(by, user, at)
    if by.user_id == user.id:
        raise refuse("another person resets your second factor")
    if not may_reset_factor(by, user, at):
        raise refuse("whoever may set this user's password does not reset the second factor too")
    write_factors_gone(user=user, by=by, at=at)
    end_other_devices(than=None, user=user, by=by, at=at)
