"""What messages hold of one person: for that person, and counted for their erasure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from pervichka.register.access.actor import Actor
from pervichka.register.branches.queries.units import branch_label
from pervichka.work.messaging.models import REACHED, Delivery
from pervichka.work.messaging.wording import subject_of, wording_of


@dataclass(frozen=True, kw_only=True)
class OwnLetter:
    """A letter that the person got, or may have got."""

    subject: str
    branch: str
    at: datetime


def own_letters(actor: Actor) -> Sequence[OwnLetter]:
    """All that went to the actor themself, the latest first; nobody sees another's."""
    if actor.person_id is None:
        return []
    rows = Delivery.objects.filter(
        person=actor.person_id, status__in=REACHED, claimed_at__isnull=False
    ).select_related("campaign__branch", "person")
    return [
        OwnLetter(
            subject=_subject(row),
            branch=branch_label(row.campaign.branch),
            at=row.claimed_at,
        )
        for row in rows.order_by("-claimed_at", "id")
        if row.claimed_at is not None
    ]


def _subject(row: Delivery) -> str:
    name = "" if row.person is None else row.person.first_name
    values = {"first_name": name, "branch": branch_label(row.campaign.branch)}
    return subject_of(wording_of(row.campaign), values)


def letters_to(person_id: UUID) -> int:
    """How many letters lead to the person, as far as the scope in force reaches."""
    return Delivery.objects.filter(person=person_id).count()
