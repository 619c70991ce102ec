"""The rows behind one number as SQL: which count, which do not, and by which test they fail.

Every row of a branch's subtree that meets a `where` gets its marks: `n_where`, `n_dates`,
`n_proof`, `n_value` (its column is not null), `n_found` (rows of the subtree that count and share
its value, for a distinct count) and `n_in` (it counts in the numerator); `d_…` say the same of the
denominator.
"""

from dataclasses import dataclass

import pyarrow as pa

from pervichka.standard.engine import sql, tables
from pervichka.standard.engine.compile import Wanted
from pervichka.standard.rulebook.document import Count, Distinct, Level

SCHEMAS: dict[str, pa.Schema] = {
    "facts": tables.FACTS,
    "people": tables.PEOPLE,
    "posts": tables.POSTS,
    "branches": tables.BRANCHES,
    "precincts": tables.PRECINCTS,
    "sites": tables.SITES,
}
WITH_PERSON = frozenset({"facts", "people"})
HIDDEN = frozenset({"place", "place_end"})
# Where the branches that a share counts are kept, for all its sides.
BRANCHES = "level_counted"

# Facts of the same person belong together, and of the same branch where they name none.
_TOGETHER = "person, CASE WHEN person IS NULL THEN branch END"
_MISSES = ("proof", "dates", "value")


@dataclass(frozen=True)
class Part:
    """Rows of one table: `common` holds the named steps, `selected` the rows, `order` their order.

    The rows have the table's columns and those of `marks`.
    """

    table: str
    common: str
    selected: str
    order: str
    marks: tuple[str, ...] = ()

    def kept(self) -> str:
        """All its rows, to be kept in a table."""
        columns = ", ".join([*self.columns, *self.marks])
        return f"{self.common} SELECT {columns} FROM ({self.selected})"

    @property
    def columns(self) -> list[str]:
        return [sql.name(name) for name in SCHEMAS[self.table].names if name not in HIDDEN]


def numerator_rows(wanted: Wanted) -> Part:
    return _counting("n", wanted)


def denominator_rows(wanted: Wanted) -> Part:
    return _counting("d", wanted)


def missed_rows(above: Wanted, below: Wanted | None) -> list[Part]:
    """What the denominator holds and the numerator does not, and what nearly counted.

    In one table a row of the denominator that is itself in the numerator is not missed. Those left
    are paired off with the numerator's other rows of the same person (of the same branch, where
    they name no person), the earliest first: who was asked twice and answered once is missed once.
    Between two tables a row is missed if nothing in the numerator has its person or, where one of
    the tables names none, its branch.
    """
    table = above.aggregate.table
    if below is None:
        return [_nearly(above)]
    if below.aggregate.table != table:
        return [_unmatched(above, below), _nearly(above)]
    common = _marked("", table, {"n": above, "d": below})
    left = "d_in AND NOT n_in AND NOT n_where"
    if table == "facts":
        common += f""", paired AS (
  SELECT *, {left} AND row_number() OVER (
      PARTITION BY {_TOGETHER}, {left} ORDER BY occurred_on, source, source_id
    ) > count(*) FILTER (WHERE n_in AND NOT d_in) OVER (PARTITION BY {_TOGETHER}) AS n_absent
  FROM counted
)"""
    else:
        common += f", paired AS (SELECT *, {left} AS n_absent FROM counted)"
    selected = "SELECT * FROM paired WHERE n_absent OR (n_where AND NOT n_in)"
    return [_missed(table, common, selected)]


def branches_of(level: Level, having: Wanted) -> str:
    """The subtree's living branches of a level, as SQL; to be kept under the name of `BRANCHES`.

    `n_found` is what `having` counts over each one's own subtree, an integer of its last decimal.
    """
    return f"""WITH level AS (
  SELECT * FROM branches
  WHERE level = {sql.text(level)} AND place BETWEEN $place AND $place_end
), {_found(having)}
SELECT * FROM counted"""


