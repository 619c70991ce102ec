"""Days of a territory's calendar: `voting_days.csv` and `days_off.csv` beside its pack."""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from pervichka.foundation.tabular import Check, read_rows
from pervichka.register.branches.packs.reader import folder_of

FILE = "voting_days.csv"
DAYS_OFF_FILE = "days_off.csv"
_SATURDAY = 5
_OFF, _WORKING = "off", "working"


@dataclass(frozen=True, kw_only=True)
class WorkingCalendar:
    """Saturdays and Sundays are off but for `working`; other days work but for `off`."""

    off: frozenset[date] = frozenset()
    working: frozenset[date] = frozenset()

    def is_off(self, day: date) -> bool:
        return day in self.off or (day.weekday() >= _SATURDAY and day not in self.working)


def load_working_calendar(source: str | Path) -> WorkingCalendar:
    """The working days of the pack; plain weeks where it has no such file. Raises `Refused`."""
    file = folder_of(source) / DAYS_OFF_FILE
    if not file.exists():
        return WorkingCalendar()
    check = Check(file.name)
    days: dict[str, set[date]] = {_OFF: set(), _WORKING: set()}
    for row in read_rows(file, required=("day", "kind"), optional=("what",)):
        day = check.day(row, "day", required=True)
        kind = check.choice(row, "kind", (_OFF, _WORKING))
        if day and kind:
            days[kind].add(day)
    check.close()
    return WorkingCalendar(off=frozenset(days[_OFF]), working=frozenset(days[_WORKING]))


def load_voting_days(source: str | Path) -> frozenset[date]:
    """Every voting day of the pack; none where it has no such file. Raises `Refused`."""
    file = folder_of(source) / FILE
    if not file.exists():
        return frozenset()
    check = Check(file.name)
    days: set[date] = set()
    for row in read_rows(file, required=("first", "last"), optional=("what",)):
        first = check.day(row, "first", required=True)
        last = check.day(row, "last", required=True)
        if first and last:
            days |= {first + timedelta(days=day) for day in range((last - first).days + 1)}
    check.close()
    return frozenset(days)
