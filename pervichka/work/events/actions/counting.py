"""Heads are counted by the branch, and the number is confirmed by another participant."""

from datetime import datetime, timedelta

from django.db import transaction

from pervichka.foundation.refusal import refuse
from pervichka.register.access.actor import Actor
from pervichka.work.events.actions.steps import (
    demand_doors_open,
    demand_not_cancelled,
    from_above,
    locked,
    locked_to_run,
    participant_id,
    write_down,
)
from pervichka.work.events.models import Attendance, Event

CONFIRM_WITHIN = timedelta(days=7)
"""After the start a head count can be confirmed for so long: later nobody remembers."""


@transaction.atomic
def record_head_count(*, event: Event, count: int, by: Actor, at: datetime) -> Event:
    """Write down how many heads were counted; another number than before must be confirmed anew."""
    event = locked_to_run(event, by)
    demand_doors_open(event, at)
    listed = Attendance.objects.filter(event=event).count()
    if count < 1:
        raise refuse("count the heads: at least one person came")
    if count < listed:
        raise refuse(
            "{listed} people are in the list, and only {count} heads were counted: count again,"
            " or take those out of the list who did not come",
            listed=listed,
            count=count,
        )
    if event.head_count == count:
        return event
    event.head_count = count
    event.head_counted_at = at
    event.head_counted_by_id = by.person_id
    event.head_count_from_above = from_above(event, by)
    event.head_count_confirmed_at = event.head_count_confirmed_by = None
    event.save(
        update_fields=[
            "head_count",
            "head_counted_at",
            "head_counted_by",
            "head_count_from_above",
            "head_count_confirmed_at",
            "head_count_confirmed_by",
        ]
    )
    write_down(event, "event.head_counted", by=by, at=at, fields=["head_count"])
    return event


@transaction.atomic
def confirm_head_count(*, event: Event, count: int, by: Actor, at: datetime) -> Event:
    """Another participant confirms the number they are shown. Confirmed twice, it stays so.

    They must stand in the list themselves and not be the one who counted.
    """
    event = locked(event)
    demand_not_cancelled(event)
    person_id = participant_id(by)
    if event.head_count is None:
        raise refuse("the heads have not been counted yet")
    if event.head_count != count:
        raise refuse("the number has changed to {count}: look again", count=event.head_count)
    if person_id == event.head_counted_by_id:
        raise refuse("you counted the heads yourself: another participant must confirm them")
    if not Attendance.objects.filter(event=event, person_id=person_id).exists():
        raise refuse("you are not in the list of those who came: ask the secretary to add you")
    if at > event.starts_at + CONFIRM_WITHIN:
        raise refuse("a head count can be confirmed for {days} days", days=CONFIRM_WITHIN.days)
    if event.head_count_confirmed_at is not None:
        return event
    event.head_count_confirmed_at = at
    event.head_count_confirmed_by_id = person_id
    event.save(update_fields=["head_count_confirmed_at", "head_count_confirmed_by"])
    write_down(event, "event.head_count_confirmed", by=by, at=at, fields=["head_count"])
    return event
