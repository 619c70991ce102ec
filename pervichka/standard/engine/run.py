"""A standard over one month's tables: every living branch's counts, values, points and grade."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

import pyarrow as pa
import pyarrow.compute as pc

from pervichka.foundation.periods import Month
from pervichka.standard.engine import arithmetic
from pervichka.standard.engine.compile import compile_standard
from pervichka.standard.engine.load import fetch, loaded, store
from pervichka.standard.engine.plan import Plan
from pervichka.standard.engine.result import BranchScore, Scores, plain
from pervichka.standard.engine.tables import Tables
from pervichka.standard.rulebook.document import (
    LEVELS,
    Criterion,
    Indicator,
    Level,
    ShareOf,
    Standard,
)


def run(
    standard: Standard,
    tables: Tables,
    month: Month,
    *,
    threads: int | None = None,
    memory: str | None = None,
) -> list[BranchScore]:
    """Score every living branch, ordered by its code.

    `memory` is a limit such as `2GB`. The result is the same to the last bit on any machine.
    """
    return list(scores(standard, tables, month, threads=threads, memory=memory).rows())


def scores(
    standard: Standard,
    tables: Tables,
    month: Month,
    *,
    threads: int | None = None,
    memory: str | None = None,
) -> Scores:
    """The same as `run`, by column: what a nation's worth of branches is stored from."""
    plan = compile_standard(standard)
    dates = plan.dates(month)
    with loaded(tables, threads=threads, memory=memory) as connection:
        for step in plan.steps:
            store(connection, step.name, step.sql, dates)
            for table in step.frees:
                connection.execute(f"DROP TABLE {table}")
        counted = fetch(connection, "SELECT * FROM counts ORDER BY branch")
    return _Calculation(standard, month, plan, counted.combine_chunks()).scores()


def standing(indicator: Indicator) -> list[Level]:
    """The levels at which an indicator stands: its own, and none below a `share_of`."""
    measure = indicator.measure
    lowest = LEVELS.index(measure.level) if isinstance(measure, ShareOf) else len(LEVELS)
    return [level for level in indicator.levels if LEVELS.index(level) <= lowest]


def weight_shares(standard: Standard, level: Level, month: Month) -> list[float]:
    """Each indicator's share of weight at a level, 0 where it has none; in the document's order.

    A share is its criterion's weight × its own ÷ the weights in that criterion at that level.
    """
    shares = []
    for criterion in standard.criteria:
        at_level = [
            level in standing(indicator) and not indicator.on_trial(month.end)
            for indicator in criterion.indicators
        ]
        weights = 0.0
        for indicator, counts in zip(criterion.indicators, at_level, strict=True):
            weights += indicator.weight if counts else 0.0
        shares += [
            criterion.weight * indicator.weight / weights if counts else 0.0
            for indicator, counts in zip(criterion.indicators, at_level, strict=True)
        ]
    return shares


