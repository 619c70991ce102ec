"""A call list on paper: phone numbers of one's own branch, each look journalled."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from pervichka.foundation.journal import journal
from pervichka.foundation.refusal import refuse
from pervichka.register.access.actor import Actor
from pervichka.register.disclosure.policy import policy
from pervichka.register.disclosure.queries.calling import with_a_phone
from pervichka.register.people.models import ContactKind


@dataclass(frozen=True, kw_only=True)
class CallLine:
    """A person to call, with their numbers in full."""

    full_name: str
    phones: Sequence[str]


@transaction.atomic
def print_call_list(*, person_ids: Sequence[UUID], by: Actor, at: datetime) -> Sequence[CallLine]:
    """The chosen people of one's own branch, by name. Raises `Forbidden`, `Refused`.

    Whoever is of another branch, or has no number, is left out like one who isn't there.
    """
    wanted, most = set(person_ids), policy().most_on_a_call_list
    if not wanted:
        raise refuse("choose whom to call")
    if len(wanted) > most:
        raise refuse("a call list holds {most} people at most", most=most)
    people = with_a_phone(actor=by, on=timezone.localdate(at)).filter(id__in=wanted)
    found = list(
        people.select_related("branch")
        .prefetch_related("contact_points")
        .order_by("name_key", "id")
    )
    journal.append_all(
        journal.entry(
            by=by,
            at=at,
            action="contact.printed",
            subject=person,
            branch=person.branch,
            fields=[ContactKind.PHONE],
            look=True,
        )
        for person in found
    )
    return [
        CallLine(
            full_name=person.full_name,
            phones=[
                point.value
                for point in person.contact_points.all()
                if point.kind == ContactKind.PHONE
            ],
        )
        for person in found
    ]
