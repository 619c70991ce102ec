"""An appeal is answered, or its deadline is moved with a reason that the applicant reads."""

from datetime import datetime

from django.db import transaction

from pervichka.foundation.refusal import Reason, Refused, refuse
from pervichka.register.access.actor import Actor
from pervichka.work.casework import terms
from pervichka.work.casework.actions.steps import (
    current_round,
    day_of,
    demand_not_forgotten,
    locked_to_handle,
    locked_to_read,
    note_step,
    words,
)
from pervichka.work.casework.models import OPEN, Appeal, Status, StepKind


@transaction.atomic
def answer_appeal(*, appeal: Appeal, text: str, by: Actor, at: datetime) -> Appeal:
    """Answer it. The applicant then says whether that solves it; nobody else closes it.

    Only the branch that sees to it answers; what another unit wants answered it takes over first.
    """
    appeal = locked_to_read(appeal, by)
    demand_not_forgotten(appeal)
    if appeal.status == Status.RECEIVED:
        raise refuse("register it first: then it can be answered")
    if appeal.status != Status.OPEN:
        raise refuse("it is answered already; the applicant can reopen it")
    plain = words(text, "text", message="write the answer")
    going_on = current_round(appeal)
    going_on.answered_at = at
    going_on.save(update_fields=["answered_at"])
    appeal.status = Status.ANSWERED
    appeal.save(update_fields=["status"])
    note_step(appeal, StepKind.ANSWERED, by=by, at=at, text=plain, fields=["answer"])
    return appeal


@transaction.atomic
def extend_appeal(*, appeal: Appeal, days: int, reason: str, by: Actor, at: datetime) -> Appeal:
    """Move the deadline, once a round and before it is over. Raises `Refused` beyond the policy."""
    appeal = locked_to_handle(appeal, by)
    most = terms.policy().extend_by
    if appeal.status not in OPEN:
        raise refuse("it is answered already: there is nothing to extend")
    going_on = current_round(appeal)
    if going_on.extended_at is not None:
        raise refuse("it was extended once already")
    if day_of(at) > going_on.due_on:
        raise refuse("the deadline is over: it can't be extended any more")
    if not 1 <= days <= most:
        raise Refused(
            Reason(
                message="it can be extended by 1 to {most} days",
                params={"most": most},
                column="days",
            )
        )
    plain = words(reason, "reason", message="say why: the applicant will read it")
    going_on.due_on = terms.extended(going_on.due_on, days)
    going_on.extended_at = at
    going_on.save(update_fields=["due_on", "extended_at"])
    appeal.due_on = going_on.due_on
    appeal.save(update_fields=["due_on"])
    note_step(appeal, StepKind.EXTENDED, by=by, at=at, text=plain, fields=["due_on"])
    return appeal
