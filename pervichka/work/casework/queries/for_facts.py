"""Appeals as plain rows for whoever measures: no names and no words."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from uuid import UUID

from django.utils import timezone

from pervichka.work.casework import evidence
from pervichka.work.casework.evidence import Course, Evidence
from pervichka.work.casework.models import Appeal, ConfirmedBy, Outcome, Round

_BATCH = 2_000
_NOT_CLOSED = {Outcome.REOPENED, Outcome.WITHDRAWN}


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundForFacts:
    """One round of an appeal; its facts are of the branch that sees to it now.

    `due` is none where the applicant had it destroyed by `due_on`, unanswered: nobody waited any
    more. `answered_on_time` is none where it was not answered by then. `closed` and `solved` are
    none unless it ended so: reopened, it has not ended; withdrawn, nobody says how.
    """

    appeal_id: UUID
    number: int
    branch_id: UUID
    place: int
    due_on: date
    due: Evidence | None
    answered_on_time: Evidence | None
    closed_on: date | None
    closed: Evidence
    solved: Evidence | None


def facts_of(appeal_ids: Collection[UUID] | None) -> Iterator[RoundForFacts]:
    """The rounds of these appeals (none named: all), two queries for 2,000 appeals."""
    appeals = Appeal.objects.order_by("id")
    if appeal_ids is not None:
        appeals = appeals.filter(id__in=list(appeal_ids))
    stream = appeals.iterator(chunk_size=_BATCH)
    while batch := list(islice(stream, _BATCH)):
        rounds = _rounds([appeal.id for appeal in batch])
        for appeal in batch:
            yield from (_row(appeal, each) for each in rounds[appeal.id])


def _rounds(ids: Sequence[UUID]) -> dict[UUID, list[Round]]:
    found: defaultdict[UUID, list[Round]] = defaultdict(list)
    for each in Round.objects.filter(appeal_id__in=ids).order_by("number"):
        found[each.appeal_id].append(each)
    return found


def _row(appeal: Appeal, each: Round) -> RoundForFacts:
    course = Course(
        by_applicant=appeal.by_applicant,
        entered_from_above=appeal.from_above,
        spoke=each.confirmed_by == ConfirmedBy.APPLICANT or each.rating is not None,
    )
    known = evidence.of_appeal(course)
    on_time = each.answered_at is not None and _day(each.answered_at) <= each.due_on
    closed = each.settled_at is not None and each.outcome not in _NOT_CLOSED
    dropped = (
        each.outcome == Outcome.WITHDRAWN
        and each.answered_at is None
        and each.settled_at is not None
        and _day(each.settled_at) <= each.due_on
    )
    return RoundForFacts(
        appeal_id=appeal.id,
        number=each.number,
        branch_id=appeal.branch_id,
        place=appeal.place,
        due_on=each.due_on,
        due=None if dropped else known,
        answered_on_time=known if on_time else None,
        closed_on=_day(each.settled_at) if closed and each.settled_at else None,
        closed=known,
        solved=(
            evidence.of_solution(course, each.confirmed_by)
            if each.outcome == Outcome.SOLVED
            else None
        ),
    )


def _day(at: datetime) -> date:
    return timezone.localdate(at)
