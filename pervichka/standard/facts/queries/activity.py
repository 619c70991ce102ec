"""Where something happened and where nothing did: places of the tree, by facts."""

from collections.abc import Collection
from datetime import date, timedelta

from pervichka.register.access.actor import Interval
from pervichka.register.branches.queries.units import primary_places
from pervichka.standard.facts.models import Fact

SILENCE_DAYS = 90
"""A primary branch that met nobody for so many days is silent."""

MET = ("meeting.held", "event.held")


def places_with(kinds: Collection[str], interval: Interval, *, first: date, last: date) -> set[int]:
    """The places of the interval where a fact of these kinds happened, both days included."""
    facts = Fact.objects.filter(
        kind__in=kinds,
        occurred_on__gte=first,
        occurred_on__lte=last,
        place__gte=interval.start,
        place__lte=interval.end,
    )
    return set(facts.order_by().values_list("place", flat=True).distinct())


def silent_places(interval: Interval, *, on: date) -> list[int]:
    """The living primary branches that held no meeting and no event in the 90 days up to `on`."""
    first = on - timedelta(days=SILENCE_DAYS - 1)
    met = places_with(MET, interval, first=first, last=on)
    return [place for place in primary_places(interval, on=on) if place not in met]
