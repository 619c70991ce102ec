"""A number opened to the rows behind it, for an actor and a page at a time."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from pervichka.foundation.journal.models import Entry
from pervichka.foundation.periods import Month
from pervichka.register.access.actor import Actor
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import demand
from pervichka.register.branches.queries.units import Unit
from pervichka.standard.engine.explain import ExplainedRow, Explanation, Side, explain
from pervichka.standard.engine.tables import Tables
from pervichka.standard.scores.computing import tables_for
from pervichka.standard.scores.queries.figures import ScoredMonth
from pervichka.standard.scores.queries.standards import document, standard_named

# Rows up to which participants are numbered through; beyond them a number is that of the row.
_NUMBERED = 5_000


@dataclass(frozen=True, kw_only=True)
class Opened:
    """One side of a number: a page of its rows, and what each person in them is called.

    `participants` numbers people in the order in which they first appear on this side: above the
    branch itself a person is "participant 7".
    """

    explanation: Explanation
    participants: Mapping[str, int]


def open_number(
    unit: Unit,
    indicator: str,
    scored: ScoredMonth,
    *,
    side: Side,
    actor: Actor,
    offset: int = 0,
    limit: int = 50,
) -> Opened:
    """The rows of one side. Raises `Forbidden` without the right to see evidence there, and
    `Refused` for an unknown indicator or a branch that was not living that month.
    """
    demand(actor, Permission.SEE_EVIDENCE, unit)
    published = scored.published
    # People are numbered from the side's first row on, so that a number holds on every page.
    start = 0 if offset + limit <= _NUMBERED else offset
    found = explain(
        document(published),
        _tables(f"{published.slug}@{published.version}", scored.month, _newest_entry()),
        scored.month,
        branch=unit.code,
        indicator=indicator,
        side=side,
        offset=start,
        limit=offset + limit - start,
    )
    participants: dict[str, int] = {}
    for position, row in enumerate(found.rows, start=start + 1):
        code = person_of(row)
        if code is not None:
            participants.setdefault(code, position if start else len(participants) + 1)
    page = replace(found, rows=found.rows[offset - start :])
    return Opened(explanation=page, participants=participants)


def person_of(row: ExplainedRow) -> str | None:
    """The code of the person whom a row is about, if it is about one."""
    code = row.columns.get("person")
    return None if code is None else str(code)


def _newest_entry() -> int:
    return Entry.objects.order_by("-id").values_list("id", flat=True).first() or 0


@lru_cache(maxsize=4)
def _tables(standard: str, month: Month, newest: int) -> Tables:
    """The month's tables, kept until something is written: `newest` is the journal's last entry."""
    return tables_for(document(standard_named(standard)), month)
