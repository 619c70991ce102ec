"""One number opened to the rows behind it: what counted, out of what, and what did not and why."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

import duckdb

from pervichka.foundation.periods import Month
from pervichka.foundation.refusal import refuse
from pervichka.standard.engine import sides
from pervichka.standard.engine.compile import Wanted, denominator, numerator
from pervichka.standard.engine.load import fetch, loaded, store
from pervichka.standard.engine.plan import moment, parameter
from pervichka.standard.engine.run import standing
from pervichka.standard.engine.tables import Tables
from pervichka.standard.rulebook.document import (
    Distinct,
    EvidenceClass,
    Indicator,
    ShareOf,
    Standard,
)


class Side(StrEnum):
    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class Miss:
    """Why a row did not count, as a code and the values to say it with.

    - `evidence_too_low`: `evidence`, `needed`
    - `outside_dates`: `occurred_on`, `first`, `last` (both of them count)
    - `no_value`: `column`, which is empty in this row
    - `too_few`: `found`, `needed` (rows with its value; or what a branch has of `having`)
    - `not_in_numerator`: nothing in the numerator answers this row of the denominator
    """

    code: str
    params: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ExplainedRow:
    """A row of a catalogue table with its columns, a fact's `value` in units."""

    table: str
    columns: Mapping[str, object]
    misses: tuple[Miss, ...] = ()


@dataclass(frozen=True, slots=True)
class MissGroup:
    """How many rows of a table are missed for a reason; a row with several stands under one.

    `code` is a `Miss`'s. What lies outside the dates is that before all else, as no proof helps it.
    """

    table: str
    code: str
    rows: int


@dataclass(frozen=True, slots=True)
class Explanation:
    """One side of a number. `total` is how many rows the side has, of which `rows` is a page.

    `amount` is what the rows come to: the numerator or denominator itself, as the nearest double
    (for a distinct count the different values). Of a `share_of` at its own level the numerator's
    rows are those that `having` counts, and `amount` is what they come to, to be held against
    `needed`. None for `missed`, and where the indicator does not stand or divides by nothing.
    `groups` come to `total` on the missed side, in the order of the rows; elsewhere there are none.
    `participants` numbers the people of the page, by code, in the order in which the side's rows
    first name them: the same number on every page of the side.
    """

    side: Side
    rows: tuple[ExplainedRow, ...]
    total: int
    amount: float | None = None
    needed: float | None = None
    groups: tuple[MissGroup, ...] = ()
    participants: Mapping[str, int] = field(default_factory=dict, compare=False)


# The reason a row stands under, the one most easily mended first: the rows' own order.
_REASONS = ("not_in_numerator", "too_few", "no_value", "evidence_too_low", "outside_dates")


def explain(
    standard: Standard,
    tables: Tables,
    month: Month,
    *,
    branch: str,
    indicator: str,
    side: Side,
    offset: int = 0,
    limit: int = 50,
) -> Explanation:
    """The rows of one side of an indicator's number, for a living branch and a month.

    Only the rows of the branch's own subtree are looked at, so for a large organisation hand in
    no more facts than those. Raises `Refused` for a branch that is not living in `tables` and for
    an unknown indicator.
    """
    found = indicator_of(standard, indicator)
    with loaded(tables) as connection:
        return _Opened(connection, found, month, branch).explanation(side, offset, limit)


def explain_every_side(
    standard: Standard,
    tables: Tables,
    month: Month,
    *,
    branch: str,
    indicator: str,
    side: Side,
    offset: int = 0,
    limit: int = 50,
) -> dict[Side, Explanation]:
    """All three sides: of the one asked for a page of rows, of the others what they come to.

    Raises what `explain` does.
    """
    found = indicator_of(standard, indicator)
    with loaded(tables) as connection:
        opened = _Opened(connection, found, month, branch)
        pages = {one: (offset, limit) if one is side else (0, 0) for one in Side}
        return {one: opened.explanation(one, *page) for one, page in pages.items()}


