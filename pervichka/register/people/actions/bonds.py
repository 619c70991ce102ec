"""What a person is to the organisation, and that they still want to be."""

from datetime import date, datetime

from django.db import transaction

from pervichka.foundation.journal import journal
from pervichka.foundation.refusal import refuse
from pervichka.register.access.actor import Actor
from pervichka.register.people.actions.rights import demand_change
from pervichka.register.people.models import (
    Affiliation,
    AffiliationKind,
    Confirmation,
    Person,
)


@transaction.atomic
def change_affiliation(
    *, person: Person, kind: str, on: date, by: Actor, at: datetime
) -> Affiliation:
    """From `on` the person is `kind`; what they were before ends that day. Raises `Refused`."""
    demand_change(by, person)
    if kind not in AffiliationKind.values:
        raise refuse(
            "{value} is not known; write one of {allowed}",
            value=repr(kind),
            allowed=", ".join(AffiliationKind.values),
        )
    Person.objects.select_for_update().get(pk=person.pk)
    now = person.affiliations.filter(valid_to=None).first()
    if now is not None and now.kind == kind:
        return now
    if now is not None and now.valid_from is not None and on < now.valid_from:
        raise refuse("the affiliation in force began later, on {day}", day=now.valid_from)
    if now is None:
        # Until now they were a contact without a row that says so.
        now = Affiliation(
            branch=person.branch,
            person=person,
            kind=AffiliationKind.CONTACT,
            valid_from=min(person.known_since, on) if person.known_since else None,
        )
    now.valid_to = on
    now.save()
    made = Affiliation.objects.create(branch=person.branch, person=person, kind=kind, valid_from=on)
    journal.append(
        by=by,
        at=at,
        action="person.affiliation_changed",
        subject=person,
        branch=person.branch,
        fields=["affiliation"],
    )
    return made


@transaction.atomic
def record_confirmation(*, person: Person, on: date, by: Actor, at: datetime) -> Confirmation:
    """The person said that day that they still want to be in the register."""
    demand_change(by, person)
    said, made = Confirmation.objects.get_or_create(
        person=person,
        confirmed_on=on,
        defaults={"branch": person.branch, "place": person.branch.place},
    )
    if made:
        journal.append(
            by=by,
            at=at,
            action="person.confirmed",
            subject=person,
            branch=person.branch,
            fields=["confirmed_on"],
        )
    return said
