"""An appeal is registered: from that day its answer is due."""

from datetime import datetime

from django.db import transaction

from pervichka.foundation.refusal import refuse
from pervichka.register.access.actor import Actor
from pervichka.work.casework import terms
from pervichka.work.casework.actions.steps import (
    current_round,
    day_of,
    locked_to_handle,
    note_step,
)
from pervichka.work.casework.models import Appeal, Status, StepKind
from pervichka.work.casework.subjects import subjects


@transaction.atomic
def register_appeal(*, appeal: Appeal, by: Actor, at: datetime) -> Appeal:
    """Register what came from the public page. Registered twice, it stays so.

    Late registration wins no time: the answer is due as if it had been registered in time.
    """
    appeal = locked_to_handle(appeal, by)
    if appeal.status != Status.RECEIVED:
        return appeal
    going_on = current_round(appeal)
    going_on.due_on = min(going_on.due_on, terms.answer_by(day_of(at)))
    going_on.save(update_fields=["due_on"])
    appeal.due_on = going_on.due_on
    appeal.status = Status.OPEN
    appeal.registered_at = at
    appeal.save(update_fields=["due_on", "status", "registered_at"])
    note_step(appeal, StepKind.REGISTERED, by=by, at=at, fields=["registered_at"])
    return appeal


@transaction.atomic
def change_subject(*, appeal: Appeal, subject: str, by: Actor, at: datetime) -> Appeal:
    """What it is really about, where the applicant chose wrong."""
    appeal = locked_to_handle(appeal, by)
    if subject not in subjects():
        raise refuse("choose what it is about")
    if subject == appeal.subject:
        return appeal
    appeal.subject = subject
    appeal.save(update_fields=["subject"])
    note_step(appeal, StepKind.SUBJECT_CHANGED, by=by, at=at, fields=["subject"])
    return appeal
