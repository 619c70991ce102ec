"""The way down to a page: the units above it that the reader sees."""

from dataclasses import dataclass

from django.urls import reverse

from pervichka.register.access.actor import Actor
from pervichka.register.branches.queries.units import Unit, units_above


@dataclass(frozen=True)
class Crumb:
    title: str
    address: str


def crumbs_to(unit: Unit, actor: Actor, query: str = "", *, itself: bool = False) -> list[Crumb]:
    """The units above, from the highest down; with the unit itself for a page below its own."""
    units = [*units_above(unit, actor=actor), *([unit] if itself else [])]
    return [Crumb(one.name, reverse("web:branch", args=[one.code]) + query) for one in units]
