"""Whom a message about an event would be for, by what they answered or did. No names."""

from collections.abc import Sequence
from uuid import UUID

from pervichka.register.access.actor import Actor
from pervichka.work.events.models import Answer, Attendance, Event, Invitation
from pervichka.work.events.queries.naming import demand_names


def people_of_event(actor: Actor, event: Event, part: str) -> Sequence[UUID]:
    """Those invited, accepted, silent, or who came. Raises `Forbidden`, and `ValueError`."""
    demand_names(actor, event)
    invited = Invitation.objects.filter(event=event, person__isnull=False)
    rows = {
        "invited": invited,
        "accepted": invited.filter(answer=Answer.YES),
        "silent": invited.filter(answer=""),
        "came": Attendance.objects.filter(event=event, person__isnull=False),
    }
    if part not in rows:
        raise ValueError(part)
    return [id_ for id_ in rows[part].values_list("person_id", flat=True) if id_ is not None]
