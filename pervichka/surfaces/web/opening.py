"""Where a number leads."""

from django.urls import reverse

from pervichka.register.access.actor import Actor
from pervichka.register.access.permissions import Permission
from pervichka.register.branches.queries.units import Unit


def evidence_address(indicator: str, unit: Unit, query: str, actor: Actor) -> str:
    """The page of the records behind a unit's number; empty for whoever may not open it."""
    if not actor.may(Permission.SEE_EVIDENCE, unit.place):
        return ""
    return reverse("web:evidence", args=[indicator, unit.code]) + query
