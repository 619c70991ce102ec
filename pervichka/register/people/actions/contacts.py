"""How a person can be reached."""

from datetime import datetime

from django.db import transaction

from pervichka.foundation import vault
from pervichka.foundation.ids import new_id
from pervichka.foundation.journal import journal
from pervichka.foundation.refusal import refuse
from pervichka.register.access.actor import Actor
from pervichka.register.people.actions.rights import demand_change
from pervichka.register.people.contact_values import DEFAULT_REGION, email_address, phone_number
from pervichka.register.people.models import ContactKind, ContactPoint, Person
from pervichka.register.people.sealed_contacts import stored


@transaction.atomic
def add_contact_point(
    *,
    person: Person,
    kind: str,
    value: str,
    region: str = DEFAULT_REGION,
    by: Actor,
    at: datetime,
) -> ContactPoint:
    """Add a phone number or an e-mail address; one they have already stays as it is.

    A phone number is kept in E.164; without a country code it is one of `region`. Raises `Refused`.
    """
    demand_change(by, person)
    plain = _plain(kind, value, region)
    # While keys are rotated, one they have already may still lie under the key before.
    had = ContactPoint.objects.filter(
        person=person, kind=kind, blind_index__in=vault.blinds(kind, plain)
    ).first()
    if had is not None:
        return had
    id_ = new_id()
    sealed, blind_index = stored(id_, kind, plain)
    point, made = ContactPoint.objects.get_or_create(
        person=person,
        kind=kind,
        blind_index=blind_index,
        defaults={
            "id": id_,
            "sealed": sealed,
            "branch": person.branch,
            "place": person.branch.place,
        },
    )
    if made:
        journal.append(
            by=by,
            at=at,
            action="person.contact_added",
            subject=person,
            branch=person.branch,
            fields=[kind],
        )
    return point


def _plain(kind: str, value: str, region: str) -> str:
    if kind == ContactKind.PHONE:
        plain = phone_number(value, region)
    elif kind == ContactKind.EMAIL:
        plain = email_address(value)
    else:
        raise refuse(
            "{value} is not known; write one of {allowed}",
            value=repr(kind),
            allowed=", ".join(ContactKind.values),
        )
    if plain is None:
        raise refuse(
            "{value} is not a phone number"
            if kind == ContactKind.PHONE
            else "{value} is not an e-mail address",
            value=repr(value),
        )
    return plain
