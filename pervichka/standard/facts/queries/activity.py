"""Where something happened and where nothing did: places of the tree, by facts."""

from collections.abc import Collection
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from pervichka.register.access.actor import Interval
from pervichka.register.branches.queries.units import living_primaries
from pervichka.standard.facts.models import Fact

SILENCE_DAYS = 90
"""A primary branch that met nobody for so many days is silent."""

MET = ("meeting.held", "event.held")


def silent_places(interval: Interval, *, on: date) -> list[int]:
    """The living primary branches that held no meeting and no event in the 90 days up to `on`."""
    first = on - timedelta(days=SILENCE_DAYS - 1)
    silent = living_primaries(interval, on=on).filter(~Exists(_facts_of(MET, first, on)))
    return list(silent.order_by("place").values_list("place", flat=True))


def _facts_of(kinds: Collection[str], first: date, last: date) -> QuerySet[Fact]:
    """A branch's facts of these kinds, both days included."""
    return Fact.objects.filter(
        place=OuterRef("place"), kind__in=kinds, occurred_on__gte=first, occurred_on__lte=last
    )
