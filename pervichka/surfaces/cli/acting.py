"""Who acts from the command line."""

from datetime import datetime

from pervichka.foundation.refusal import refuse
from pervichka.register.access.actor import Actor
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import demand
from pervichka.register.accounts.queries import user_named
from pervichka.register.branches.tree import WHOLE_TREE
from pervichka.register.posts.queries import acting_user


def as_user(name: str, *, at: datetime) -> Actor:
    """The user of that name, in their highest post. Raises `Refused`."""
    user = user_named(name)
    if user is None:
        raise refuse("there is no user {name}", name=repr(name))
    return acting_user(user, at=at)


def demand_everywhere(by: Actor, permission: Permission) -> None:
    """For what reads or changes the whole organisation at once. Raises `Forbidden`."""
    demand(by, permission, WHOLE_TREE)
