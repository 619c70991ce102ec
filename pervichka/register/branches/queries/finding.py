"""Branches as anyone may choose one: their names alone, which are public."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, QuerySet

from pervichka.register.branches.models import LEVEL_DEPTH, Branch, LevelOfTree
from pervichka.register.branches.queries.units import branch_label, living


@dataclass(frozen=True, kw_only=True)
class Named:
    """A branch that can be chosen."""

    code: str
    name: str


def regions_to_choose(*, on: date) -> Sequence[Named]:
    """The living regional branches, by name."""
    return _named(living(on).filter(level=LevelOfTree.REGIONAL))


def locals_to_choose(region: str, *, on: date) -> Sequence[Named]:
    """The living local branches of a regional one, by name; none of an unknown one."""
    return _named(living(on).filter(level=LevelOfTree.LOCAL, parent__code=region))


def branch_of_territory(
    *, region: str, local: str, precinct: int | None, on: date
) -> Branch | None:
    """The lowest living branch that stands for a place that somebody named.

    The one that covers the precinct of that number in the region, if there is one; else the local
    branch; else the regional one. None where no such region has a branch.
    """
    regional = living(on).filter(level=LevelOfTree.REGIONAL, code=region).first()
    if regional is None:
        return None
    below = living(on).filter(place__gte=regional.place, place__lte=regional.place_end)
    if precinct is not None:
        in_force = Q(precinct_links__valid_from=None) | Q(precinct_links__valid_from__lte=on)
        in_force &= Q(precinct_links__valid_to=None) | Q(precinct_links__valid_to__gt=on)
        covering = below.filter(
            in_force,
            precinct_links__precinct__region=region,
            precinct_links__precinct__number=precinct,
        ).first()
        if covering is not None:
            return covering
    return below.filter(level=LevelOfTree.LOCAL, code=local).first() or regional


def unit_for(branch: Branch, *, level: str, on: date) -> Branch:
    """The living branch of that level above it; where there is none, the next one below that."""
    above = living(on).filter(place__lte=branch.place, place_end__gte=branch.place)
    fitting = [one for one in above if LEVEL_DEPTH[one.level] >= LEVEL_DEPTH[level]]
    return min(fitting, key=lambda one: LEVEL_DEPTH[one.level], default=branch)


def line_of(branch: Branch, *, on: date) -> Sequence[Branch]:
    """The living branches above it, the highest first, and then those right below it, by name."""
    above = living(on).filter(place__lt=branch.place, place_end__gte=branch.place_end)
    below = living(on).filter(parent=branch)
    return [*above.order_by("place"), *below.order_by(F("name"))]


def _named(branches: QuerySet[Branch]) -> Sequence[Named]:
    found = [Named(code=branch.code, name=branch_label(branch)) for branch in branches]
    return sorted(found, key=lambda one: one.name)
