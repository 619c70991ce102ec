"""Random standards over the whole grammar of measures."""

from datetime import date, timedelta

from hypothesis import strategies as st

from pervichka.foundation.periods import PeriodKind
from pervichka.standard.rulebook.catalogue import TABLES, numeric_columns
from pervichka.standard.rulebook.document import (
    LEVELS,
    Aggregate,
    Count,
    Criterion,
    Distinct,
    EvidenceClass,
    Grade,
    Indicator,
    Level,
    Measure,
    Ratio,
    ShareOf,
    Standard,
    Sum,
    Window,
)
from tests.standard.engine import conditions

AMOUNTS = st.sampled_from([0.1, 0.3, 0.7, 1.0, 2.0, 3.0, 10.0])
BOUNDS = st.sampled_from([-1.0, 0.0, 0.2, 0.5, 0.9, 1.0, 1.1, 3.0, 7.7])

SIZES = st.sampled_from([(1,), (2,), (3,), (1, 3), (3, 2), (2, 2, 1), (3, 1, 3)])
GRADES = (
    (Grade(name="A", bound=85.0), Grade(name="B", bound=50.0)),
    (Grade(name="A", bound=100.0), Grade(name="B", bound=0.0)),
)


@st.composite
def aggregates(draw: st.DrawFn) -> Aggregate:
    table = draw(st.sampled_from(["facts", "facts", "facts", "facts", *TABLES]))
    where = draw(st.none() | conditions.conditions(table) | conditions.often_met(table))
    window = draw(st.none() | windows()) if table == "facts" else None
    kinds = [Count, Distinct, Distinct, Sum] if numeric_columns(table) else [Count, Distinct]
    match draw(st.sampled_from(kinds)):
        case kind if kind is Count:
            return Count(table=table, where=where, window=window)
        case kind if kind is Sum:
            column = draw(st.sampled_from(numeric_columns(table)))
            return Sum(table=table, column=column, where=where, window=window)
    column = draw(st.sampled_from(["person"] if table == "facts" and draw(st.booleans())
                                  else list(TABLES[table])))  # fmt: skip
    least = draw(st.sampled_from([1, 1, 2, 3]))
    return Distinct(table=table, column=column, at_least=least, where=where, window=window)


def windows() -> st.SearchStrategy[Window]:
    days = st.sampled_from(conditions.WINDOWS_DAYS).map(lambda n: Window(days=n))
    return days | st.sampled_from(conditions.WINDOWS_MONTHS).map(lambda n: Window(months=n))


@st.composite
def measures(draw: st.DrawFn) -> Measure:
    if draw(st.integers(0, 3)) == 0:
        least = draw(st.sampled_from([1.0, 1.0, 2.0, 0.5, 0.001]))
        level = draw(st.sampled_from([*LEVELS, Level.PRIMARY]))
        return ShareOf(level=level, having=draw(aggregates()), at_least=least)
    return Ratio(
        numerator=draw(aggregates()),
        denominator=draw(st.none() | aggregates()),
        per=draw(st.sampled_from([1.0, 1.0, 1000.0, 0.1, 3.0])),
    )


@st.composite
def indicators(draw: st.DrawFn, name: str, end: date) -> Indicator:
    target = draw(BOUNDS)
    return Indicator(
        id=name,
        title={},
        period=draw(st.sampled_from(PeriodKind)),
        measure=draw(measures()),
        target=target,
        floor=draw(BOUNDS.filter(lambda floor: floor != target)),
        weight=draw(AMOUNTS),
        min_denominator=draw(st.sampled_from([None, None, 0.5, 1.0, 2.0, 5.0])),
        levels=draw(
            st.just(LEVELS)
            | st.just(LEVELS)
            | st.sets(st.sampled_from(LEVELS), min_size=1).map(lambda some: tuple(sorted(some)))
        ),
        trial_until=draw(st.sampled_from([None, None, end, end - timedelta(days=1)])),
        evidence=draw(st.sampled_from([*EvidenceClass, EvidenceClass.SELF_REPORTED])),
    )


@st.composite
def standards(draw: st.DrawFn, end: date) -> Standard:
    criteria = [
        Criterion(
            id=f"c{at}",
            title={},
            weight=draw(AMOUNTS),
            indicators=tuple(draw(indicators(f"c{at}-{n}", end)) for n in range(size)),
        )
        for at, size in enumerate(draw(SIZES))
    ]
    return Standard(
        slug="random",
        version="1",
        title={},
        source="",
        valid_from=date(2020, 1, 1),
        grades=draw(st.sampled_from(GRADES)),
        criteria=tuple(criteria),
        grade_needs=draw(st.sampled_from([0.0, 0.3, 0.5, 0.6, 1.0])),
    )
