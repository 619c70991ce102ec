"""Who acts from the command line."""

from datetime import datetime

from pervichka.foundation.refusal import refuse
from pervichka.register.access.actor import Actor
from pervichka.register.access.roles import Operator
from pervichka.register.accounts.queries import user_named
from pervichka.register.branches.tree import WHOLE
from pervichka.register.posts.queries import actor_for


def operator() -> Actor:
    """Whoever may run the program on its own machine: the whole tree, all of it journalled."""
    return Actor(code="operator", role=Operator, scope=WHOLE)


def as_user(name: str, *, at: datetime) -> Actor:
    """The user of that name, in their highest post. Raises `Refused`."""
    user = user_named(name)
    if user is None:
        raise refuse("there is no user {name}", name=repr(name))
    return actor_for(user, at=at)
