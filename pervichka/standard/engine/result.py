"""What a run yields, from the engine and the referee alike."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import repeat
from typing import TypeVar

import pyarrow as pa

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class IndicatorScore:
    """Numerator and denominator are the exact counts as nearest doubles; none where not counted.

    `value` is none where the indicator does not apply to the branch; so then is `points`.
    """

    numerator: float | None
    denominator: float | None
    value: float | None
    points: float | None


@dataclass(frozen=True, slots=True)
class BranchScore:
    """One living branch in one month; the tuples stand in the document's order."""

    branch: str
    level: str
    indicators: tuple[IndicatorScore, ...]
    criteria: tuple[float | None, ...]
    points: float | None
    grade: str | None


@dataclass(frozen=True, slots=True)
class Scores:
    """The same numbers by column: every living branch, ordered by its code.

    `numerators`, `denominators`, `values`, `points` hold an Arrow array of doubles per indicator
    and `criteria` one per criterion, in the document's order; an absent number is a null in them.
    """

    branches: list[str]
    levels: list[str]
    numerators: list[pa.Array]
    denominators: list[pa.Array]
    values: list[pa.Array]
    points: list[pa.Array]
    criteria: list[pa.Array]
    totals: pa.Array
    grades: list[str | None]

    def rows(self) -> Iterator[BranchScore]:
        """A score per branch."""
        by_indicator = (
            [IndicatorScore(*four) for four in zip(*map(plain, columns), strict=True)]
            for columns in zip(
                self.numerators, self.denominators, self.values, self.points, strict=True
            )
        )
        indicators = _by_branch(list(by_indicator), len(self.branches))
        criteria = _by_branch([plain(column) for column in self.criteria], len(self.branches))
        totals = plain(self.totals)
        columns = (self.branches, self.levels, indicators, criteria, totals, self.grades)
        for row in zip(*columns, strict=True):
            yield BranchScore(*row)


def _by_branch(columns: list[list[T]], size: int) -> Iterator[tuple[T, ...]]:
    # Of no columns at all `zip` would make no rows.
    return zip(*columns, strict=True) if columns else repeat((), size)


def plain(column: pa.Array) -> list[float | None]:
    """An Arrow column of doubles as a list; many times faster than `to_pylist`."""
    there = column.is_valid()
    if isinstance(column, pa.ChunkedArray):
        column, there = column.combine_chunks(), there.combine_chunks()
    numbers = memoryview(column.buffers()[1]).cast("d")[column.offset :][: len(column)].tolist()
    if not column.null_count:
        return list(numbers)
    nulls = there.cast(pa.uint8())
    flags = memoryview(nulls.buffers()[1])[nulls.offset :][: len(nulls)]
    return [number if flag else None for number, flag in zip(numbers, flags, strict=True)]
