"""One person, whole: what their own page and the secretary's shows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from pervichka.register.access.actor import Actor
from pervichka.register.people.models import (
    Affiliation,
    Consent,
    ContactKind,
    ContactPoint,
    DuplicateSuspicion,
    Person,
    PersonAlias,
)
from pervichka.register.people.queries.visible import people_visible_to

_SHOWN = 2


@dataclass(frozen=True, kw_only=True)
class ContactShown:
    """A contact point with all but its ends hidden."""

    id: UUID
    kind: str
    masked: str
    unconfirmed: bool


@dataclass(frozen=True, kw_only=True)
class PersonPage:
    person: Person
    contacts: Sequence[ContactShown]
    affiliations: Sequence[Affiliation]
    consents: Sequence[Consent]
    confirmed_on: date | None
    suspected_duplicates: int


def person_page(*, person_id: UUID, actor: Actor) -> PersonPage | None:
    """None for a person who isn't there and for one whom the actor may not see alike."""
    person = people_visible_to(actor).select_related("branch").filter(id=person_id).first()
    if person is None:
        return None
    confirmed = person.confirmations.order_by("-confirmed_on").first()
    return PersonPage(
        person=person,
        contacts=_contacts(person),
        affiliations=list(person.affiliations.order_by("valid_from", "id")),
        consents=list(person.consents.order_by("given_on", "id")),
        confirmed_on=None if confirmed is None else confirmed.confirmed_on,
        suspected_duplicates=DuplicateSuspicion.objects.filter(
            Q(person=person) | Q(other=person)
        ).count(),
    )


def person_seen(*, person_id: UUID, actor: Actor) -> Person | None:
    """The person, for an action; none where the actor does not see them."""
    return people_visible_to(actor).select_related("branch").filter(id=person_id).first()


def person_by_code(*, code: str, actor: Actor) -> Person | None:
    """By the code that facts know the person by, or by one of another system."""
    visible = people_visible_to(actor)
    return visible.filter(Q(code=code) | Q(aliases__code=code)).distinct().first()


def people_by_code(codes: Iterable[str], *, actor: Actor) -> Mapping[str, Person]:
    """Those of them whom the actor sees, by the code that was asked for. Two queries."""
    wanted = sorted(set(codes))
    visible = people_visible_to(actor)
    found = {person.code: person for person in visible.filter(code__in=wanted)}
    aliases = PersonAlias.objects.filter(code__in=wanted, person__in=visible)
    return found | {one.code: one.person for one in aliases.select_related("person")}


def contact_point_of(*, contact_id: UUID, actor: Actor) -> ContactPoint | None:
    """A contact point of a person whom the actor sees."""
    found = ContactPoint.objects.filter(id=contact_id, person__in=people_visible_to(actor))
    return found.select_related("person__branch").first()


def _contacts(person: Person) -> list[ContactShown]:
    in_clear = sorted(
        (point.kind, point.value, point.id, point.unconfirmed)
        for point in person.contact_points.all()
    )
    return [
        ContactShown(id=id_, kind=kind, masked=masked(kind, value), unconfirmed=unconfirmed)
        for kind, value, id_, unconfirmed in in_clear
    ]


def masked(kind: str, value: str) -> str:
    """`+7 ••• 00-01` for a phone number, `a••••@example.org` for an e-mail address."""
    if kind == ContactKind.EMAIL:
        local, _, domain = value.partition("@")
        return f"{local[:1]}••••@{domain}"
    end = value[-2 * _SHOWN :]
    return f"{value[:_SHOWN]} ••• {end[:_SHOWN]}-{end[_SHOWN:]}"
