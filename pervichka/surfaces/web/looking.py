"""Lists that name people are written down in the journal: one entry a list."""

from collections.abc import Iterable

from pervichka.foundation import clock
from pervichka.register.branches.queries.units import Unit, own_unit
from pervichka.register.people.actions import look_at_people
from pervichka.surfaces.web.middleware import PageRequest


def note_people(request: PageRequest, rows: int, unit: Unit | None = None) -> None:
    """People of the register were named in so many rows; under the unit, or one's own."""
    branch = (unit or own_unit(request.actor)) if rows else None
    if branch is not None:
        look_at_people(what="people", rows=rows, branch=branch, by=request.actor, at=clock.now())


def note_holders(
    request: PageRequest, names: Iterable[str | None], unit: Unit | None = None
) -> None:
    """Holders of posts were named, as far as there are names; under the unit, or one's own."""
    shown = sum(1 for name in names if name)
    branch = (unit or own_unit(request.actor)) if shown else None
    if branch is not None:
        look_at_people(what="holders", rows=shown, branch=branch, by=request.actor, at=clock.now())
