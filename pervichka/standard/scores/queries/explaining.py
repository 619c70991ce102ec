"""A stored number opened to the rows behind it, with what the reader may see of them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from django.db import connection

from pervichka.foundation.periods import Month, minus_months
from pervichka.foundation.refusal import refuse
from pervichka.register.access.actor import Actor
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import demand
from pervichka.register.branches.queries.units import visible_to
from pervichka.standard.engine.compile import compile_standard
from pervichka.standard.engine.explain import (
    ExplainedRow,
    Explanation,
    Side,
    explain,
    explain_every_side,
    indicator_of,
)
from pervichka.standard.engine.needs import kinds_read, tables_read
from pervichka.standard.engine.tables import Tables
from pervichka.standard.facts.extract.tables import Within, extract_tables
from pervichka.standard.rulebook.document import Standard
from pervichka.standard.scores.queries.standards import document, standard_in_force

# How far beyond its dates a number's missed rows are looked for.
_MONTHS_AROUND = 1


def explain_number(
    *,
    branch: str,
    indicator: str,
    month: Month,
    side: Side,
    slug: str | None = None,
    offset: int = 0,
    limit: int = 50,
    by: Actor,
) -> Explanation:
    """One side of a branch's number for a month, from what the tables hold now.

    Raises `Refused` for an unknown or closed branch or indicator, `Forbidden` without the right to
    the evidence there.
    """
    standard, tables = _opened(branch, indicator, month, slug, by)
    return explain(
        standard,
        tables,
        month,
        branch=branch,
        indicator=indicator,
        side=side,
        offset=offset,
        limit=limit,
    )


def explain_sides(
    *,
    branch: str,
    indicator: str,
    month: Month,
    side: Side,
    slug: str | None = None,
    offset: int = 0,
    limit: int = 50,
    by: Actor,
) -> dict[Side, Explanation]:
    """All three sides at once: of the one asked for a page of rows, of the others the total alone.

    Raises what `explain_number` does.
    """
    standard, tables = _opened(branch, indicator, month, slug, by)
    return explain_every_side(
        standard,
        tables,
        month,
        branch=branch,
        indicator=indicator,
        side=side,
        offset=offset,
        limit=limit,
    )


def as_shown(rows: Sequence[ExplainedRow], *, branch: str, by: Actor) -> Sequence[ExplainedRow]:
    """The rows with people by code in their own branch alone, and for the local operator.

    For others a person is "participant 7": a number within these rows.
    """
    unit = visible_to(by).get(code=branch)
    own = by.branch_id is None or (unit.level == "primary" and by.branch_id == unit.id)
    if own and by.may(Permission.SEE_PEOPLE, unit.place):
        return rows
    numbers: dict[object, str] = {}
    for row in rows:
        person = row.columns.get("person")
        if person is not None:
            numbers.setdefault(person, f"participant {len(numbers) + 1}")
    return [_numbered(row, numbers) for row in rows]


def _numbered(row: ExplainedRow, numbers: dict[object, str]) -> ExplainedRow:
    person = row.columns.get("person")
    if person is None:
        return row
    return replace(row, columns={**row.columns, "person": numbers[person]})


def _opened(
    branch: str, indicator: str, month: Month, slug: str | None, by: Actor
) -> tuple[Standard, Tables]:
    """The standard, and of the tables what the indicator reads in the branch's subtree."""
    unit = visible_to(by).filter(code=branch).first()
    if unit is None:
        raise refuse("there is no branch {code}", code=branch)
    demand(by, Permission.SEE_EVIDENCE, unit)
    standard = document(standard_in_force(month, slug))
    found = indicator_of(standard, indicator)
    tables = extract_tables(
        dbname=str(connection.settings_dict["NAME"]),
        day=month.end,
        facts_since=_facts_since(standard, month),
        facts_until=month.plus(1).end,
        within=Within(unit.place, unit.place_end),
        only=tables_read(found),
        kinds=kinds_read(found),
    )
    return standard, tables


def _facts_since(standard: Standard, month: Month) -> date:
    first = min([*compile_standard(standard).dates(month).values(), month.start])
    return minus_months(first, _MONTHS_AROUND)
