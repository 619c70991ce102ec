"""People by the page: those of a branch and below it, in the tree's order and then by name.

The next page begins after a person, not after a number of rows, so that the millionth is as near as
the first and nobody is shown twice when someone joins meanwhile.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from pervichka.register.access.actor import Actor
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import demand
from pervichka.register.branches.models import Branch
from pervichka.register.branches.queries.units import Unit, branch_label
from pervichka.register.people.models import (
    Affiliation,
    AffiliationKind,
    ContactKind,
    ContactPoint,
    Person,
)
from pervichka.register.people.queries.page import masked
from pervichka.register.people.queries.visible import people_visible_to


@dataclass(frozen=True, kw_only=True)
class PersonLine:
    """A person as a list shows them. `phone` is masked; none where there is none."""

    id: UUID
    full_name: str
    affiliation: str
    branch_id: UUID
    branch_code: str
    branch_name: str
    phone: str | None


@dataclass(frozen=True, kw_only=True)
class PeoplePart:
    """A part of the list; `before` and `after`: from whom the neighbouring parts are asked for."""

    lines: Sequence[PersonLine]
    before: UUID | None
    after: UUID | None


@dataclass(frozen=True, kw_only=True)
class From:
    """Where a part begins: after a person, or ends: before them. Neither: at the beginning."""

    after: UUID | None = None
    before: UUID | None = None

    @classmethod
    def beginning(cls) -> Self:
        return cls()


def list_people(
    unit: Branch | Unit,
    *,
    actor: Actor,
    affiliation: str = "",
    start: From | None = None,
    most: int = 50,
) -> PeoplePart:
    """Up to `most` people at home in the branch or below it. Raises `Forbidden`.

    Someone who has left meanwhile marks no place: then the list begins anew.
    """
    demand(actor, Permission.SEE_PEOPLE, unit)
    found = _of_kind(_in(unit, people_visible_to(actor)), affiliation)
    start = start or From.beginning()
    mark_id = start.before or start.after
    mark = None if mark_id is None else _in(unit, people_visible_to(actor)).filter(id=mark_id)
    at = None if mark is None else mark.first()
    backwards = at is not None and start.before is not None
    if at is not None:
        found = found.filter(_beyond(at, backwards=backwards))
    order = ("-place", "-name_key", "-id") if backwards else ("place", "name_key", "id")
    rows = list(found.order_by(*order)[: most + 1])
    more, rows = len(rows) > most, rows[:most]
    if backwards:
        rows.reverse()
    earlier = more if backwards else at is not None
    later = more or backwards
    return PeoplePart(
        lines=lines_of(rows),
        before=rows[0].id if rows and earlier else None,
        after=rows[-1].id if rows and later else None,
    )


def count_people(unit: Branch | Unit, *, actor: Actor, affiliation: str = "") -> int:
    """How many there are: quick for a primary branch, and too slow to be asked of a region."""
    demand(actor, Permission.SEE_PEOPLE, unit)
    return _of_kind(_in(unit, people_visible_to(actor)), affiliation).count()


def lines_of(people: Sequence[Person]) -> list[PersonLine]:
    """These people in this order, each with today's affiliation and the first phone number."""
    ids = [person.id for person in people]
    bonds = dict(
        Affiliation.objects.filter(person__in=ids, valid_to=None).values_list("person_id", "kind")
    )
    phones: dict[UUID, str] = {}
    points = ContactPoint.objects.filter(person__in=ids, kind=ContactKind.PHONE).order_by("-id")
    for point in points:
        phones[point.person_id] = masked(point.kind, point.value)
    branches = Branch.objects.in_bulk({person.branch_id for person in people})
    return [
        PersonLine(
            id=person.id,
            full_name=person.full_name,
            affiliation=bonds.get(person.id, AffiliationKind.CONTACT.value),
            branch_id=person.branch_id,
            branch_code=branches[person.branch_id].code,
            branch_name=branch_label(branches[person.branch_id]),
            phone=phones.get(person.id),
        )
        for person in people
    ]


def _in(unit: Branch | Unit, people: QuerySet[Person]) -> QuerySet[Person]:
    return people.filter(place__gte=unit.place, place__lte=unit.place_end)


def _of_kind(people: QuerySet[Person], affiliation: str) -> QuerySet[Person]:
    if not affiliation:
        return people
    bond = Affiliation.objects.filter(person=OuterRef("pk"), valid_to=None)
    if affiliation == AffiliationKind.CONTACT:
        # Who is nothing else is a contact, said or unsaid.
        return people.filter(~Exists(bond.exclude(kind=affiliation)))
    return people.filter(Exists(bond.filter(kind=affiliation)))


def _beyond(at: Person, *, backwards: bool) -> Q:
    """Those after the person in the list's order, or before them."""
    way = "lt" if backwards else "gt"

    def beyond(name: str, value: object) -> Q:
        return Q(**{f"{name}__{way}": value})

    same_place, same_name = Q(place=at.place), Q(name_key=at.name_key)
    # The first condition says nothing new; by it the index is entered at the right place.
    return Q(**{f"place__{way}e": at.place}) & (
        beyond("place", at.place)
        | (same_place & beyond("name_key", at.name_key))
        | (same_place & same_name & beyond("id", at.id))
    )
