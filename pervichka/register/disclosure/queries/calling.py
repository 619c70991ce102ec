"""People of one's own branch who have a phone number: whom a call list is made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from pervichka.register.access.actor import Actor
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import Forbidden, demand
from pervichka.register.branches.models import Branch
from pervichka.register.disclosure.policy import policy
from pervichka.register.people.models import ContactKind, ContactPoint
from pervichka.register.people.queries import listed


@dataclass(frozen=True, kw_only=True)
class Callable:
    """Somebody to tick; the number itself only stands on the printed list."""

    id: UUID
    full_name: str
    affiliation: str


def most_on_a_call_list() -> int:
    """How many people one printed list has at most."""
    return policy().most_on_a_call_list


def to_call(
    *, actor: Actor, on: date, affiliations: Sequence[str] = (), offset: int = 0
) -> tuple[Sequence[Callable], int]:
    """A list's worth of people of the actor's own branch, by name, and how many there are.

    Raises `Forbidden`. Three queries.
    """
    found = with_a_phone(actor=actor, on=on, affiliations=affiliations).order_by("name_key", "id")
    rows = found[offset : offset + most_on_a_call_list()]
    return [
        Callable(id=one.id, full_name=one.full_name, affiliation=one.affiliation) for one in rows
    ], found.count()


def with_a_phone(*, actor: Actor, on: date, affiliations: Sequence[str] = ()) -> QuerySet[Any]:
    """Those of the actor's own branch, and of none below it. Raises `Forbidden`."""
    own = Branch.objects.filter(id=actor.branch_id).first() if actor.branch_id else None
    if own is None:
        raise Forbidden(actor, Permission.SEE_PEOPLE)
    demand(actor, Permission.SEE_PEOPLE, own)
    phones = ContactPoint.objects.filter(person=OuterRef("pk"), kind=ContactKind.PHONE)
    found = listed(branch=own, on=on, actor=actor, affiliations=affiliations)
    return found.filter(Exists(phones), branch_id=own.id)
