"""Steps that actions share: hold the event's row, ask for the right, note what was put right."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from pervichka.foundation.journal import journal
from pervichka.foundation.refusal import refuse
from pervichka.register.access.actor import Actor
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import demand
from pervichka.work.events.models import Correction, Event, EventStatus

DOORS_OPEN_BEFORE = timedelta(hours=2)
"""From then on before the start people may be checked in, ticked and counted."""

CODES_COUNT_AFTER = timedelta(hours=12)
"""For so long after the end (or the start, where no end is planned) a code may be entered."""


def locked(event: Event) -> Event:
    """The event as it stands now, held against other writers to the end of the transaction."""
    fresh = Event.objects.select_for_update(of=("self",)).select_related("branch")
    return fresh.get(id=event.id)


def locked_to_run(event: Event, by: Actor) -> Event:
    """The same, for whoever may run events there. Raises `Forbidden`."""
    fresh = locked(event)
    demand(by, Permission.RUN_EVENTS, fresh)
    return fresh


def demand_not_cancelled(event: Event) -> None:
    if event.status == EventStatus.CANCELLED:
        raise refuse("the event was cancelled: {reason}", reason=event.cancel_reason)


def demand_doors_open(event: Event, at: datetime) -> None:
    """That it is late enough to say who came."""
    demand_not_cancelled(event)
    if at < event.starts_at - DOORS_OPEN_BEFORE:
        raise refuse("the event has not begun: come back when people gather")


def demand_going_on(event: Event, at: datetime) -> None:
    """That people may still be there: what the system sees weeks later it has not seen."""
    demand_doors_open(event, at)
    if at > (event.ends_at or event.starts_at) + CODES_COUNT_AFTER:
        raise refuse("the event is over")


def from_above(event: Event, by: Actor) -> bool:
    """Whether another unit than the event's own enters it. The local operator acts for none."""
    return by.branch_id is not None and by.branch_id != event.branch_id


def participant_id(by: Actor) -> UUID:
    """The person who acts on their own behalf."""
    if by.person_id is None:
        raise refuse("open your personal link first, or sign in")
    return by.person_id


def write_down(
    event: Event, action: str, *, by: Actor, at: datetime, fields: Iterable[str]
) -> None:
    """The journal's entry: its subject is always the event, from which facts are derived."""
    journal.append(by=by, at=at, action=action, subject=event, branch=event.branch, fields=fields)


def note_correction(
    event: Event, field: str, *, before: object, after: object, reason: str, by: Actor, at: datetime
) -> None:
    """Keep what stood there before. Raises `Refused` without a reason."""
    if not reason.strip():
        raise refuse("say why you are correcting it")
    Correction.objects.create(
        event=event,
        branch=event.branch,
        field=field,
        before="" if before is None else str(before),
        after="" if after is None else str(after),
        reason=reason.strip(),
        corrected_at=at,
        corrected_by=by.code,
    )
