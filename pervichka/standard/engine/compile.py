"""A standard becomes a plan of SQL steps.

Each source is read once for all its counts and sums, grouped by the rows' own branch; only then
are those few rows brought to every branch above (`closure`). A distinct count can't be added up,
so each has its own step: a value seen in one branch alone counts there and is added up like the
rest; only the values seen in several branches are taken to each ancestor and counted there.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from pervichka.foundation.periods import PeriodKind
from pervichka.standard.engine import sql
from pervichka.standard.engine.plan import Counts, Plan, Step, parameter
from pervichka.standard.rulebook.document import (
    EVIDENCE_ORDER,
    Aggregate,
    Count,
    Distinct,
    EvidenceClass,
    Indicator,
    Ratio,
    Standard,
    Sum,
    Window,
)
from pervichka.standard.rulebook.expressions import COLUMN_SCALE
from pervichka.standard.rulebook.where import parse_where

ANY_EVIDENCE = EVIDENCE_ORDER[0]

LIVING = Step(
    "living",
    """SELECT row_number() OVER (ORDER BY branch) - 1 AS n, branch, level, place, place_end
FROM branches""",
)
CLOSURE = Step(
    "closure",
    """SELECT living.n, places.branch
FROM living JOIN places ON places.place BETWEEN living.place AND living.place_end""",
)


@dataclass(frozen=True)
class Wanted:
    """One aggregate as one indicator counts it; equal ones are computed once."""

    aggregate: Aggregate
    period: PeriodKind
    evidence: EvidenceClass = ANY_EVIDENCE

    @property
    def scale(self) -> int:
        """Decimals of the integer it yields."""
        aggregate = self.aggregate
        return COLUMN_SCALE.get(aggregate.column, 0) if isinstance(aggregate, Sum) else 0

    @property
    def since(self) -> PeriodKind | Window:
        """What its first day follows from."""
        return self.aggregate.window or self.period

    def where(self) -> str | None:
        """The rows that meet its `where`, as SQL."""
        aggregate = self.aggregate
        if aggregate.where is None:
            return None
        bounds = {
            "period_start": f"${parameter(self.period)}",
            "period_end": f"${parameter(None)}",
        }
        node = parse_where(aggregate.where, table=aggregate.table, kinds=None)
        return sql.boolean(node, bounds)

    def dates(self) -> str | None:
        """The rows whose date counts, as SQL; only facts have one."""
        if self.aggregate.table != "facts":
            return None
        after = ">" if self.aggregate.window else ">="
        return f"occurred_on {after} ${parameter(self.since)} AND occurred_on <= ${parameter(None)}"

    def proof(self) -> str | None:
        """The rows with evidence enough, as SQL; none where all will do."""
        if self.aggregate.table != "facts" or self.evidence is ANY_EVIDENCE:
            return None
        enough = EVIDENCE_ORDER[EVIDENCE_ORDER.index(self.evidence) :]
        return f"evidence IN ({', '.join(sql.text(one) for one in enough)})"

    def filter(self) -> str:
        """The rows that count, as SQL."""
        parts = [part for part in (self.dates(), self.proof(), self.where()) if part is not None]
        return " AND ".join(parts) or "TRUE"


def numerator(indicator: Indicator) -> Wanted:
    """What an indicator counts, and weighs by its evidence: its numerator, or its `having`."""
    measure = indicator.measure
    counted = measure.numerator if isinstance(measure, Ratio) else measure.having
    proof = indicator.evidence if counted.table == "facts" else ANY_EVIDENCE
    return Wanted(counted, indicator.period, proof)


def denominator(indicator: Indicator) -> Wanted | None:
    """What it divides by, of any evidence; none where nothing, or where branches are counted."""
    measure = indicator.measure
    if not isinstance(measure, Ratio) or measure.denominator is None:
        return None
    return Wanted(measure.denominator, indicator.period)


def compile_standard(standard: Standard) -> Plan:
    """The plan of a standard; it holds no date and serves any month."""
    register = _Register()
    indicators = tuple(
        Counts(
            register.column(numerator(indicator)),
            None if (below := denominator(indicator)) is None else register.column(below),
        )
        for indicator in standard.indicators
    )
    return Plan(
        steps=tuple(register.steps()),
        indicators=indicators,
        scales={column: wanted.scale for wanted, column in register.columns.items()},
        parameters=register.parameters(),
    )


@dataclass
class _Register:
    """The different aggregates of a standard, each with the name of its column."""

    columns: dict[Wanted, str] = field(default_factory=dict)

    def column(self, wanted: Wanted) -> str:
        return self.columns.setdefault(wanted, f"a{len(self.columns)}")

    def parameters(self) -> dict[str, PeriodKind | Window | None]:
        bounds: list[PeriodKind | Window | None] = [None]
        for wanted in self.columns:
            bounds += [wanted.period, wanted.since]
        return {parameter(bound): bound for bound in bounds}

    def steps(self) -> Iterator[Step]:
        yield from (LIVING, CLOSURE)
        sources: dict[str, list[str]] = {}  # a rolled-up step, and its columns
        added: dict[str, dict[str, Wanted]] = {}
        for wanted, column in self.columns.items():
            if isinstance(wanted.aggregate, Distinct):
                yield from _distinct(column, wanted)
                sources[column] = [column]
            else:
                added.setdefault(wanted.aggregate.table, {})[column] = wanted
        for table, columns in added.items():
            yield _own(table, columns)
            yield _rolled(table, list(columns))
            sources[f"{table}_rolled"] = list(columns)
        yield _together(sources)


def _own(table: str, columns: dict[str, Wanted]) -> Step:
    """One scan of a source: every count and sum of it, by the rows' own branch."""
    parts = ["branch"]
    for column, wanted in columns.items():
        aggregate = wanted.aggregate
        function = "count(*)" if isinstance(aggregate, Count) else f"sum({_column(aggregate)})"
        parts.append(f"{function} FILTER (WHERE {wanted.filter()}) AS {column}")
    dates = sorted({dates for wanted in columns.values() if (dates := wanted.dates())})
    reach = " OR ".join(f"({span})" for span in dates) or "TRUE"
    selected = ",\n  ".join(parts)
    return Step(f"{table}_own", f"SELECT {selected}\nFROM {table}\nWHERE {reach}\nGROUP BY branch")


