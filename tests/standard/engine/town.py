"""A small made-up organisation for tests read by people, and short ways to write a standard."""

from datetime import date
from typing import Any

import pyarrow as pa

from pervichka.foundation.periods import Month, PeriodKind
from pervichka.standard.engine import tables as schemas
from pervichka.standard.engine.result import BranchScore, IndicatorScore
from pervichka.standard.engine.run import run
from pervichka.standard.engine.tables import Tables
from pervichka.standard.rulebook.document import (
    Aggregate,
    Count,
    Criterion,
    Grade,
    Indicator,
    Measure,
    Ratio,
    Standard,
)

OCTOBER = Month(2026, 10)

# The country has a region with two primaries, and a third that has closed.
BRANCHES = [
    {"branch": "RU", "level": "federal", "voters": None, "place": 0, "place_end": 999},
    {"branch": "R", "level": "regional", "voters": None, "place": 100, "place_end": 499},
    {"branch": "R/1", "level": "primary", "voters": 500, "place": 200, "place_end": 299},
    {"branch": "R/2", "level": "primary", "voters": 1500, "place": 300, "place_end": 399},
]
CLOSED = {"branch": "R/closed", "place": 400}


def town(**rows: list[dict[str, Any]]) -> Tables:
    """Tables with the given rows; columns left out are null, those of a fact have defaults."""
    living = [{"precincts": 1, **branch} for branch in rows.get("branches", BRANCHES)]
    places = [{"branch": one["branch"], "place": one["place"]} for one in living]
    return Tables(
        branches=pa.Table.from_pylist(living, schema=schemas.BRANCHES),
        places=pa.Table.from_pylist([*places, CLOSED], schema=schemas.PLACES),
        facts=pa.Table.from_pylist(
            [_fact(at, fact) for at, fact in enumerate(rows.get("facts", []))],
            schema=schemas.FACTS,
        ),
        people=pa.Table.from_pylist(rows.get("people", []), schema=schemas.PEOPLE),
        posts=pa.Table.from_pylist(rows.get("posts", []), schema=schemas.POSTS),
        precincts=pa.Table.from_pylist(rows.get("precincts", []), schema=schemas.PRECINCTS),
        sites=pa.Table.from_pylist(rows.get("sites", []), schema=schemas.SITES),
    )


def _fact(at: int, columns: dict[str, Any]) -> dict[str, Any]:
    defaults = {
        "kind": "meeting.quorate",
        "branch": "R/1",
        "occurred_on": date(2026, 10, 15),
        "value": 1000,
        "evidence": "self_reported",
        "source": "test",
        "source_id": str(at),
    }
    return defaults | columns


def facts(where: str | None = None, **more: Any) -> Count:
    return Count(table="facts", where=where, **more)


def ratio(numerator: Aggregate, denominator: Aggregate | None = None, per: float = 1.0) -> Ratio:
    return Ratio(numerator=numerator, denominator=denominator, per=per)


def indicator(measure: Measure, id: str = "one", **more: Any) -> Indicator:
    defaults = {"period": PeriodKind.MONTH, "target": 1.0}
    return Indicator(id=id, title={}, measure=measure, **(defaults | more))


def standard(*criteria: Indicator | tuple[float, list[Indicator]], **more: Any) -> Standard:
    """Each criterion is an indicator of weight 1, or a weight and its indicators."""
    given = [one if isinstance(one, tuple) else (1.0, [one]) for one in criteria]
    defaults = {"grades": (Grade(name="A", bound=85.0), Grade(name="B", bound=50.0))}
    return Standard(
        slug="test",
        version="1",
        title={},
        source="",
        valid_from=date(2026, 1, 1),
        criteria=tuple(
            Criterion(id=f"c{at}", title={}, weight=weight, indicators=tuple(indicators))
            for at, (weight, indicators) in enumerate(given)
        ),
        **(defaults | more),
    )


def scored(document: Standard, tables: Tables, month: Month = OCTOBER) -> dict[str, BranchScore]:
    return {score.branch: score for score in run(document, tables, month, threads=1)}


def scored_one(measure: Measure, tables: Tables, branch: str, **more: Any) -> IndicatorScore:
    """The first indicator's numbers of one branch."""
    month = more.pop("month", OCTOBER)
    return scored(standard(indicator(measure, **more)), tables, month)[branch].indicators[0]
