"""The event took place: what counts towards the quorum is settled."""

from datetime import datetime

from django.db import transaction

from pervichka.foundation.refusal import refuse
from pervichka.register.access.actor import Actor
from pervichka.work.events.actions.steps import demand_doors_open, locked_to_run, write_down
from pervichka.work.events.models import Attendance, Event, EventStatus
from pervichka.work.events.queries.electorate import quorum_of, voters_of


@transaction.atomic
def hold_event(*, event: Event, by: Actor, at: datetime) -> Event:
    """Say that it took place, and close check-in. Said twice, it stays so.

    Raises `Refused` before anyone was ticked, checked in or counted.
    """
    event = locked_to_run(event, by)
    demand_doors_open(event, at)
    if event.status == EventStatus.HELD:
        return event
    if event.head_count is None and not Attendance.objects.filter(event=event).exists():
        raise refuse("first say who came, or how many heads you counted")
    event.status = EventStatus.HELD
    event.held_at = at
    if event.check_in_opened_at is not None and event.check_in_closed_at is None:
        event.check_in_closed_at = at
    event.save(update_fields=["status", "held_at", "check_in_closed_at"])
    settle_quorum(event)
    write_down(event, "event.held", by=by, at=at, fields=["status", "quorum"])
    return event


def settle_quorum(event: Event) -> None:
    """Store who had a vote on the day, how many had to come, and whose coming counts."""
    voters = voters_of(event)
    electorate = voters.count()
    event.quorum = quorum_of(event, electorate)
    event.electorate = None if event.quorum is None else electorate
    event.save(update_fields=["electorate", "quorum"])
    rows = Attendance.objects.filter(event=event, person__isnull=False)
    with_vote = voters.filter(id__in=rows.values("person_id"))
    ids = list(with_vote.values_list("id", flat=True))
    rows.filter(person_id__in=ids).update(has_vote=True)
    rows.exclude(person_id__in=ids).update(has_vote=False)
