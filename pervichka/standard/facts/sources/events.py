"""What meetings and events are as facts.

Every fact of an event is dated on its day in the organisation's time zone. An event cancelled
before it was to begin leaves no fact; one cancelled later, or taken back, was still planned.
"""

from collections.abc import Collection, Iterator
from datetime import timedelta
from uuid import UUID

from pervichka.standard.facts.rows import FactRow
from pervichka.standard.rulebook.catalogue import MINUTES_DAYS
from pervichka.work.events.queries import EventForFacts, Evidence, ParticipantRow, facts_of

SOURCE = "events"
ACTION_PREFIXES = ("event.",)


def facts(*, subjects: Collection[UUID] | None) -> Iterator[FactRow]:
    """The facts of these events, of all where none are named."""
    for event in facts_of(subjects):
        if not event.called_off_ahead:
            yield from _of_plan(event)
        if event.took_place is not None:
            yield from _of_event(event, event.took_place)


def _of_plan(event: EventForFacts) -> Iterator[FactRow]:
    yield _fact(event, "event.planned", event.planned)
    for row in event.invited:
        yield _of_person(event, "event.invited", row)
    for row in event.accepted:
        yield _of_person(event, "event.accepted", row)


def _of_event(event: EventForFacts, took_place: Evidence) -> Iterator[FactRow]:
    for row in event.attended:
        yield _of_person(event, "event.attended", row)
    if not event.is_meeting:
        yield _fact(event, "event.held", took_place)
        return
    yield _fact(event, "meeting.held", took_place)
    if event.quorum is not None:
        yield _fact(event, "meeting.quorate", event.quorum)
    deadline = event.day + timedelta(days=MINUTES_DAYS)
    if event.published_on is not None and event.published_on <= deadline:
        # The system saw the minutes published, but not that there was anything to minute.
        yield _fact(event, "meeting.minuted", min(took_place, Evidence.OBSERVED))


def _fact(event: EventForFacts, kind: str, evidence: Evidence) -> FactRow:
    return FactRow(
        kind=kind,
        branch_id=event.branch_id,
        place=event.place,
        occurred_on=event.day,
        evidence=int(evidence),
        source_id=f"{event.id}/{kind}",
        subject=event.id,
    )


def _of_person(event: EventForFacts, kind: str, row: ParticipantRow) -> FactRow:
    return FactRow(
        kind=kind,
        branch_id=event.branch_id,
        place=event.place,
        person=row.person,
        occurred_on=event.day,
        evidence=int(row.evidence),
        source_id=f"{event.id}/{kind}/{row.id}",
        subject=event.id,
    )
