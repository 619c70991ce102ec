"""What is kept of exports and budgets for a time only.

The files, and what nobody decided or made; then what is left of an export; counts of rows; raises.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from pervichka.register.access.actor import Actor
from pervichka.register.disclosure.actions import destroy_exports
from pervichka.register.disclosure.models import BudgetRaise, RowBudget
from pervichka.register.disclosure.queries.exports import ended_exports, expired_exports
from pervichka.register.retention.kinds import Kind


def _destroy(keys: Sequence[UUID], by: Actor, at: datetime) -> None:
    destroy_exports(export_ids=keys, by=by, at=at)


# How long a file can be downloaded stands in the policy of exports: it is told to whoever asks.
KINDS = (
    Kind(code="exports", starts={"expired": expired_exports}, ends={"destroy": _destroy}),
    Kind(code="ended_exports", starts={"expired": ended_exports}),
    Kind(
        code="row_budgets",
        starts={"day": lambda before: RowBudget.objects.filter(day__lt=timezone.localdate(before))},
    ),
    Kind(
        code="budget_raises",
        starts={
            "day": lambda before: BudgetRaise.objects.filter(day__lt=timezone.localdate(before))
        },
    ),
)
