"""A stored number opened to the rows behind it, with what the reader may see of them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.db import connection

from pervichka.foundation.periods import Month
from pervichka.foundation.refusal import refuse
from pervichka.register.access.actor import Actor
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import demand
from pervichka.register.branches.models import Branch
from pervichka.register.branches.queries.units import Unit, visible_to
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

# A row that only its date keeps out is missed whatever that date is: the years of all dates.
_FIRST_DAY, _LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)


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

    Above the branch itself a row's `person` is a `Participant`, and the code stays here. Raises
    `Refused` for an unknown or closed branch or indicator, `Forbidden` without the right to the
    evidence there.
    """
    unit, standard, tables = _opened(branch, indicator, month, slug, by)
    found = explain(
        standard,
        tables,
        month,
        branch=branch,
        indicator=indicator,
        side=side,
        offset=offset,
        limit=limit,
    )
    return found if may_see_participants(by, unit) else _numbered(found)


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

    The rows hold people's codes: whoever shows them asks `may_see_participants` first. Raises what
    `explain_number` does.
    """
    _unit, standard, tables = _opened(branch, indicator, month, slug, by)
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


@dataclass(frozen=True)
class Participant:
    """Who stands in a row, above the branch itself: one number on all pages of an answer."""

    number: int

    def __str__(self) -> str:
        return f"participant {self.number}"


def may_see_participants(actor: Actor, unit: Branch | Unit) -> bool:
    """Whether the people in a number's rows are shown as who they are.

    That is so in the branch whose people they are, for whoever keeps its list; the local operator,
    who has no branch, sees the codes there.
    """
    return (
        unit.level == "primary"
        and actor.branch_id in {None, unit.id}
        and actor.may(Permission.SEE_PEOPLE, unit.place)
    )


def _numbered(found: Explanation) -> Explanation:
    def columns(row: ExplainedRow) -> Mapping[str, object]:
        code = row.columns.get("person")
        if code is None:
            return row.columns
        return {**row.columns, "person": Participant(found.participants[str(code)])}

    rows = tuple(replace(row, columns=columns(row)) for row in found.rows)
    return replace(found, rows=rows, participants={})


def _opened(
    branch: str, indicator: str, month: Month, slug: str | None, by: Actor
) -> tuple[Branch, Standard, Tables]:
    """The branch, the standard, and what the indicator reads of the tables in the subtree."""
    unit = visible_to(by).filter(code=branch).first()
    if unit is None:
        raise refuse("there is no branch {code}", code=branch)
    demand(by, Permission.SEE_EVIDENCE, unit)
    standard = document(standard_in_force(month, slug))
    found = indicator_of(standard, indicator)
    tables = extract_tables(
        dbname=str(connection.settings_dict["NAME"]),
        day=month.end,
        facts_since=_FIRST_DAY,
        facts_until=_LAST_DAY,
        within=Within(unit.place, unit.place_end),
        only=tables_read(found),
        kinds=kinds_read(found),
    )
    return unit, standard, tables
