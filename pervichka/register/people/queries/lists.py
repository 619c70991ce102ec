"""People by the list: who belongs to a branch, and how many of what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Coalesce

from pervichka.register.access.actor import Actor, Interval
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import demand
from pervichka.register.branches.models import Branch
from pervichka.register.people.models import Affiliation, AffiliationKind, Confirmation, Person
from pervichka.register.people.queries.search import ids_found
from pervichka.register.people.queries.visible import people_visible_to

MOST_SOUGHT = 1_000
_LATEST = F("valid_from").desc(nulls_last=True)


@dataclass(frozen=True, kw_only=True)
class PersonRow:
    """A person as a list shows them: no contact point among it."""

    id: UUID
    code: str
    full_name: str
    short_name: str
    affiliation: str
    branch_id: UUID
    confirmed_on: date | None


@dataclass(frozen=True, kw_only=True)
class PeopleList:
    """Part of a list, and how long the whole of it is."""

    rows: Sequence[PersonRow]
    total: int


def people_of(
    *,
    branch: Branch,
    on: date,
    actor: Actor,
    affiliations: Sequence[str] = (),
    search: str = "",
    offset: int = 0,
    limit: int = 50,
) -> PeopleList:
    """People at home in the branch or below it, by name.

    `search` is the beginning of names, or a whole phone number or e-mail address; of those whom it
    finds by name the first `MOST_SOUGHT` are looked at. An actor without the right to see people
    there gets none. Raises `Refused` where the search holds no letter, or too much.
    """
    found = listed(branch=branch, on=on, actor=actor, affiliations=affiliations)
    if search.strip():
        within = Interval(branch.place, branch.place_end)
        found = found.filter(id__in=ids_found(search, within=within, most=MOST_SOUGHT))
    latest = Confirmation.objects.filter(person=OuterRef("pk"), confirmed_on__lte=on)
    rows = found.annotate(
        confirmed_on=Subquery(latest.order_by("-confirmed_on").values("confirmed_on")[:1])
    ).order_by("name_key", "id")[offset : offset + limit]
    return PeopleList(rows=[_row(person) for person in rows], total=found.count())


def listed(
    *, branch: Branch, on: date, actor: Actor, affiliations: Sequence[str] = ()
) -> QuerySet[Any]:
    """Whom the actor sees at home in the branch or below it, each with their affiliation."""
    found = _counted_on(_in(branch, people_visible_to(actor)), on)
    return found.filter(affiliation__in=affiliations) if affiliations else found


def people_by_affiliation(*, branch: Branch, on: date, actor: Actor) -> dict[str, int]:
    """How many people of the branch and below it are what; every kind is there, if only as 0.

    Numbers lead to nobody, so whoever sees the branch sees them.
    """
    demand(actor, Permission.SEE_BRANCHES)
    people = _known_on(_in(branch, Person.objects.all()), on)
    bonds = _in_force(on).filter(place__gte=branch.place, place__lte=branch.place_end)
    latest = bonds.filter(person__in=people).distinct("person_id").order_by("person_id", _LATEST)
    # Counted by bonds at once: a look-up for each person takes minutes over a nation.
    counted = dict(
        Affiliation.objects.filter(id__in=latest.values("id"))
        .values_list("kind")
        .annotate(people=Count("id"))
    )
    bound = sum(counted.values())
    contacts = counted.get(AffiliationKind.CONTACT.value, 0) + people.count() - bound
    return (
        dict.fromkeys(AffiliationKind.values, 0)
        | counted
        | {AffiliationKind.CONTACT.value: contacts}
    )


def _in(branch: Branch, people: QuerySet[Person]) -> QuerySet[Person]:
    return people.filter(place__gte=branch.place, place__lte=branch.place_end)


def _known_on(people: QuerySet[Person], on: date) -> QuerySet[Person]:
    return people.filter(Q(known_since=None) | Q(known_since__lte=on))


def _in_force(on: date) -> QuerySet[Affiliation]:
    return Affiliation.objects.filter(
        Q(valid_from=None) | Q(valid_from__lte=on), Q(valid_to=None) | Q(valid_to__gt=on)
    )


def _counted_on(people: QuerySet[Person], on: date) -> QuerySet[Any]:
    """Those known by that day, each with the affiliation then in force (contact if none)."""
    latest = _in_force(on).filter(person=OuterRef("pk")).order_by(_LATEST)
    return _known_on(people, on).annotate(
        affiliation=Coalesce(
            Subquery(latest.values("kind")[:1]), Value(AffiliationKind.CONTACT.value, TextField())
        )
    )


def _row(person: Any) -> PersonRow:
    return PersonRow(
        id=person.id,
        code=person.code,
        full_name=person.full_name,
        short_name=person.short_name,
        affiliation=person.affiliation,
        branch_id=person.branch_id,
        confirmed_on=person.confirmed_on,
    )
