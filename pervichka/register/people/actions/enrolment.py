"""People enter the register and move between branches."""

import secrets
from datetime import date, datetime

from django.db import transaction

from pervichka.foundation.journal import journal
from pervichka.foundation.refusal import refuse
from pervichka.register.access.actor import Actor
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import demand
from pervichka.register.branches.models import Branch
from pervichka.register.people.models import (
    Affiliation,
    AffiliationKind,
    Confirmation,
    Consent,
    ContactPoint,
    DuplicateSuspicion,
    OpenedName,
    Person,
    PersonAlias,
    PersonSalt,
)
from pervichka.register.people.names import name_key
from pervichka.register.people.suppression import Described, demand_wished

_CODE_BYTES = 10


def new_code() -> str:
    """A code for a person who comes with none: random, so that it says nothing of them."""
    return f"p-{secrets.token_hex(_CODE_BYTES)}"


@transaction.atomic
def enrol_person(
    *,
    branch: Branch,
    last_name: str = "",
    first_name: str = "",
    patronymic: str = "",
    code: str | None = None,
    born_on: date | None = None,
    address: str = "",
    affiliation: str = AffiliationKind.CONTACT,
    since: date | None = None,
    by: Actor,
    at: datetime,
) -> Person:
    """Enter a person in their home branch; `since` none means always. Raises `Refused`.

    Refused is also whoever asked to be erased: they join again by themselves or not at all.
    """
    demand(by, Permission.CHANGE_PEOPLE, branch)
    names = [name.strip() for name in (last_name, first_name, patronymic)]
    if not any(names):
        raise refuse("name the person")
    if affiliation not in AffiliationKind.values:
        raise refuse(
            "{value} is not known; write one of {allowed}",
            value=repr(affiliation),
            allowed=", ".join(AffiliationKind.values),
        )
    if branch.closed_on is not None:
        raise refuse("{code} is closed", code=branch.code)
    demand_wished(
        Described(
            last_name=names[0],
            first_name=names[1],
            name_key=name_key(*names),
            born_on=born_on,
            code=code or "",
        )
    )
    code = code or new_code()
    if Person.objects.filter(code=code).exists() or PersonAlias.objects.filter(code=code).exists():
        raise refuse("there is a person {code} already", code=code)
    person = Person.objects.create(
        branch=branch,
        code=code,
        last_name=names[0],
        first_name=names[1],
        patronymic=names[2],
        born_on=born_on,
        address=address.strip(),
        known_since=since,
    )
    Affiliation.objects.create(branch=branch, person=person, kind=affiliation, valid_from=since)
    journal.append(by=by, at=at, action="person.enrolled", subject=person, branch=branch)
    return person


@transaction.atomic
def transfer_person(*, person: Person, branch: Branch, by: Actor, at: datetime) -> Person:
    """Make another branch the person's home; what happened stays where it happened."""
    demand(by, Permission.CHANGE_PEOPLE, person)
    demand(by, Permission.CHANGE_PEOPLE, branch)
    person = Person.objects.select_for_update().get(pk=person.pk)
    if branch.closed_on is not None:
        raise refuse("{code} is closed", code=branch.code)
    if person.branch_id == branch.id:
        return person
    before = person.branch
    move_home(person, branch)
    for concerned in (before, branch):
        journal.append(
            by=by,
            at=at,
            action="person.transferred",
            subject=person,
            branch=concerned,
            fields=["branch"],
        )
    return person


def move_home(person: Person, branch: Branch) -> None:
    """Set the branch of a person and of every row that follows them."""
    person.branch, person.place = branch, branch.place
    person.save(update_fields=["branch", "place"])
    for following in (
        ContactPoint.objects,
        Affiliation.objects,
        Confirmation.objects,
        Consent.objects,
        PersonAlias.objects,
        PersonSalt.objects,
        DuplicateSuspicion.objects,
        OpenedName.objects,
    ):
        following.filter(person=person).update(branch=branch, place=branch.place)
