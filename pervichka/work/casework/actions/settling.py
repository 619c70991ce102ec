"""How an appeal ends: the applicant says that it is solved, or has said nothing for long."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from pervichka.foundation.refusal import Reason, Refused, refuse
from pervichka.register.access.actor import Actor
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import demand
from pervichka.work.casework import terms
from pervichka.work.casework.actions.steps import (
    begin_round,
    current_round,
    day_of,
    demand_not_forgotten,
    locked,
    locked_as_own,
    locked_to_read,
    note_step,
    words,
)
from pervichka.work.casework.models import (
    Appeal,
    ConfirmedBy,
    Outcome,
    Round,
    Status,
    StepKind,
)

_AT_ONCE = 500


@transaction.atomic
def confirm_solved(*, appeal: Appeal, by: Actor, at: datetime) -> Appeal:
    """The applicant says that the answer solves it. Said twice, it stays so."""
    appeal = locked_as_own(appeal, by)
    return _solve(appeal, ConfirmedBy.APPLICANT, "", by=by, at=at)


@transaction.atomic
def record_solved(*, appeal: Appeal, told: str, by: Actor, at: datetime) -> Appeal:
    """The branch was told so, by phone or at the door; it counts as the branch's own word."""
    appeal = locked_to_read(appeal, by)
    plain = words(told, "told", message="say how you were told")
    return _solve(appeal, ConfirmedBy.BRANCH, plain, by=by, at=at)


@transaction.atomic
def reopen(*, appeal: Appeal, why: str, by: Actor, at: datetime) -> Appeal:
    """The applicant says that it is not solved, at any time; a new deadline runs."""
    appeal = locked_as_own(appeal, by)
    return _reopen(appeal, ConfirmedBy.APPLICANT, why, by=by, at=at)


@transaction.atomic
def record_reopened(*, appeal: Appeal, why: str, by: Actor, at: datetime) -> Appeal:
    """The branch was told that it is not solved."""
    appeal = locked_to_read(appeal, by)
    return _reopen(appeal, ConfirmedBy.BRANCH, why, by=by, at=at)


@transaction.atomic
def rate(*, appeal: Appeal, rating: int, by: Actor, at: datetime) -> Appeal:
    """How content the applicant is, from one to five; they may change their mind."""
    appeal = locked_as_own(appeal, by)
    if rating not in range(1, 6):
        raise Refused(Reason(message="choose from one to five", column="rating"))
    last = current_round(appeal)
    if last.answered_at is None:
        raise refuse("there is no answer to rate yet")
    if last.rating == rating:
        return appeal
    last.rating = rating
    last.save(update_fields=["rating"])
    note_step(appeal, StepKind.RATED, by=by, at=at, fields=["rating"])
    return appeal


def settle_silent(*, by: Actor, at: datetime) -> int:
    """Close what was answered so long ago that silence means no objection. Returns how many."""
    demand(by, Permission.HANDLE_APPEALS)
    before = at - timedelta(days=terms.policy().silence)
    closed = 0
    while ids := _silent_since(before):
        for id_ in ids:
            closed += _settle_one(id_, before, by=by, at=at)
    return closed


def _silent_since(before: datetime) -> list[UUID]:
    waiting = Round.objects.filter(
        appeal__status=Status.ANSWERED, outcome="", answered_at__lt=before
    )
    return list(waiting.order_by("id").values_list("appeal_id", flat=True)[:_AT_ONCE])


@transaction.atomic
def _settle_one(id_: UUID, before: datetime, *, by: Actor, at: datetime) -> int:
    appeal = locked(Appeal(id=id_))
    last = current_round(appeal)
    # The applicant may have spoken since it was listed.
    if appeal.status != Status.ANSWERED or last.answered_at is None or last.answered_at >= before:
        return 0
    _end(last, Outcome.SILENT, "", at=at)
    _close(appeal, at=at)
    note_step(appeal, StepKind.SILENT, by=by, at=at, fields=["outcome"])
    return 1


def _solve(appeal: Appeal, who: ConfirmedBy, told: str, *, by: Actor, at: datetime) -> Appeal:
    last = current_round(appeal)
    # Closed by silence or by the branch's word, and now the applicant says so themselves.
    better = who == ConfirmedBy.APPLICANT and last.confirmed_by != ConfirmedBy.APPLICANT
    if last.outcome == Outcome.SOLVED and not better:
        return appeal
    if last.answered_at is None:
        raise refuse("there is no answer yet")
    if last.outcome and not better:
        raise refuse("it is closed already")
    _end(last, Outcome.SOLVED, who, at=last.settled_at or at)
    _close(appeal, at=appeal.closed_at or at)
    note_step(appeal, StepKind.SOLVED, by=by, at=at, text=told, fields=["outcome"])
    return appeal


def _reopen(appeal: Appeal, who: ConfirmedBy, why: str, *, by: Actor, at: datetime) -> Appeal:
    demand_not_forgotten(appeal)
    if appeal.status not in {Status.ANSWERED, Status.CLOSED}:
        raise refuse("it is still being worked on")
    plain = words(why, "why", message="say what is still not solved")
    _end(current_round(appeal), Outcome.REOPENED, who, at=at)
    due_on = terms.answer_by(day_of(at))
    begin_round(appeal, due_on=due_on, at=at)
    appeal.status, appeal.due_on, appeal.closed_at = Status.OPEN, due_on, None
    appeal.save(update_fields=["status", "due_on", "closed_at"])
    note_step(appeal, StepKind.REOPENED, by=by, at=at, text=plain, fields=["outcome"])
    return appeal


def _end(last: Round, outcome: Outcome, who: str, *, at: datetime) -> None:
    last.outcome, last.confirmed_by, last.settled_at = outcome, who, at
    last.save(update_fields=["outcome", "confirmed_by", "settled_at"])


def _close(appeal: Appeal, *, at: datetime) -> None:
    appeal.status, appeal.closed_at = Status.CLOSED, at
    appeal.save(update_fields=["status", "closed_at"])
