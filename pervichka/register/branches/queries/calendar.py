"""Days of the territory's calendar: those on which more is refused, and those that work."""

from datetime import date, timedelta
from functools import cache

from django.conf import settings

from pervichka.register.branches.packs.calendar import (
    WorkingCalendar,
    load_voting_days,
    load_working_calendar,
)


@cache
def _voting_days() -> frozenset[date]:
    return load_voting_days(settings.PACK)


@cache
def _working_calendar() -> WorkingCalendar:
    return load_working_calendar(settings.PACK)


def is_voting_day(day: date) -> bool:
    return day in _voting_days()


def is_day_off(day: date) -> bool:
    return _working_calendar().is_off(day)


def working_day(day: date, *, before: bool) -> date:
    """The day itself if it works, else the nearest one that does, before or after it."""
    step = timedelta(days=-1 if before else 1)
    while is_day_off(day):
        day += step
    return day
