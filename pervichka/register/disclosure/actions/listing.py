"""A list that names people: it draws on the budget, and is a look that the journal holds."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from django.db.models import Model

from pervichka.foundation.journal import journal
from pervichka.register.access.actor import Actor
from pervichka.register.branches.queries.units import own_unit
from pervichka.register.disclosure.actions.spending import show
from pervichka.register.people.actions import look_at_people
from pervichka.register.people.actions.looking import List


class Held(Protocol):
    """A row about a post; `holder` is a name, or none."""

    @property
    def branch_id(self) -> UUID: ...

    @property
    def holder(self) -> str | None: ...


def show_list(
    *,
    what: List,
    people: Sequence[UUID],
    branch: journal.Placed | None,
    by: Actor,
    at: datetime,
    subject: Model | tuple[str, object] | None = None,
) -> None:
    """Called before names are handed out in a list; people are given by the branch of each.

    The entry stands under the branch, the actor's own if none is given. Raises `BudgetExhausted`,
    and writes no look then.
    """
    # In no transaction of its own, which each list would pay for: what was counted and then not
    # shown harms nobody.
    show(people=people, by=by, at=at)
    under = (branch or own_unit(by)) if people else None
    if under is not None:
        look_at_people(what=what, rows=len(people), branch=under, subject=subject, by=by, at=at)


def show_holders(
    *, rows: Sequence[Held], branch: journal.Placed | None, by: Actor, at: datetime
) -> None:
    """Called before holders of posts are named, as far as there are names: see `show_list`."""
    named = [row.branch_id for row in rows if row.holder]
    show_list(what="holders", people=named, branch=branch, by=by, at=at)
