"""Meetings and events for tests. Everything happens on the evening of 12 October 2026."""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime, timedelta

from pervichka.register.access.actor import Actor
from pervichka.register.branches.models import Branch
from pervichka.register.people.models import Person
from pervichka.work.events import actions
from pervichka.work.events.models import Event, EventKind
from tests.builders.actors import OPERATOR, oneself

STARTS = datetime(2026, 10, 12, 15, tzinfo=UTC)  # 18:00 in Moscow
PLANNED = STARTS - timedelta(days=7)
DURING = STARTS + timedelta(minutes=30)
AFTER = STARTS + timedelta(hours=2)


def a_meeting(
    *,
    branch: Branch,
    kind: str = EventKind.GENERAL_MEETING,
    title: str = "Общее собрание",
    starts_at: datetime = STARTS,
    planned_at: datetime | None = None,
    by: Actor = OPERATOR,
) -> Event:
    return actions.plan_event(
        branch=branch,
        kind=kind,
        title=title,
        venue="Школа № 5",
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=2),
        by=by,
        at=planned_at or starts_at - timedelta(days=7),
    )


def an_event(*, branch: Branch, title: str = "Субботник", starts_at: datetime = STARTS) -> Event:
    return a_meeting(branch=branch, kind=EventKind.COMMUNITY_WORK, title=title, starts_at=starts_at)


def tick(
    event: Event,
    people: Collection[Person],
    *,
    by: Actor = OPERATOR,
    at: datetime | None = None,
    reason: str = "",
) -> int:
    return actions.tick_attendance(
        event=event,
        person_ids=[person.id for person in people],
        reason=reason,
        by=by,
        at=at or event.starts_at + timedelta(minutes=30),
    )


def a_held_meeting(
    *,
    branch: Branch,
    came: Sequence[Person],
    head_count: int | None = None,
    confirmed_by: Person | None = None,
    kind: str = EventKind.GENERAL_MEETING,
    starts_at: datetime = STARTS,
) -> Event:
    """Ticked, counted if a head count is given, confirmed if someone confirms, held."""
    event = a_meeting(branch=branch, kind=kind, starts_at=starts_at)
    during = starts_at + timedelta(minutes=30)
    tick(event, came, at=during)
    if head_count is not None:
        actions.record_head_count(event=event, count=head_count, by=OPERATOR, at=during)
    if head_count is not None and confirmed_by is not None:
        actions.confirm_head_count(
            event=event, count=head_count, by=oneself(confirmed_by), at=during
        )
    return actions.hold_event(event=event, by=OPERATOR, at=starts_at + timedelta(hours=2))
