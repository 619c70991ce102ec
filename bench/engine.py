"""The engine over made-up organisations, beside a bare scan of the same columns.

Run as `python -m bench.engine --branches 90000 --facts 8000000`.
"""

import argparse
import resource
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import duckdb
import pyarrow as pa

from pervichka.foundation.periods import Month, PeriodKind
from pervichka.standard.engine import tables as schemas
from pervichka.standard.engine.run import scores
from pervichka.standard.engine.tables import Tables
from pervichka.standard.rulebook.document import (
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

MONTH = Month(2026, 10)
REGIONS, LOCALS = 83, 30

_BRANCHES = """
CREATE TABLE codes AS
SELECT 'RU' AS branch, 'federal' AS level, 0 AS place, 1000000000000 AS place_end, 1 AS n
UNION ALL SELECT 'RU-' || r, 'regional', r * 10000000000, (r + 1) * 10000000000 - 1, 2
FROM range(1, $regions + 1) AS t(r)
UNION ALL SELECT 'RU-' || r || '/L' || l, 'local', r * 10000000000 + l * 100000000,
  r * 10000000000 + (l + 1) * 100000000 - 1, 3
FROM range(1, $regions + 1) AS t(r), range(1, $locals + 1) AS u(l)
UNION ALL SELECT 'RU-' || r || '/' || i, 'primary', r * 10000000000 + l * 100000000 + i,
  r * 10000000000 + l * 100000000 + i, 4
FROM (SELECT i, 1 + i % $regions AS r, 1 + (i // $regions) % $locals AS l
      FROM range(1, $branches + 1) AS t(i))
"""
_FACTS = """
WITH homes AS (SELECT branch, row_number() OVER () - 1 AS n FROM codes WHERE level = 'primary'),
drawn AS (
  SELECT i, hash(i) AS a, hash(i + 1000000007) AS b, hash(i + 2000000011) AS c
  FROM range($facts) AS t(i)
), placed AS (SELECT *, (a % $branches)::BIGINT AS n FROM drawn)
SELECT ['event.attended', 'event.invited', 'event.accepted', 'confirmation.due',
        'confirmation.answered', 'meeting.held', 'meeting.quorate', 'survey.answered',
        'appeal.due', 'appeal.answered_on_time'][1 + (b % 10)::INTEGER] AS kind,
  homes.branch, 'p' || (placed.n * 60 + c % 60) AS person,
  DATE '2026-10-31' - (b // 16 % 90)::INTEGER AS occurred_on, 1000::BIGINT AS value,
  ['self_reported', 'observed', 'verified'][1 + (c // 64 % 3)::INTEGER] AS evidence,
  'bench' AS source, i::VARCHAR AS source_id
FROM placed JOIN homes USING (n)
ORDER BY occurred_on, branch, kind
"""


@dataclass(frozen=True)
class Figure:
    """A measured time in seconds, and that of the bare scan of the same columns."""

    name: str
    size: int
    seconds: float
    baseline: float

    @property
    def ratio(self) -> float:
        return self.seconds / self.baseline


def standard() -> Standard:
    """Ten indicators of every kind of measure over facts."""

    def facts(where: str, days: int | None = None) -> Count:
        return Count(table="facts", where=where, window=(days and Window(days=days)) or None)

    def ratio(numerator: Aggregate, denominator: Aggregate | None = None) -> Ratio:
        return Ratio(numerator=numerator, denominator=denominator)

    measures: dict[str, Measure] = {
        "attended": ratio(facts("kind = 'event.attended'"), facts("kind = 'event.invited'")),
        "accepted": ratio(facts("kind = 'event.accepted'"), facts("kind = 'event.invited'")),
        "answered": ratio(
            facts("kind = 'confirmation.answered'"), facts("kind = 'confirmation.due'")
        ),
        "quorate": ratio(facts("kind = 'meeting.quorate'", 90), facts("kind = 'meeting.held'", 90)),
        "on-time": ratio(facts("kind = 'appeal.answered_on_time'"), facts("kind = 'appeal.due'")),
        "surveys": ratio(Sum(column="value", table="facts", where="kind = 'survey.answered'")),
        "faces": ratio(
            Distinct(column="person", table="facts", where="kind = 'event.attended'"),
            Sum(column="voters", table="branches"),
        ),
        "activists": ratio(
            Distinct(column="person", table="facts", at_least=2, window=Window(days=90)),
            Sum(column="precincts", table="branches"),
        ),
        "meets": ShareOf(level=Level.PRIMARY, having=facts("kind = 'meeting.quorate'", 90)),
        "acts": ratio(facts("value > 0 and occurred_on > period_start")),
    }
    indicators = tuple(
        Indicator(
            id=name,
            title={},
            period=PeriodKind.MONTH,
            measure=measure,
            target=1.0,
            evidence=EvidenceClass.OBSERVED,
        )
        for name, measure in measures.items()
    )
    return Standard(
        slug="bench",
        version="1",
        title={},
        source="",
        valid_from=date(2026, 1, 1),
        grades=(Grade(name="A", bound=85.0),),
        criteria=(Criterion(id="all", title={}, weight=1.0, indicators=indicators),),
    )


def organisation(branches: int, facts: int) -> Tables:
    """A tree of four levels and facts of the last 90 days, spread evenly over its primaries."""
    connection = duckdb.connect()
    sizes = {"regions": REGIONS, "locals": LOCALS, "branches": branches}
    connection.execute(_BRANCHES, sizes)

    def table(sql: str, schema: pa.Schema, values: dict[str, int] | None = None) -> pa.Table:
        return connection.sql(sql, params=values or {}).to_arrow_table().cast(schema)

    living = "SELECT branch, level, 900 AS voters, 1 AS precincts, place, place_end FROM codes"
    return Tables(
        branches=table(living, schemas.BRANCHES),
        places=table("SELECT branch, place FROM codes", schemas.PLACES),
        facts=table(_FACTS, schemas.FACTS, {"facts": facts, "branches": branches}),
        people=schemas.PEOPLE.empty_table(),
        posts=schemas.POSTS.empty_table(),
        precincts=schemas.PRECINCTS.empty_table(),
        sites=schemas.SITES.empty_table(),
    )


def bare_scan(tables: Tables) -> None:
    """Reads every column that the indicators read, and does nothing with them."""
    connection = duckdb.connect()
    connection.register("facts", tables.facts)
    columns = "kind", "branch", "person", "occurred_on", "value", "evidence"
    hashes = ", ".join(f"max({column})" for column in columns)
    connection.execute(f"SELECT {hashes} FROM facts").fetchall()  # noqa: S608 - fixed names


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def measure(branches: int, facts: int) -> Figure:
    """Score a month once; `python -m bench.engine` prints it."""
    tables, document = organisation(branches, facts), standard()
    return Figure(
        name=f"score a month, {branches} primary branches, {facts} facts",
        size=facts,
        seconds=seconds(lambda: scores(document, tables, MONTH)),
        baseline=seconds(lambda: bare_scan(tables)),
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--branches", type=int, default=1_000)
    parser.add_argument("--facts", type=int, default=1_000_000)
    given = parser.parse_args()
    figure = measure(given.branches, given.facts)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(
        f"{figure.name}: {figure.seconds:.2f} s, {figure.ratio:.1f} × a bare scan, {peak:.1f} GiB"
    )
