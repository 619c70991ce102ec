"""The compiled form of a standard: named SQL steps and where each indicator finds its counts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from pervichka.foundation.periods import Month, PeriodKind, minus_months
from pervichka.standard.rulebook.document import Window


@dataclass(frozen=True)
class Step:
    """A temporary table of its own, which can be looked at; `sql` is the query that fills it.

    `frees` names the large tables that no later step reads.
    """

    name: str
    sql: str
    frees: tuple[str, ...] = ()


@dataclass(frozen=True)
class Counts:
    """The columns of the last step that hold an indicator's counts.

    Of a `share_of`, `numerator` is what `having` counts, and there is no denominator column.
    """

    numerator: str
    denominator: str | None


@dataclass(frozen=True)
class Plan:
    """A standard compiled once, for any month.

    Steps run in order; the last, `counts`, has a row per living branch by its code: `branch`,
    `level`, `place`, `place_end` and a column per different aggregate, an integer of its last
    decimal (`scales`). `parameters` are the dates that a month sets in the steps (`dates`).
    """

    steps: tuple[Step, ...]
    indicators: tuple[Counts, ...]
    scales: Mapping[str, int]
    parameters: Mapping[str, PeriodKind | Window | None]

    def dates(self, month: Month) -> dict[str, date]:
        return {name: moment(bound, month) for name, bound in self.parameters.items()}


def moment(bound: PeriodKind | Window | None, month: Month) -> date:
    """A parameter's date: a period's first day, the day before a window's first, or the end."""
    try:
        return _moment(bound, month)
    except (OverflowError, ValueError):  # a window that begins before the calendar
        return date.min


def _moment(bound: PeriodKind | Window | None, month: Month) -> date:
    match bound:
        case None:
            return month.end
        case PeriodKind():
            return month.start_of(bound)
        case Window(days=int(days)):
            return month.end - timedelta(days=days)
        case Window(months=int(months)):
            return minus_months(month.end, months)
    raise TypeError(bound)


def parameter(bound: PeriodKind | Window | None) -> str:
    """The name under which a bound stands in SQL, after a dollar sign."""
    match bound:
        case None:
            return "period_end"
        case PeriodKind():
            return f"{bound}_start"
        case Window(days=int(days)):
            return f"before_{days}_days"
        case Window(months=int(months)):
            return f"before_{months}_months"
    raise TypeError(bound)
