"""Rows behind a number are shown: those about people beyond one's own branch draw on the budget."""

from collections.abc import Iterable
from datetime import datetime

from pervichka.register.access.actor import Actor
from pervichka.register.branches.models import Branch
from pervichka.register.disclosure.actions import spend
from pervichka.standard.engine.explain import ExplainedRow


def show_rows(*, rows: Iterable[ExplainedRow], by: Actor, at: datetime) -> None:
    """Count them before they are handed out, named or numbered. Raises `BudgetExhausted`.

    A row of dates and a branch may be enough to know someone by, so "participant 7" counts too.
    """
    about = [str(row.columns.get("branch")) for row in rows if row.columns.get("person")]
    if about:
        branches = Branch.objects.filter(id__in=[by.branch_id] if by.branch_id else [])
        own = branches.values_list("code", flat=True).first()
        spend(rows=sum(code != own for code in about), by=by, at=at)
