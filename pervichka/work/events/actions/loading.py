"""Many events of the past with all that belongs to them, written at once, as one act.

Facts are not derived from the journal then: whoever loads rebuilds them afterwards.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db import transaction

from pervichka.foundation.journal import journal
from pervichka.register.access.actor import Actor
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import demand
from pervichka.register.branches.actions.bulk import copy_in


class EventRow(NamedTuple):
    """Fields in the order in which they are written."""

    id: UUID
    branch_id: UUID
    place: int
    kind: str
    title: str
    venue: str
    starts_at: datetime
    ends_at: datetime
    status: str
    needs_quorum: bool
    planned_at: datetime
    held_at: datetime | None
    cancelled_at: datetime | None
    cancel_reason: str
    check_in_secret: str
    check_in_opened_at: datetime | None
    check_in_closed_at: datetime | None
    head_count: int | None
    head_counted_at: datetime | None
    head_counted_by_id: UUID | None
    head_count_confirmed_at: datetime | None
    head_count_confirmed_by_id: UUID | None
    electorate: int | None
    quorum: int | None
    description: str = ""


class AgendaItemRow(NamedTuple):
    id: UUID
    branch_id: UUID
    place: int
    event_id: UUID
    number: int
    text: str


class ResolutionRow(NamedTuple):
    id: UUID
    branch_id: UUID
    place: int
    event_id: UUID
    number: int
    text: str
    votes_for: int
    votes_against: int
    votes_abstained: int


class MinutesRow(NamedTuple):
    id: UUID
    branch_id: UUID
    place: int
    event_id: UUID
    text: str
    chair_id: UUID | None
    secretary_id: UUID | None
    published_at: datetime | None


class InvitationRow(NamedTuple):
    id: UUID
    branch_id: UUID
    place: int
    event_id: UUID
    person_id: UUID | None
    participant: str
    token_hash: str | None
    invited_at: datetime
    answer: str
    answered_at: datetime | None
    answered_through: str


class AttendanceRow(NamedTuple):
    id: UUID
    branch_id: UUID
    place: int
    event_id: UUID
    person_id: UUID | None
    participant: str
    means: str
    recorded_at: datetime
    has_vote: bool


@transaction.atomic
def load_events(
    *,
    events: Iterable[EventRow],
    agenda: Iterable[AgendaItemRow],
    resolutions: Iterable[ResolutionRow],
    minutes: Iterable[MinutesRow],
    invitations: Iterable[InvitationRow],
    attendances: Iterable[AttendanceRow],
    by: Actor,
    at: datetime,
) -> None:
    """Write events as they were, wherever they were; constraints hold as for any write."""
    demand(by, Permission.LOAD_IN_BULK)
    copy_in("event", EventRow._fields, events)
    copy_in("agenda_item", AgendaItemRow._fields, agenda)
    copy_in("resolution", ResolutionRow._fields, resolutions)
    copy_in("minutes", MinutesRow._fields, minutes)
    copy_in("invitation", InvitationRow._fields, invitations)
    copy_in("attendance", AttendanceRow._fields, attendances)
    journal.append(by=by, at=at, action="events.loaded", subject=("events", "all"))