@dataclass(frozen=True)
class _Calculation:
    standard: Standard
    month: Month
    plan: Plan
    counted: pa.Table

    def scores(self) -> Scores:
        indicators = self.standard.indicators
        counts = [self.counts(at) for at in range(len(indicators))]
        values = [
            arithmetic.value(indicator, above, below)
            for indicator, (above, below) in zip(indicators, counts, strict=True)
        ]
        points = [
            arithmetic.points(indicator, column)
            for indicator, column in zip(indicators, values, strict=True)
        ]
        criteria = self.criteria(points)
        weights = [criterion.weight for criterion in self.standard.criteria]
        totals = arithmetic.mean(criteria, weights, self.size)
        nothing = pa.nulls(self.size, pa.float64())
        return Scores(
            branches=self.counted["branch"].to_pylist(),
            levels=self.levels,
            numerators=[above for above, _ in counts],
            denominators=[nothing if below is None else below for _, below in counts],
            values=values,
            points=points,
            criteria=criteria,
            totals=totals,
            grades=self.grades(values, totals),
        )

    @property
    def size(self) -> int:
        return len(self.levels)

    @cached_property
    def levels(self) -> list[str]:
        levels: list[str] = self.counted["level"].to_pylist()
        return levels

    @cached_property
    def spans(self) -> list[tuple[int, int]]:
        """Each branch's place and the last place of its subtree."""
        places = self.counted["place"].to_pylist(), self.counted["place_end"].to_pylist()
        return list(zip(*places, strict=True))

    def at_level(self, levels: Collection[Level]) -> pa.Array:
        return pc.is_in(self.counted["level"].combine_chunks(), pa.array(levels, pa.string()))

    def counts(self, at: int) -> tuple[pa.Array, pa.Array | None]:
        """An indicator's numerator and denominator; null where it does not stand."""
        indicator, columns = self.standard.indicators[at], self.plan.indicators[at]
        above = self.doubles(columns.numerator)
        below = None if columns.denominator is None else self.doubles(columns.denominator)
        if isinstance(indicator.measure, ShareOf):
            above, below = self.share(indicator.measure, above)
        stands = self.at_level(standing(indicator))
        above = pc.if_else(stands, above, None)
        return above, None if below is None else pc.if_else(stands, below, None)

    def doubles(self, column: str) -> pa.Array:
        return arithmetic.nearest(self.counted[column].combine_chunks(), self.plan.scales[column])

    def share(self, measure: ShareOf, having: pa.Array) -> tuple[pa.Array, pa.Array]:
        """In each subtree the branches of the level for which `having` holds, and all of them."""
        level = [one == measure.level for one in self.levels]
        reached = pc.greater_equal(having, float(measure.at_least)).to_pylist()
        holding = [one and enough for one, enough in zip(level, reached, strict=True)]
        return self.within(holding), self.within(level)

    def within(self, flags: list[bool]) -> pa.Array:
        """How many flagged branches each subtree holds."""
        flagged = sorted(place for (place, _), flag in zip(self.spans, flags, strict=True) if flag)
        counts = [bisect_right(flagged, end) - bisect_left(flagged, place)
                  for place, end in self.spans]  # fmt: skip
        return pa.array(counts, pa.float64())

    def criteria(self, points: list[pa.Array]) -> list[pa.Array]:
        """Each criterion's points: the mean of its indicators', those on trial left out."""
        columns, start = [], 0
        for criterion in self.standard.criteria:
            own = points[start : start + len(criterion.indicators)]
            start += len(criterion.indicators)
            columns.append(self.criterion(criterion, own))
        return columns

    def criterion(self, criterion: Criterion, points: list[pa.Array]) -> pa.Array:
        counted = [
            (column, indicator.weight)
            for column, indicator in zip(points, criterion.indicators, strict=True)
            if not indicator.on_trial(self.month.end)
        ]
        return arithmetic.mean(
            [column for column, _ in counted], [weight for _, weight in counted], self.size
        )

    def grades(self, values: list[pa.Array], totals: pa.Array) -> list[str | None]:
        """A grade where there are points and enough of the weight has a value."""
        enough = self.enough(values)
        return [
            arithmetic.grade(self.standard.grades, total) if total is not None and sure else None
            for total, sure in zip(plain(totals), enough, strict=True)
        ]

    def enough(self, values: list[pa.Array]) -> list[bool]:
        """Where the indicators with a value carry the weight that a grade needs."""
        needed = self.standard.grade_needs - arithmetic.LEEWAY
        enough = pa.array([False] * self.size)
        for level in LEVELS:
            shares = weight_shares(self.standard, level, self.month)
            could = 0.0
            for share in shares:  # not `sum`, which corrects its rounding from Python 3.12 on
                could += share
            if could > 0:
                part = pc.divide(arithmetic.carried(values, shares, self.size), could)
                reached = pc.greater_equal(part, needed)
                enough = pc.if_else(self.at_level([level]), reached, enough)
        flags: list[bool] = enough.to_pylist()
        return flags
