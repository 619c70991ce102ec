"""Pages that name people: the names draw on the reader's budget and are journalled.

Each is called before the names are shown, names the branch of each row, and writes under the unit,
or under the reader's own. Raises `BudgetExhausted`.
"""

from collections.abc import Sequence
from uuid import UUID

from pervichka.foundation import clock
from pervichka.register.branches.queries.units import Unit
from pervichka.register.disclosure import actions
from pervichka.register.disclosure.actions.listing import Held
from pervichka.surfaces.web.middleware import PageRequest


def show_people(request: PageRequest, people: Sequence[UUID], unit: Unit | None = None) -> None:
    """People of the register, each given by their branch."""
    actions.show_list(what="people", people=people, branch=unit, by=request.actor, at=clock.now())


def show_holders(request: PageRequest, rows: Sequence[Held], unit: Unit | None = None) -> None:
    """Holders of posts, as far as there are names."""
    actions.show_holders(rows=rows, branch=unit, by=request.actor, at=clock.now())
