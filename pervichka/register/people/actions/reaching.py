"""Someone reaches a person: the number or address is handed out, and the look is journalled."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from pervichka.foundation.journal import journal
from pervichka.register.access.actor import Actor
from pervichka.register.people.actions.looking import demand_reason
from pervichka.register.people.models import ContactPoint
from pervichka.register.people.queries.visible import people_visible_to


@dataclass(frozen=True, kw_only=True)
class Reached:
    """A contact point in clear, for the one use that was journalled."""

    person_id: UUID
    branch_id: UUID
    person: str
    kind: str
    value: str


def dial(*, contact_id: UUID, by: Actor, at: datetime) -> Reached | None:
    """To call or write: see `_look`."""
    return _look(contact_id, "contact.dialled", by, at)


def show(*, contact_id: UUID, by: Actor, at: datetime) -> Reached | None:
    """To read the number or address itself, where this device does not call: see `_look`."""
    return _look(contact_id, "contact.shown", by, at)


@transaction.atomic
def _look(contact_id: UUID, action: str, by: Actor, at: datetime) -> Reached | None:
    """None for a contact point that isn't there and for one of a person out of sight alike.

    Raises `ReasonNeeded` above the person's branch, until a reason was given.
    """
    point = (
        ContactPoint.objects.filter(id=contact_id, person__in=people_visible_to(by))
        .select_related("person", "branch")
        .first()
    )
    if point is None:
        return None
    demand_reason(point.person, by=by, at=at)
    journal.append(
        by=by,
        at=at,
        action=action,
        subject=point.person,
        branch=point.branch,
        fields=[point.kind],
        look=True,
    )
    return Reached(
        person_id=point.person_id,
        branch_id=point.branch_id,
        person=point.person.full_name,
        kind=point.kind,
        value=point.value,
    )
