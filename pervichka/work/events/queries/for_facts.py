"""Events as plain rows for whoever measures: what happened, to whom (as codes), how well known.

No names and no titles. Rules of evidence stay in this room; kinds of facts belong to the standard.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from uuid import UUID

from django.utils import timezone

from pervichka.work.events import evidence
from pervichka.work.events.evidence import Came, Count, Evidence
from pervichka.work.events.models import (
    Answer,
    Attendance,
    Event,
    EventStatus,
    Invitation,
    Minutes,
)

_BATCH = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipantRow:
    """An invitation or an attendance. `person` is a code: of the register, or a random one."""

    id: UUID
    person: str
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class EventForFacts:
    """One event. `day` is the local date of its start.

    `took_place` and `quorum` are none where it did not take place or had no quorum;
    `called_off_ahead` says that it was cancelled before it was to begin.
    """

    id: UUID
    branch_id: UUID
    place: int
    is_meeting: bool
    day: date
    planned: Evidence
    called_off_ahead: bool
    took_place: Evidence | None
    quorum: Evidence | None
    published_on: date | None
    invited: Sequence[ParticipantRow]
    accepted: Sequence[ParticipantRow]
    attended: Sequence[ParticipantRow]


def facts_of(event_ids: Collection[UUID] | None) -> Iterator[EventForFacts]:
    """These events (none named: all), a batch at a time: four queries for 2,000 events."""
    events = Event.objects.order_by("id")
    if event_ids is not None:
        events = events.filter(id__in=list(event_ids))
    stream = events.iterator(chunk_size=_BATCH)
    while batch := list(islice(stream, _BATCH)):
        yield from _rows(batch)


def _rows(batch: Sequence[Event]) -> Iterator[EventForFacts]:
    ids = [event.id for event in batch]
    invited = _invitations(ids)
    came = _attendances(ids)
    published = dict(
        Minutes.objects.filter(event_id__in=ids, published_at__isnull=False).values_list(
            "event_id", "published_at"
        )
    )
    for event in batch:
        yield _row(event, invited[event.id], came[event.id], published.get(event.id))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Invited:
    row: ParticipantRow
    accepted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Attended:
    id: UUID
    person: str
    came: Came


def _invitations(ids: Sequence[UUID]) -> dict[UUID, list[_Invited]]:
    found: defaultdict[UUID, list[_Invited]] = defaultdict(list)
    rows = Invitation.objects.filter(event_id__in=ids).order_by("id")
    for event_id, id_, code, participant, answer, through in rows.values_list(
        "event_id", "id", "person__code", "participant", "answer", "answered_through"
    ):
        known = evidence.of_answer(through)
        row = ParticipantRow(id=id_, person=code or participant, evidence=known)
        found[event_id].append(_Invited(row=row, accepted=answer == Answer.YES))
    return found


def _attendances(ids: Sequence[UUID]) -> dict[UUID, list[_Attended]]:
    found: defaultdict[UUID, list[_Attended]] = defaultdict(list)
    rows = Attendance.objects.filter(event_id__in=ids).order_by("id")
    for event_id, id_, code, participant, means, at, has_vote, above in rows.values_list(
        "event_id",
        "id",
        "person__code",
        "participant",
        "means",
        "recorded_at",
        "has_vote",
        "from_above",
    ):
        came = Came(means=means, recorded_at=at, has_vote=has_vote, from_above=above)
        found[event_id].append(_Attended(id=id_, person=code or participant, came=came))
    return found


def _row(
    event: Event,
    invited: Sequence[_Invited],
    attended: Sequence[_Attended],
    published_at: datetime | None,
) -> EventForFacts:
    count = Count(
        heads=event.head_count,
        confirmed_at=event.head_count_confirmed_at,
        from_above=event.head_count_from_above,
    )
    came = [row.came for row in attended]
    held = event.status == EventStatus.HELD
    cancelled = event.cancelled_at
    return EventForFacts(
        id=event.id,
        branch_id=event.branch_id,
        place=event.place,
        is_meeting=event.is_meeting,
        day=timezone.localdate(event.starts_at),
        planned=evidence.of_plan(planned_at=event.planned_at, starts_at=event.starts_at),
        called_off_ahead=cancelled is not None and cancelled < event.starts_at,
        took_place=evidence.of_event(came, count) if held else None,
        quorum=(
            evidence.of_quorum(came, count, quorum=event.quorum)
            if held and event.quorum is not None
            else None
        ),
        published_on=timezone.localdate(published_at) if held and published_at else None,
        invited=[each.row for each in invited] if cancelled is None else [],
        accepted=[each.row for each in invited if each.accepted] if cancelled is None else [],
        attended=[
            ParticipantRow(
                id=each.id,
                person=each.person,
                evidence=evidence.of_attendance(each.came, count, listed=len(attended)),
            )
            for each in attended
        ]
        if held
        else [],
    )
