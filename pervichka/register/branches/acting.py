"""On whose behalf the database is asked: its rows are those of the actor's part of the tree."""

from contextlib import AbstractContextManager

from pervichka.foundation.postgres.django.scoping import within
from pervichka.foundation.postgres.scope import NOTHING, Scope
from pervichka.register.access.actor import Actor
from pervichka.register.access.roles import Operator
from pervichka.register.branches.tree import WHOLE

# Whoever may run the program on its own machine, and background work: the whole tree, journalled.
OPERATOR = Actor(code="operator", role=Operator, scope=WHOLE)
SYSTEM = Actor(code="system", role=Operator, scope=WHOLE)


def acting_as(actor: Actor) -> AbstractContextManager[None]:
    """The block sees what lies in the actor's scope, and what is the actor's own."""
    return within(scope_of(actor))


def scope_of(actor: Actor) -> Scope:
    start, end = NOTHING.start, NOTHING.end
    if actor.scope is not None:
        start, end = actor.scope.start, actor.scope.end
    return Scope(start, end, user_id=actor.user_id, person_id=actor.person_id)
