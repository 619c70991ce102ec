"""A branch asks the unit above it for help or reports a mistake; that unit answers."""

from datetime import datetime

from django.db import transaction

from pervichka.foundation.journal import journal
from pervichka.foundation.periods import Month
from pervichka.foundation.refusal import refuse
from pervichka.register.access.actor import Actor
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import demand
from pervichka.register.branches.models import Branch
from pervichka.register.branches.queries.units import Unit
from pervichka.standard.scores.models import UnitRequest
from pervichka.standard.scores.queries.requests import Listed, listed, request_numbered

MOST_WORDS = 1_000


@transaction.atomic
def ask_for_help(*, unit: Unit, words: str, by: Actor, at: datetime) -> int:
    """Send the unit above a request for help; returns its number. Raises `Refused`."""
    demand(by, Permission.RUN_EVENTS, unit)
    made = _ask(UnitRequest.Kind.HELP, unit, words, by=by, at=at)
    journal.append(
        by=by, at=at, action="help.asked", subject=made, branch=made.branch, fields=["words"]
    )
    return made.id


@transaction.atomic
def report_mistake(
    *, unit: Unit, indicator: str, month: Month, words: str, by: Actor, at: datetime
) -> int:
    """Tell the unit above that a number is mistaken; returns the report's number."""
    demand(by, Permission.SEE_EVIDENCE, unit)
    made = _ask(
        UnitRequest.Kind.MISTAKE, unit, words, by=by, at=at, indicator=indicator, month=month
    )
    journal.append(
        by=by, at=at, action="mistake.reported", subject=made, branch=made.branch, fields=["words"]
    )
    return made.id


@transaction.atomic
def answer_request(*, number: int, answer: str, by: Actor, at: datetime) -> Listed:
    """The unit that was asked answers, once. Raises `Refused`."""
    found = request_numbered(number, actor=by)
    if found is None or not found.may_answer:
        raise refuse("there is no request {number} that waits for your answer", number=number)
    request = UnitRequest.objects.select_for_update().select_related("branch").get(id=number)
    request.answer = _words(answer)
    request.answered_by, request.answered_at = by.code, at
    request.save(update_fields=["answer", "answered_by", "answered_at"])
    journal.append(
        by=by,
        at=at,
        action="request.answered",
        subject=request,
        branch=request.branch,
        fields=["answer"],
    )
    return listed(request, by)


def _ask(
    kind: UnitRequest.Kind,
    unit: Unit,
    words: str,
    *,
    by: Actor,
    at: datetime,
    indicator: str = "",
    month: Month | None = None,
) -> UnitRequest:
    branch = Branch.objects.select_for_update(of=("self",)).get(id=unit.id)
    if branch.parent_id is None:
        raise refuse("there is no unit above {code} to ask", code=branch.code)
    return UnitRequest.objects.create(
        kind=kind,
        branch=branch,
        addressee_id=branch.parent_id,
        indicator=indicator,
        month=None if month is None else month.start,
        words=_words(words),
        asked_by=by.code,
        asked_at=at,
    )


def _words(text: str) -> str:
    said = text.strip()
    if not said:
        raise refuse("say it in a few words")
    if len(said) > MOST_WORDS:
        raise refuse("say it in at most {most} characters", most=MOST_WORDS)
    return said
