"""Pages that name holders of posts: the names draw on the budget and are journalled."""

from collections.abc import Sequence

from pervichka.foundation import clock
from pervichka.register.branches.queries.units import Unit
from pervichka.register.disclosure import actions
from pervichka.register.disclosure.actions.listing import Held
from pervichka.surfaces.web.middleware import PageRequest


def show_holders(request: PageRequest, rows: Sequence[Held], unit: Unit | None = None) -> None:
    """Before holders are named, as far as there are names; under the unit, or one's own.

    Raises `BudgetExhausted`.
    """
    actions.show_holders(rows=rows, branch=unit, by=request.actor, at=clock.now())
