"""What people ask about, by subject and place; small groups are hidden by the policy's measure."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils import timezone

from pervichka.register.branches.queries.units import Unit
from pervichka.work.casework.models import Appeal
from pervichka.work.casework.subjects import subjects
from pervichka.work.casework.suppression import TOTAL, hidden, with_totals
from pervichka.work.casework.terms import policy


@dataclass(frozen=True, kw_only=True)
class Cell:
    """`number` is none where it is hidden."""

    number: int | None


@dataclass(frozen=True, kw_only=True)
class Row:
    """A place; `total` is none where it is hidden."""

    unit: Unit
    cells: Sequence[Cell]
    total: int | None


@dataclass(frozen=True, kw_only=True)
class Table:
    """Columns are subjects, in their order; `k` is the smallest group that is shown."""

    subjects: Sequence[str]
    rows: Sequence[Row]
    totals: Sequence[Cell]
    total: int | None
    k: int


def table_of(units: Sequence[Unit], *, year: int) -> Table:
    """Appeals that came in that year to these branches and below them, by subject. One query.

    Whose part of the tree is counted is said by the scope in force. A subject that nobody asked
    about and a place from which nobody asked don't stand in it.
    """
    k = policy().smallest_group
    counts: Counter[tuple[str, str]] = Counter()
    ordered = sorted(units, key=lambda unit: unit.place)
    begins, ends = _moment(date(year, 1, 1)), _moment(date(year + 1, 1, 1))
    came = Appeal.objects.filter(received_at__gte=begins, received_at__lt=ends)
    for place, subject in came.values_list("origin__place", "subject"):
        unit = next((one for one in ordered if one.place <= place <= one.place_end), None)
        if unit is not None:
            counts[unit.code, subject] += 1
    asked = [code for code in subjects() if any(key[1] == code for key in counts)]
    there = [unit for unit in units if any(key[0] == unit.code for key in counts)]
    whole = with_totals(counts, [unit.code for unit in there], asked)
    marks = hidden(whole, k)

    def shown(row: str, column: str) -> int | None:
        return None if (row, column) in marks else whole[row, column]

    return Table(
        subjects=asked,
        rows=[
            Row(
                unit=unit,
                cells=[Cell(number=shown(unit.code, subject)) for subject in asked],
                total=shown(unit.code, TOTAL),
            )
            for unit in there
        ],
        totals=[Cell(number=shown(TOTAL, subject)) for subject in asked],
        total=shown(TOTAL, TOTAL),
        k=k,
    )


def _moment(day: date) -> datetime:
    return datetime.combine(day, time.min, timezone.get_default_timezone())