def indicator_of(standard: Standard, id_: str) -> Indicator:
    """The standard's indicator of that id; `Refused` where it has none."""
    found = next((one for one in standard.indicators if one.id == id_), None)
    if found is None:
        raise refuse("the standard has no indicator {indicator}", indicator=repr(id_))
    return found


class _Opened:
    """One indicator at one branch, with the database to ask."""

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        indicator: Indicator,
        month: Month,
        branch: str,
    ) -> None:
        self.connection = connection
        self.branches_kept = False
        self.indicator = indicator
        self.month = month
        sql = "SELECT level, place, place_end FROM branches WHERE branch = $branch"
        rows = fetch(connection, sql, {"branch": branch}).to_pylist()
        if not rows:
            raise refuse("no living branch has the code {branch}", branch=repr(branch))
        self.level = rows[0]["level"]
        self.above, self.below = numerator(indicator), denominator(indicator)
        bounds = [None, indicator.period, self.above.since]
        bounds += [] if self.below is None else [self.below.since]
        self.values: dict[str, object] = {
            "place": rows[0]["place"],
            "place_end": rows[0]["place_end"],
            **{parameter(bound): moment(bound, month) for bound in bounds},
        }

    def explanation(self, side: Side, offset: int, limit: int) -> Explanation:
        if self.level not in standing(self.indicator):
            return Explanation(side=side, rows=(), total=0)
        measure = self.indicator.measure
        if isinstance(measure, ShareOf):
            return self.share(measure, side, offset, limit)
        if side is Side.MISSED:
            return self.paged(side, sides.missed_rows(self.above, self.below), offset, limit)
        if side is Side.NUMERATOR:
            return self.paged(side, [sides.numerator_rows(self.above)], offset, limit, self.above)
        if self.below is not None:
            return self.paged(side, [sides.denominator_rows(self.below)], offset, limit, self.below)
        return Explanation(side=side, rows=(), total=0)

    def share(self, measure: ShareOf, side: Side, offset: int, limit: int) -> Explanation:
        if side is Side.NUMERATOR and self.level == measure.level:
            rows = sides.numerator_rows(self.above)
            counted = self.paged(side, [rows], offset, limit, self.above)
            return replace(counted, needed=measure.at_least)
        needed = threshold(measure.at_least, self.above.scale)
        reached = {Side.NUMERATOR: True, Side.DENOMINATOR: None, Side.MISSED: False}[side]
        if not self.branches_kept:
            kept = sides.branches_of(measure.level, self.above)
            store(self.connection, sides.BRANCHES, kept, self.values)
            self.branches_kept = True
        branches = sides.branches_with(needed, reached=reached)
        if side is Side.MISSED:
            parts = [branches, *sides.missed_rows(self.above, None)]
            return self.paged(side, parts, offset, limit)
        counted = self.paged(side, [branches], offset, limit)
        return replace(counted, amount=float(counted.total))

    def paged(
        self,
        side: Side,
        parts: list[sides.Part],
        offset: int,
        limit: int,
        wanted: Wanted | None = None,
    ) -> Explanation:
        """A page over several tables' rows, one table after the other, and what they come to."""
        rows: list[ExplainedRow] = []
        total, amount = 0, None
        groups: list[MissGroup] = []
        naming: list[str] = []
        for at, part in enumerate(parts):
            kept, left = f"({part.kept()})", limit - len(rows)
            if left > 0 or side is Side.MISSED:
                # Counted more than once, or sorted for its page: it is worth keeping.
                name = f"{side.value}{at}"
                store(self.connection, name, part.kept(), self.values)
                kept = name
            start = max(0, offset - total)
            here, exact = self.sums(kept, "0" if wanted is None else sides.amount(wanted))
            total += here
            if left > 0 and part.table in sides.WITH_PERSON:
                naming.append(sides.first_named(part, kept, at=at, rows=start + left))
            if side is Side.MISSED:
                groups += self.groups(part, kept)
            if wanted is not None:
                amount = float(Fraction(exact, 10**wanted.scale))
            if left <= 0 or start >= here:
                continue
            page = f"FROM {kept} ORDER BY {part.order} LIMIT $limit OFFSET $offset"
            values = {"offset": start, "limit": left}
            for raw in fetch(self.connection, page, values).to_pylist():
                misses = tuple(self.misses(part, raw)) if side is Side.MISSED else ()
                rows.append(_row(part, raw, misses))
        return Explanation(
            side,
            tuple(rows),
            total,
            amount,
            groups=tuple(groups),
            participants=self.participants(naming, rows),
        )

    def participants(self, naming: list[str], rows: list[ExplainedRow]) -> dict[str, int]:
        people = {str(row.columns["person"]) for row in rows if row.columns.get("person")}
        if not people:
            return {}
        found = fetch(self.connection, sides.numbered(naming), {"people": sorted(people)})
        return {str(one["person"]): int(str(one["number"])) for one in found.to_pylist()}

    def groups(self, part: sides.Part, kept: str) -> list[MissGroup]:
        reason = sides.first_reason(part)
        counted = f"SELECT {reason} AS code, count(*) AS rows FROM {kept} GROUP BY code"
        found = fetch(self.connection, counted, self.values).to_pylist()
        found.sort(key=lambda one: _REASONS.index(one["code"]))
        return [MissGroup(part.table, one["code"], one["rows"]) for one in found]

    def sums(self, rows: str, amount: str) -> tuple[int, int]:
        """How many rows there are, and what they come to as an integer of its last decimal."""
        sql = f"SELECT count(*) AS total, {amount} AS amount FROM {rows}"
        found = fetch(self.connection, sql, self.values).to_pylist()[0]
        return int(str(found["total"])), int(str(found["amount"]))

    def misses(self, part: sides.Part, raw: Mapping[str, object]) -> Iterator[Miss]:
        aggregate = self.above.aggregate
        if "n_absent" not in part.marks:
            yield self.too_few_of_having(raw)
            return
        if raw["n_absent"]:
            yield Miss("not_in_numerator")
            return
        if not raw["n_proof"]:
            needed = EvidenceClass(self.above.evidence)
            yield Miss("evidence_too_low", {"evidence": raw["evidence"], "needed": needed.value})
        if not raw["n_dates"]:
            yield Miss("outside_dates", {"occurred_on": raw["occurred_on"], **self.span()})
        if not raw["n_value"]:
            yield Miss("no_value", {"column": getattr(aggregate, "column", None)})
        if isinstance(aggregate, Distinct) and raw["n_proof"] and raw["n_dates"] and raw["n_value"]:
            yield Miss("too_few", {"found": raw["n_found"], "needed": aggregate.at_least})

    def too_few_of_having(self, raw: Mapping[str, object]) -> Miss:
        measure = self.indicator.measure
        needed = measure.at_least if isinstance(measure, ShareOf) else None
        found = float(Fraction(int(str(raw["n_found"])), 10**self.above.scale))
        return Miss("too_few", {"found": found, "needed": needed})

    def span(self) -> dict[str, object]:
        """The first and last day that count."""
        first = moment(self.above.since, self.month)
        if self.above.aggregate.window is not None:
            first = first.fromordinal(first.toordinal() + 1)
        return {"first": first, "last": self.month.end}


def threshold(at_least: float, scale: int) -> int:
    """The least integer of the `scale`-th decimal whose nearest double reaches `at_least`."""
    below = math.nextafter(at_least, -math.inf)
    # What lies past the middle of two neighbouring doubles is rounded up to the greater.
    middle = (Fraction(below) + Fraction(at_least)) / 2
    least: int = math.ceil(middle * 10**scale)
    return least if least / 10**scale >= at_least else least + 1


def _row(part: sides.Part, raw: Mapping[str, object], misses: tuple[Miss, ...]) -> ExplainedRow:
    columns = {name: value for name, value in raw.items() if name not in part.marks}
    if part.table == "facts" and isinstance(thousandths := columns["value"], int):
        columns["value"] = Decimal(thousandths).scaleb(-3)
    return ExplainedRow(part.table, columns, misses)