def branches_with(threshold: int, *, reached: bool | None) -> Part:
    """Of the branches kept, all, or those that do or do not reach a number."""
    test = {None: "TRUE", True: f"n_found >= {threshold}", False: f"n_found < {threshold}"}[reached]
    return Part(
        "branches", "", f"SELECT * FROM {BRANCHES} WHERE {test}", "branch", marks=("n_found",)
    )  # fmt: skip


def _found(having: Wanted) -> str:
    """The named steps from `level` to `counted`: each of its branches with what it has.

    As when a month is scored, rows are first brought together by their own branch. Counts and sums
    then run on along the tree's order, and a subtree's are the difference between its two ends.
    """
    aggregate, table = having.aggregate, having.aggregate.table
    match aggregate:
        case Distinct(column=column, at_least=least):
            item = sql.name(column)
            return f"""own AS (
  SELECT branch, {item} AS item, count(*) AS rows_here FROM {table}
  WHERE {item} IS NOT NULL AND {having.filter()} GROUP BY branch, item
), placed AS MATERIALIZED (
  SELECT branch, place FROM places WHERE branch IN (SELECT branch FROM own)
), holders AS MATERIALIZED (
  SELECT level.branch AS holder, placed.branch
  FROM level JOIN placed ON placed.place BETWEEN level.place AND level.place_end
), met AS (
  SELECT holders.holder, own.item FROM own JOIN holders USING (branch)
  GROUP BY holders.holder, own.item HAVING sum(own.rows_here) >= {least}
), numbers AS (
  SELECT holder, count(*) AS found FROM met GROUP BY holder
), counted AS (
  SELECT level.*, coalesce(numbers.found, 0) AS n_found
  FROM level LEFT JOIN numbers ON numbers.holder = level.branch
)"""
        case Count():
            number = "count(*)"
        case _:
            number = f"coalesce(sum({sql.name(aggregate.column)}), 0)"
    return f"""own AS (
  SELECT branch, {number} AS number FROM {table} WHERE {having.filter()} GROUP BY branch
), running AS (
  SELECT places.place, sum(own.number) OVER (ORDER BY places.place) AS so_far
  FROM own JOIN places USING (branch)
), counted AS (
  SELECT level.*, coalesce(through.so_far, 0) - coalesce(before.so_far, 0) AS n_found
  FROM level
  ASOF LEFT JOIN running AS through ON level.place_end >= through.place
  ASOF LEFT JOIN running AS before ON level.place > before.place
)"""


def amount(wanted: Wanted) -> str:
    """What a side's rows come to, as SQL over them: an integer of its last decimal."""
    aggregate = wanted.aggregate
    match aggregate:
        case Count():
            return "count(*)"
        case Distinct(column=column):
            return f"count(DISTINCT {sql.name(column)})"
    return f"coalesce(sum({sql.name(aggregate.column)}), 0)"


def _counting(prefix: str, wanted: Wanted) -> Part:
    table = wanted.aggregate.table
    common = _marked("", table, {prefix: wanted})
    return Part(
        table, common, f"SELECT * FROM counted WHERE {prefix}_in", _order(table)
    )  # fmt: skip


def _nearly(above: Wanted) -> Part:
    table = above.aggregate.table
    common = _marked("", table, {"n": above})
    selected = "SELECT *, FALSE AS n_absent FROM counted WHERE n_where AND NOT n_in"
    return _missed(table, common, selected)


def _unmatched(above: Wanted, below: Wanted) -> Part:
    table, other = below.aggregate.table, above.aggregate.table
    key = "person" if {table, other} <= WITH_PERSON else "branch"
    common = _marked("", table, {"d": below})
    common += ", " + _marked("other_", other, {"n": above}).removeprefix("WITH ")
    selected = f"""SELECT *, TRUE AS n_absent, TRUE AS n_proof, TRUE AS n_dates, TRUE AS n_value,
  0 AS n_found, FALSE AS n_where
FROM counted
WHERE d_in AND NOT EXISTS (
  SELECT 1 FROM other_counted WHERE n_in AND other_counted.{key} = counted.{key}
)"""
    return _missed(table, common, selected)


