"""Periods of the calendar: the scored month and the month, quarter or year that contains it."""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Self

from pervichka.foundation.refusal import refuse

_MONTH = re.compile(r"(\d{4})-(\d{2})")


class PeriodKind(StrEnum):
    """How much of the calendar an indicator counts, up to the scored month's last day."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


@dataclass(frozen=True, order=True)
class Month:
    """A calendar month, written `2026-10`."""

    year: int
    number: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `2026-10`; raises `Refused` for anything else."""
        match = _MONTH.fullmatch(text)
        if match is None or not 1 <= int(match[2]) <= 12 or int(match[1]) < 1:
            raise refuse("{text} is not a month; write it like 2026-10", text=repr(text))
        return cls(int(match[1]), int(match[2]))

    @classmethod
    def of(cls, day: date) -> Self:
        return cls(day.year, day.month)

    @property
    def start(self) -> date:
        return date(self.year, self.number, 1)

    @property
    def end(self) -> date:
        """The last day of the month: the `period_end` of everything scored for it."""
        return date(self.year, self.number, calendar.monthrange(self.year, self.number)[1])

    def start_of(self, kind: PeriodKind) -> date:
        """The first day of the month, quarter or year that contains this month."""
        if kind is PeriodKind.MONTH:
            return self.start
        if kind is PeriodKind.QUARTER:
            return date(self.year, 3 * ((self.number - 1) // 3) + 1, 1)
        return date(self.year, 1, 1)

    def plus(self, months: int) -> "Month":
        index = self.year * 12 + self.number - 1 + months
        return Month(index // 12, index % 12 + 1)

    def until(self, last: "Month") -> Iterator["Month"]:
        """This month and every later one up to and including `last`."""
        month = self
        while month <= last:
            yield month
            month = month.plus(1)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"


def minus_months(day: date, months: int) -> date:
    """The same day `months` earlier, clamped to that month's end (31 March - 1 month = 28 Feb)."""
    month = Month.of(day).plus(-months)
    return date(month.year, month.number, min(day.day, month.end.day))
