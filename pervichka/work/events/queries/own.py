"""What meetings and events hold of one person: for that person, and counted for their erasure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from pervichka.register.access.actor import Actor
from pervichka.register.branches.queries.units import branch_label
from pervichka.work.events.models import Attendance, Event, Invitation, Minutes


@dataclass(frozen=True, kw_only=True)
class OwnEvent:
    """An event that the person was asked to, or came to. `answer` is empty where none was given."""

    id: UUID
    kind: str
    title: str
    starts_at: datetime
    branch: str
    invited: bool
    answer: str
    came: bool


def own_events(actor: Actor) -> Sequence[OwnEvent]:
    """All that are held of the actor themself, the latest first; nobody sees another's."""
    own = actor.person_id
    if own is None:
        return []
    answers = dict(Invitation.objects.filter(person=own).values_list("event_id", "answer"))
    came = set(Attendance.objects.filter(person=own).values_list("event_id", flat=True))
    found = Event.objects.filter(id__in=[*answers, *came]).select_related("branch")
    return [
        OwnEvent(
            id=event.id,
            kind=event.kind,
            title=event.title,
            starts_at=event.starts_at,
            branch=branch_label(event.branch),
            invited=event.id in answers,
            answer=answers.get(event.id, ""),
            came=event.id in came,
        )
        for event in found.order_by("-starts_at", "id")
    ]


def participations(person_id: UUID) -> dict[str, int]:
    """How many records of which sort lead to the person, as far as the scope in force reaches."""
    return {
        "invitations": Invitation.objects.filter(person=person_id).count(),
        "attendances": Attendance.objects.filter(person=person_id).count(),
        "head_counts": Event.objects.filter(
            Q(head_counted_by=person_id) | Q(head_count_confirmed_by=person_id)
        ).count(),
        "minutes_signed": Minutes.objects.filter(
            Q(chair=person_id) | Q(secretary=person_id)
        ).count(),
    }