def _rolled(table: str, columns: list[str]) -> Step:
    sums = ", ".join(f"sum({column}) AS {column}" for column in columns)
    return Step(
        f"{table}_rolled",
        f"SELECT closure.n, {sums}\nFROM {table}_own JOIN closure USING (branch)\nGROUP BY n",
    )


def _distinct(column: str, wanted: Wanted) -> Iterator[Step]:
    """Different values over each subtree, those found in `at_least` rows of it."""
    aggregate = wanted.aggregate
    if not isinstance(aggregate, Distinct):
        raise TypeError(aggregate)
    item, table = _column(aggregate), aggregate.table
    counted = f"branch IS NOT NULL AND {item} IS NOT NULL AND {wanted.filter()}"
    yield Step(
        f"{column}_reach",
        f"""SELECT {item} AS item, min(branch) AS first, max(branch) AS last, count(*) AS found
FROM {table}
WHERE {counted}
GROUP BY item""",
    )
    yield Step(
        f"{column}_shared",
        f"""SELECT branch, {item} AS item, count(*) AS rows_here
FROM {table}
WHERE {counted} AND {item} IN (SELECT item FROM {column}_reach WHERE first < last)
GROUP BY branch, item""",
    )
    yield Step(
        column,
        f"""WITH alone AS (
  SELECT first AS branch, count(*) AS items
  FROM {column}_reach
  WHERE first = last AND found >= {aggregate.at_least}
  GROUP BY branch
), shared AS (
  SELECT closure.n, here.item
  FROM {column}_shared AS here JOIN closure USING (branch)
  GROUP BY closure.n, here.item
  HAVING sum(here.rows_here) >= {aggregate.at_least}
), every AS (
  SELECT closure.n, alone.items FROM alone JOIN closure USING (branch)
  UNION ALL
  SELECT n, count(*) FROM shared GROUP BY n
)
SELECT n, sum(items) AS {column} FROM every GROUP BY n""",
        frees=(f"{column}_reach", f"{column}_shared"),
    )


def _together(sources: dict[str, list[str]]) -> Step:
    """Every living branch with all its counts; nothing to add is 0."""
    selected = ["living.branch", "living.level", "living.place", "living.place_end"]
    selected += [
        f"coalesce({step}.{column}, 0) AS {column}"
        for step, columns in sources.items()
        for column in columns
    ]
    joins = "\n".join(f"LEFT JOIN {step} ON {step}.n = living.n" for step in sources)
    columns = ",\n  ".join(selected)
    return Step("counts", f"SELECT {columns}\nFROM living\n{joins}\nORDER BY living.n")


def _column(aggregate: Distinct | Sum) -> str:
    return sql.name(aggregate.column)
