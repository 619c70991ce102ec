"""The standard computed the slow and obvious way: what the engine must equal to the last bit.

Plain Python over lists of rows. It shares no arithmetic with the engine, only the types of the
document and of the result, and prefers the contract's own words to speed.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction

import pyarrow as pa

from pervichka.foundation.periods import Month
from pervichka.standard.engine.meaning import Row, Value, holds, moved
from pervichka.standard.engine.result import BranchScore, IndicatorScore
from pervichka.standard.engine.tables import Tables
from pervichka.standard.rulebook.document import (
    Aggregate,
    Count,
    Criterion,
    Distinct,
    Indicator,
    Level,
    ShareOf,
    Standard,
    Sum,
)
from pervichka.standard.rulebook.expressions import Type
from pervichka.standard.rulebook.where import parse_where

EVIDENCE = ["self_reported", "observed", "verified"]
DEPTH = ["federal", "regional", "local", "primary"]
NOT_COUNTED = IndicatorScore(numerator=None, denominator=None, value=None, points=None)


def score(standard: Standard, tables: Tables, month: Month) -> list[BranchScore]:
    """A score per living branch, ordered by its code."""
    court = _Court(standard, tables, month)
    return [court.branch(row) for row in sorted(court.living, key=lambda row: str(row["branch"]))]


class _Court:
    def __init__(self, standard: Standard, tables: Tables, month: Month) -> None:
        self.standard = standard
        self.month = month
        self.living = _rows(tables.branches)
        self.places = {row["branch"]: row["place"] for row in _rows(tables.places)}
        self.rows = {
            name: _rows(getattr(tables, name))
            for name in ("facts", "people", "posts", "branches", "precincts", "sites")
        }
        self._counted: dict[tuple[int, int, bool], list[Row]] = {}

    def branch(self, branch: Row) -> BranchScore:
        level = str(branch["level"])
        indicators = [self.indicator(one, branch) for one in self.standard.indicators]
        criteria, start = [], 0
        for criterion in self.standard.criteria:
            own = indicators[start : start + len(criterion.indicators)]
            start += len(own)
            criteria.append(self.criterion(criterion, own))
        pairs = list(zip(criteria, [one.weight for one in self.standard.criteria], strict=True))
        points = _mean([(one, weight) for one, weight in pairs if one is not None])
        return BranchScore(
            branch=str(branch["branch"]),
            level=level,
            indicators=tuple(indicators),
            criteria=tuple(criteria),
            points=points,
            grade=self.grade(level, indicators, points),
        )

    def criterion(self, criterion: Criterion, scores: Sequence[IndicatorScore]) -> float | None:
        return _mean([
            (one.points, indicator.weight)
            for indicator, one in zip(criterion.indicators, scores, strict=True)
            if one.points is not None and not indicator.on_trial(self.month.end)
        ])  # fmt: skip

    def indicator(self, indicator: Indicator, branch: Row) -> IndicatorScore:
        if branch["level"] not in indicator.levels:
            return NOT_COUNTED
        measure = indicator.measure
        if isinstance(measure, ShareOf):
            if DEPTH.index(str(branch["level"])) > DEPTH.index(measure.level):
                return NOT_COUNTED
            numerator, denominator = self.share(indicator, measure, branch)
            return _scored(indicator, numerator, denominator, 1.0)
        numerator = self.count(indicator, measure.numerator, branch, proved=True)
        if measure.denominator is None:
            value = float(numerator) * measure.per
            return IndicatorScore(float(numerator), None, value, _points(indicator, value))
        denominator = self.count(indicator, measure.denominator, branch, proved=False)
        return _scored(indicator, numerator, denominator, measure.per)

    def share(
        self, indicator: Indicator, measure: ShareOf, branch: Row
    ) -> tuple[Fraction, Fraction]:
        inside = [
            row
            for row in self.living
            if row["level"] == measure.level and _inside(row["place"], branch)
        ]
        holding = [
            row
            for row in inside
            if float(self.count(indicator, measure.having, row, proved=True)) >= measure.at_least
        ]
        return Fraction(len(holding)), Fraction(len(inside))

    def count(
        self, indicator: Indicator, aggregate: Aggregate, branch: Row, *, proved: bool
    ) -> Fraction:
        """An aggregate over a branch's whole subtree, closed branches' rows included."""
        rows = [
            row
            for row in self.counted(indicator, aggregate, proved=proved)
            if row["branch"] in self.places and _inside(self.places[row["branch"]], branch)
        ]
        match aggregate:
            case Count():
                return Fraction(len(rows))
            case Distinct(column=column, at_least=at_least):
                found = Counter(row[column] for row in rows if row[column] is not None)
                return Fraction(sum(1 for times in found.values() if times >= at_least))
            case Sum(column=column):
                numbers = [row[column] for row in rows]
                return sum((one for one in numbers if isinstance(one, Fraction)), Fraction(0))

    def counted(self, indicator: Indicator, aggregate: Aggregate, *, proved: bool) -> list[Row]:
        """The rows of the whole country that count; kept, since every branch asks."""
        key = (id(indicator), id(aggregate), proved)
        if key not in self._counted:
            self._counted[key] = [
                row
                for row in self.rows[aggregate.table]
                if self.meets(indicator, aggregate, row, proved=proved)
            ]
        return self._counted[key]

    def meets(self, indicator: Indicator, aggregate: Aggregate, row: Row, *, proved: bool) -> bool:
        if aggregate.table == "facts":
            if not self.in_time(indicator, aggregate, row["occurred_on"]):
                return False
            if proved and EVIDENCE.index(str(row["evidence"])) < EVIDENCE.index(indicator.evidence):
                return False
        return self.condition(indicator, aggregate, row)

    def condition(self, indicator: Indicator, aggregate: Aggregate, row: Row) -> bool:
        if aggregate.where is None:
            return True
        node = parse_where(aggregate.where, table=aggregate.table, kinds=None)
        start = self.month.start_of(indicator.period)
        return holds(node, row, {"period_start": start, "period_end": self.month.end})

    def in_time(self, indicator: Indicator, aggregate: Aggregate, day: Value) -> bool:
        if not isinstance(day, date):
            return False
        end, window = self.month.end, aggregate.window
        if window is None:
            return self.month.start_of(indicator.period) <= day <= end
        if window.days is not None:
            return end - timedelta(days=window.days) < day <= end
        before = moved(end, Type.MONTHS, -Fraction(window.months or 0))
        return (before is None or before < day) and day <= end

    def grade(
        self, level: str, scores: Sequence[IndicatorScore], points: float | None
    ) -> str | None:
        carried = could = 0.0
        for (criterion, indicator), one in zip(self.standard.pairs(), scores, strict=True):
            if not self.weighs(indicator, level):
                continue
            weights = 0.0
            for other in criterion.indicators:
                if self.weighs(other, level):
                    weights += other.weight
            share = criterion.weight * indicator.weight / weights
            could += share
            if one.value is not None:
                carried += share
        if points is None or carried / could < self.standard.grade_needs - 1e-9:
            return None
        for grade in self.standard.grades:
            if grade.bound <= points + 1e-9:
                return grade.name
        return "D"

    def weighs(self, indicator: Indicator, level: str) -> bool:
        """Whether a branch of the level could get weight from the indicator."""
        measure = indicator.measure
        if isinstance(measure, ShareOf) and DEPTH.index(level) > DEPTH.index(measure.level):
            return False
        return Level(level) in indicator.levels and not indicator.on_trial(self.month.end)


def _scored(
    indicator: Indicator, numerator: Fraction, denominator: Fraction, per: float
) -> IndicatorScore:
    n, d = float(numerator), float(denominator)
    least = indicator.min_denominator
    if d <= 0 or (least is not None and d < least):
        return IndicatorScore(numerator=n, denominator=d, value=None, points=None)
    value = n / d
    value = value * per
    return IndicatorScore(n, d, value, _points(indicator, value))


def _points(indicator: Indicator, value: float) -> float:
    share = (value - indicator.floor) / (indicator.target - indicator.floor)
    if share >= 1:
        return 100.0
    return 100.0 * share if share > 0 else 0.0


def _mean(pairs: Sequence[tuple[float | None, float]]) -> float | None:
    if not pairs:
        return None
    total = weights = 0.0
    for points, weight in pairs:
        total += (points or 0.0) * weight
        weights += weight
    return total / weights


def _inside(place: Value, branch: Row) -> bool:
    return branch["place"] <= place <= branch["place_end"]  # type: ignore[operator]  # all integers


def _rows(table: pa.Table) -> list[Row]:
    """Rows with exact numbers; a fact's value in units, not in thousandths."""
    rows: list[Row] = []
    for raw in table.to_pylist():
        row = {
            name: Fraction(value)
            if isinstance(value, int) and not isinstance(value, bool)
            else value
            for name, value in raw.items()
        }
        if "value" in row and row["value"] is not None:
            row["value"] = row["value"] / 1000
        rows.append(row)
    return rows