def _missed(table: str, common: str, selected: str) -> Part:
    late = ", n_dates DESC, occurred_on DESC" if table == "facts" else ""
    return Part(
        table,
        common,
        selected,
        f"n_absent DESC{late}, {_order(table)}",
        marks=("n_absent", *(f"n_{miss}" for miss in _MISSES), "n_found"),
    )


def first_reason(part: Part) -> str:
    """The code of the reason that a missed row stands under, as SQL over the part's rows."""
    if "n_absent" not in part.marks:
        return "'too_few'"
    return (
        "CASE WHEN n_absent THEN 'not_in_numerator' WHEN NOT n_dates THEN 'outside_dates'"
        " WHEN NOT n_proof THEN 'evidence_too_low' WHEN NOT n_value THEN 'no_value'"
        " ELSE 'too_few' END"
    )


def first_named(part: Part, kept: str, *, at: int, rows: int) -> str:
    """Whom the first so many of a part's rows name, each with where first: the part, and the row.

    Only rows down to the end of a page are sorted.
    """
    ahead = f"SELECT * FROM {kept} ORDER BY {part.order} LIMIT {rows}"
    return f"""SELECT person, {at} AS part, min(place_in_part) AS place_in_part FROM (
  SELECT person, row_number() OVER (ORDER BY {part.order}) AS place_in_part FROM ({ahead})
) WHERE person IS NOT NULL GROUP BY person"""


def numbered(naming: list[str]) -> str:
    """The number of each of `$people`, by where the rows name them first."""
    return f"""WITH named AS ({" UNION ALL ".join(naming)}),
firsts AS (
  SELECT person, part, place_in_part FROM named
  QUALIFY row_number() OVER (PARTITION BY person ORDER BY part, place_in_part) = 1
), numbers AS (
  SELECT person, row_number() OVER (ORDER BY part, place_in_part) AS number FROM firsts
)
SELECT person, number FROM numbers WHERE person IN (SELECT unnest($people))"""


def _order(table: str) -> str:
    columns = [sql.name(name) for name in SCHEMAS[table].names if name not in HIDDEN]
    first = ["occurred_on DESC"] if table == "facts" else []
    return ", ".join([*first, *columns])


def _marked(prefix: str, table: str, wanted: dict[str, Wanted]) -> str:
    """The named steps up to `counted`: the subtree's rows with every mark."""
    marks, found, inside = [], [], []
    for short, one in wanted.items():
        met = [f"{short}_{test}" for test in ("where", *_MISSES)]
        tests = (one.where(), one.proof(), one.dates(), _has_value(one))
        marks += [
            f"coalesce(CAST(({test}) AS BOOLEAN), FALSE) AS {name}" if test else f"TRUE AS {name}"
            for name, test in zip(met, tests, strict=True)
        ]
        every = " AND ".join(met)
        aggregate = one.aggregate
        # A row that passes every test is itself the one that is needed.
        if isinstance(aggregate, Distinct) and aggregate.at_least > 1:
            item = sql.name(aggregate.column)
            found.append(
                f"count(*) FILTER (WHERE {every}) OVER (PARTITION BY {item}) AS {short}_found"
            )
            every += f" AND {short}_found >= {aggregate.at_least}"
        else:
            found.append(f"0 AS {short}_found")
        inside.append(f"{every} AS {short}_in")
    return f"""WITH {prefix}inside AS (
  SELECT rows.* FROM {table} AS rows JOIN places ON places.branch = rows.branch
  WHERE places.place BETWEEN $place AND $place_end
), {prefix}marked AS (
  SELECT * FROM (SELECT *, {", ".join(marks)} FROM {prefix}inside)
  WHERE {" OR ".join(f"{short}_where" for short in wanted)}
), {prefix}found AS (SELECT *, {", ".join(found)} FROM {prefix}marked
), {prefix}counted AS (SELECT *, {", ".join(inside)} FROM {prefix}found)"""


def _has_value(wanted: Wanted) -> str | None:
    aggregate = wanted.aggregate
    return None if isinstance(aggregate, Count) else f"{sql.name(aggregate.column)} IS NOT NULL"
