"""That an applicant was told of a step: printed, read out, or sent by whoever sends."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from pervichka.foundation.journal import journal
from pervichka.register.access.actor import Actor
from pervichka.work.casework.actions.steps import locked_to_handle
from pervichka.work.casework.models import Appeal, Step

_THROUGH = frozenset({"paper", "phone", "email"})


@transaction.atomic
def mark_told(*, appeal: Appeal, step_id: UUID, through: str, by: Actor, at: datetime) -> bool:
    """Write it down; False if it was told already, so that nothing is sent twice."""
    appeal = locked_to_handle(appeal, by)
    if through not in _THROUGH:
        raise ValueError(through)
    told = Step.objects.filter(id=step_id, appeal=appeal, public=True, told_at=None).update(
        told_at=at, told_through=through
    )
    if told:
        journal.append(
            by=by,
            at=at,
            action="applicant.told",
            subject=appeal,
            branch=appeal.branch,
            fields=[through],
        )
    return bool(told)
