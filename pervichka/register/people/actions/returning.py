"""Somebody who asked not to be held joins again: by themself, and by nobody in their stead."""

from datetime import datetime

from django.db import transaction

from pervichka.foundation.journal import journal
from pervichka.register.access.actor import Actor
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import Forbidden
from pervichka.register.people.actions.rights import SOMEBODY
from pervichka.register.people.models import Consent, ContactPoint, Person
from pervichka.register.people.suppression import Contact, Described, is_known_by, lift


@transaction.atomic
def wish_to_be_held(*, described: Described, by: Actor, at: datetime) -> int:
    """Forget that someone so described asked not to be held; how many hashes went.

    For whatever lets people join by themselves, which acts as `SOMEBODY` once it has seen that the
    number or address is theirs. Raises `Forbidden` for anybody else, the local operator included.
    """
    if by != SOMEBODY:
        raise Forbidden(by, Permission.CHANGE_PEOPLE)
    lifted = lift(described)
    if lifted:
        journal.append(by=by, at=at, action="suppression.lifted", subject=("suppression", "one"))
    return lifted


def has_come_back(person: Person, *, at: datetime) -> int:
    """The person has just agreed by their own deed; how many hashes went.

    By all that is theirs beyond doubt: names with birth, codes, contacts that were confirmed.
    """
    points = ContactPoint.objects.filter(person=person, unconfirmed=False)
    contacts = [(point.kind, point.value) for point in points]
    codes = [person.code, *person.aliases.values_list("code", flat=True)]
    return sum(
        wish_to_be_held(described=_described(person, contacts, code), by=SOMEBODY, at=at)
        for code in codes
    )


def is_theirs(person: Person, contact: Contact, *, at: datetime) -> int:
    """The person has shown that this number or address is theirs; how many hashes went."""
    return wish_to_be_held(described=_described(person, [contact]), by=SOMEBODY, at=at)


def is_back_with(person: Person, contact: Contact) -> bool:
    """Whether someone of that very name and contact had gone, and the person agreed themself since.

    Whoever was erased left no record behind, so this one began after.
    """
    agreed = Consent.objects.filter(person=person, asserted=False, withdrawn_on=None)
    return is_known_by(contact, person.last_name, person.first_name) and agreed.exists()


def _described(person: Person, contacts: list[Contact], code: str = "") -> Described:
    return Described(
        last_name=person.last_name,
        first_name=person.first_name,
        name_key=person.name_key,
        born_on=person.born_on,
        contacts=contacts,
        code=code,
    )
