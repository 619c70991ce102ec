"""Branches as pages show them: within an actor's scope, named in the reader's language."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import get_language

from pervichka.register.access.actor import Actor, Interval
from pervichka.register.access.permissions import Permission
from pervichka.register.branches.models import Branch
from pervichka.register.branches.tree import WHOLE


@dataclass(frozen=True, kw_only=True)
class Unit:
    """A branch and its interval of the tree; `voters` are its own, not summed."""

    id: UUID
    code: str
    level: str
    name: str
    place: int
    place_end: int
    voters: int | None
    parent_id: UUID | None

    @property
    def interval(self) -> Interval:
        return Interval(self.place, self.place_end)


def branch_label(branch: Branch) -> str:
    """A branch's name in the reader's language."""
    russian = (get_language() or "ru").startswith("ru")
    return branch.name_ru if russian and branch.name_ru else branch.name


def living(on: date) -> QuerySet[Branch]:
    """Branches opened on or before that day and closed, if at all, after it."""
    return Branch.objects.filter(
        Q(opened_on=None) | Q(opened_on__lte=on), Q(closed_on=None) | Q(closed_on__gt=on)
    )


def visible_to(actor: Actor) -> QuerySet[Branch]:
    """The branches of the actor's scope; none without the right to see branches."""
    if actor.scope is None or Permission.SEE_BRANCHES not in actor.permissions:
        return Branch.objects.none()
    return Branch.objects.filter(place__gte=actor.scope.start, place__lte=actor.scope.end)


def unit_coded(code: str, *, actor: Actor) -> Unit | None:
    """The branch of that code, living or not, if the actor sees it."""
    found = visible_to(actor).filter(code=code).first()
    return None if found is None else _unit(found)


def own_unit(actor: Actor) -> Unit | None:
    """The branch at the top of the actor's scope: that of their post, else the root."""
    if actor.scope is None:
        return None
    top = visible_to(actor).order_by("place")
    found = top.filter(parent=None) if actor.scope == WHOLE else top
    first = found.first()
    return None if first is None else _unit(first)


def units_above(unit: Unit, *, actor: Actor) -> list[Unit]:
    """The branches that contain it, from the highest that the actor sees down."""
    above = visible_to(actor).filter(place__lt=unit.place, place_end__gte=unit.place_end)
    return [_unit(branch) for branch in above.order_by("place")]


def units_below(unit: Unit, *, on: date, actor: Actor) -> list[Unit]:
    """Its living children, by name."""
    children = living(on) & visible_to(actor).filter(parent_id=unit.id)
    return sorted((_unit(branch) for branch in children), key=_in_order)


def units_placed(places: Sequence[int], *, actor: Actor) -> list[Unit]:
    """The branches that stand at these places of the tree, in the tree's order."""
    found = visible_to(actor).filter(place__in=places).order_by("place")
    return [_unit(branch) for branch in found]


def codes_of_units(ids: Collection[UUID], *, actor: Actor) -> dict[UUID, str]:
    """Codes by id, of those that the actor sees."""
    return dict(visible_to(actor).filter(id__in=ids).values_list("id", "code"))


def parent_names(units: Sequence[Unit], *, actor: Actor) -> dict[UUID, str]:
    """The names of the units' parents by their ids, of those that the actor sees."""
    found = visible_to(actor).filter(id__in={unit.parent_id for unit in units if unit.parent_id})
    return {branch.id: branch_label(branch) for branch in found}


def unit_names(codes: Sequence[str], *, actor: Actor) -> dict[str, str]:
    """Names by code, of those that the actor sees."""
    found = visible_to(actor).filter(code__in=set(codes))
    return {branch.code: branch_label(branch) for branch in found}


def primary_places(interval: Interval, *, on: date) -> list[int]:
    """The places of the interval's living primary branches, ascending."""
    found = living_primaries(interval, on=on)
    return list(found.order_by("place").values_list("place", flat=True))


def living_primaries(interval: Interval, *, on: date) -> QuerySet[Branch]:
    """The interval's living primary branches."""
    return living(on).filter(level="primary", place__gte=interval.start, place__lte=interval.end)


def _unit(branch: Branch) -> Unit:
    return Unit(
        id=branch.id,
        code=branch.code,
        level=branch.level,
        name=branch_label(branch),
        place=branch.place,
        place_end=branch.place_end,
        voters=branch.voters,
        parent_id=branch.parent_id,
    )


def _in_order(unit: Unit) -> tuple[str, int, str]:
    """By name, with the numbers of primary branches as numbers: 2 before 10."""
    digits = "".join(mark for mark in unit.code.rpartition("/")[2] if mark.isdigit())
    words = "".join(mark for mark in unit.name if not mark.isdigit()).casefold()
    return (words, int(digits or 0), unit.code)
