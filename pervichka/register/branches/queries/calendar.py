"""Days of the territory's calendar on which more is refused than on others."""

from datetime import date
from functools import cache

from django.conf import settings

from pervichka.register.branches.packs.calendar import load_voting_days


@cache
def _voting_days() -> frozenset[date]:
    return load_voting_days(settings.PACK)


def is_voting_day(day: date) -> bool:
    return day in _voting_days()
