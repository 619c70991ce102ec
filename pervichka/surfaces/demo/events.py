"""A year of meetings and events, branch by branch and month by month."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from pervichka.foundation.periods import Month
from pervichka.surfaces.demo.gathering import Gathering
from pervichka.surfaces.demo.habits import HABITS, SEASON, Habit
from pervichka.surfaces.demo.plan import Temper, Unit
from pervichka.surfaces.demo.rows import Events
from pervichka.surfaces.demo.seeded import Chance, at_clock
from pervichka.surfaces.demo.words import EVENTS

MONTHS = 12
_AHEAD = timedelta(days=21)
_HOLIDAYS_END = 9
_CANCELLED = 0.04
_EVENINGS = ((18, 0), (18, 30), (19, 0))


@dataclass(kw_only=True)
class Staged:
    """Branches whose last weeks are set for the tour: one has its meeting still to be ticked."""

    to_tick: set[str] = field(default_factory=set)


def make_events(
    units: list[Unit], seed: int, today: date, zone: ZoneInfo, staged: Staged
) -> Events:
    """Events from the same month of last year until three weeks from now."""
    made = Events()
    first = Month.of(today).plus(-MONTHS)
    for unit in units:
        year = _Year(unit, Chance.of(seed, unit.row.code, "events"), made, today, zone)
        year.staged = unit.row.code in staged.to_tick
        for month in first.until(Month.of(today + _AHEAD)):
            year.month(month)
        if year.staged:
            year.still_to_tick()
    return made


class _Year:
    def __init__(
        self, unit: Unit, chance: Chance, made: Events, today: date, zone: ZoneInfo
    ) -> None:
        self._unit, self._chance, self._made, self._today, self._zone = (
            unit, chance, made, today, zone,
        )  # fmt: skip
        self.staged = False
        self._habit: Habit = HABITS[unit.temper or Temper.AVERAGE]

    def month(self, month: Month) -> None:
        chance, padding = self._chance, self._unit.temper is Temper.PADDING
        force = 1.0 if padding else SEASON[month.number] * self._unit.strength
        if chance.happens(min(0.97, self._habit.meets * force)):
            self._gather(month, "general_meeting", "")
        for again in (1.0, 0.35):
            if chance.happens(min(0.97, self._habit.gathers * force * again)):
                kind, title = self._what(month)
                self._gather(month, kind, title)

    def still_to_tick(self) -> None:
        """A meeting of yesterday evening: people came, and nobody has been ticked yet."""
        day = self._today - timedelta(days=1)
        starts_at = at_clock(day, 18, 30, self._zone)
        planned = at_clock(day - timedelta(days=8), 12, 10, self._zone)
        self._gathering("general_meeting", "", starts_at, planned).plan(everyone=True)

    def _what(self, month: Month) -> tuple[str, str]:
        if month.number in {4, 5, 9, 10} and self._chance.happens(0.35):
            return "community_work", "Субботник"
        return self._chance.choice(EVENTS)

    def _gather(self, month: Month, kind: str, title: str) -> None:
        day = self._day(month)
        if day is None:
            return
        chance = self._chance
        hour, minute = chance.choice(_EVENINGS) if day.weekday() < 5 else (11, 0)
        starts_at = at_clock(day, hour, minute, self._zone)
        if self._unit.temper is Temper.PADDING and day < self._today:
            self._gathering(kind, title, starts_at, self._burst(month, day)).padded()
            return
        ahead = timedelta(days=chance.randrange(3, 13), minutes=chance.randrange(600))
        planned_at = min(starts_at, at_clock(self._today, 7, 0, self._zone)) - ahead
        gathering = self._gathering(kind, title, starts_at, planned_at)
        if day >= self._today:
            gathering.plan()
        elif chance.happens(_CANCELLED):
            gathering.cancel()
        elif self._unit.temper in {Temper.WEAK, Temper.DORMANT} and chance.happens(0.12):
            # Planned, and nobody ever said whether it took place.
            gathering.plan()
        else:
            gathering.hold()

    def _gathering(
        self, kind: str, title: str, starts_at: datetime, planned_at: datetime
    ) -> Gathering:
        return Gathering(
            unit=self._unit,
            habit=self._habit,
            chance=self._chance,
            made=self._made,
            kind=kind,
            title=title,
            starts_at=starts_at,
            planned_at=planned_at,
            today=self._today,
        )

    def _burst(self, month: Month, day: date) -> datetime:
        """When a padded month is written down: all of it on one late evening at its end."""
        evening = min(month.end, self._today - timedelta(days=1))
        late = at_clock(max(evening, day), 22, 0, self._zone)
        return late + timedelta(
            minutes=self._chance.randrange(40), seconds=self._chance.randrange(60)
        )

    def _day(self, month: Month) -> date | None:
        """A day of the month on which this branch existed and did something; none: it rests."""
        chance, row = self._chance, self._unit.row
        day = month.start + timedelta(days=chance.randrange(month.end.day))
        if month.number == 1 and day.day <= _HOLIDAYS_END:
            return None
        ends = [self._today + _AHEAD, self._unit.silent_since, row.closed_on]
        if day >= min(end for end in ends if end) or day < (row.opened_on or day):
            return None
        # In the tour's branch nothing was decided for a quarter, so that one meeting can be seen.
        if self.staged and day > self._today - timedelta(days=100):
            return None
        return day
