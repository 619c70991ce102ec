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
from pervichka.register.people.suppression import Described, demand_wished


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

    A phone number is kept in E.164; without a country code it is one of `region`. What the person
    writes down themself is unconfirmed. Raises `Refused`, also where somebody asked not to be held
    by it and it is not they who write.
    """
    demand_change(by, person)
    plain = _plain(kind, value, region)
    own = by.person_id == person.id
    if not own:
        demand_wished(
            Described(
                last_name=person.last_name,
                first_name=person.first_name,
                name_key=person.name_key,
                contacts=[(kind, plain)],
            )
        )
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
            "unconfirmed": own,
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


@transaction.atomic
def remove_contact_point(*, point: ContactPoint, by: Actor, at: datetime) -> None:
    """The person is no longer reached that way."""
    demand_change(by, point.person)
    kind, person = point.kind, point.person
    point.delete()
    journal.append(
        by=by,
        at=at,
        action="person.contact_removed",
        subject=person,
        branch=person.branch,
        fields=[kind],
    )


@transaction.atomic
def confirm_contact_point(*, point: ContactPoint, by: Actor, at: datetime) -> None:
    """It was shown that the person is reached that way."""
    demand_change(by, point.person)
    if not point.unconfirmed and point.bounced_at is None:
        return
    # A link that was opened shows besides that letters arrive there again.
    point.unconfirmed, point.bounced_at = False, None
    point.save(update_fields=["unconfirmed", "bounced_at"])
    journal.append(
        by=by,
        at=at,
        action="person.contact_confirmed",
        subject=point.person,
        branch=point.person.branch,
        fields=[point.kind],
    )


@transaction.atomic
def mark_bounced(*, point: ContactPoint, by: Actor, at: datetime) -> None:
    """Letters to it come back for good: nothing is sent there until it is given anew."""
    demand_change(by, point.person)
    if point.bounced_at is not None:
        return
    point.bounced_at = at
    point.save(update_fields=["bounced_at"])
    journal.append(
        by=by,
        at=at,
        action="person.contact_bounced",
        subject=point.person,
        branch=point.person.branch,
        fields=[point.kind],
    )


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
