"""Rows about people are shown: each draws on the daily budget of whoever is shown them.

    show(people=[row.branch_id for row in rows], by=actor, at=now)    before the rows are handed out

Rows of one's own branch draw nothing, and neither do the local operator and background work, who
have no account. See docs/adr/0016-the-daily-row-budget.md.
"""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.utils import timezone

from pervichka.register.access.actor import Actor
from pervichka.register.access.policy import BudgetExhausted
from pervichka.register.disclosure.policy import policy
from pervichka.register.disclosure.queries.budgets import budget_of

# One statement: of two requests at once, the second compares with what the first has left.
_SPEND = """
with allowed (rows) as (
  select %(base)s + coalesce(sum(rows), 0) from budget_raise
  where user_id = %(user)s and day = %(day)s
)
insert into row_budget as old (user_id, day, spent)
select %(user)s, %(day)s, %(wanted)s from allowed
where %(wanted)s <= allowed.rows
on conflict (user_id, day) do update set spent = old.spent + excluded.spent
where old.spent + excluded.spent <= (select rows from allowed)
returning spent
"""


def show(*, people: Iterable[UUID | None], by: Actor, at: datetime) -> None:
    """Count rows about people, each given by the branch it belongs to, before they are handed out.

    Raises `BudgetExhausted`, and counts nothing, where they are more than are left.
    """
    spend(rows=sum(branch_id != by.branch_id for branch_id in people), by=by, at=at)


def spend(*, rows: int, by: Actor, at: datetime) -> None:
    """Draw so many rows about people beyond one's own branch. Raises `BudgetExhausted`."""
    if rows <= 0 or by.user_id is None:
        return
    if not _taken(rows, by, timezone.localdate(at)):
        budget = budget_of(by, at=at)
        raise BudgetExhausted(
            wanted=rows, left=budget.left, allowed=budget.allowed, full_at=budget.full_at
        )


def _taken(rows: int, by: Actor, day: date) -> bool:
    asked = {
        "user": by.user_id,
        "day": day,
        "wanted": rows,
        "base": policy().rows_a_day(by.level),
    }
    with connection.cursor() as cursor:
        cursor.execute(_SPEND, asked)
        return cursor.fetchone() is not None
