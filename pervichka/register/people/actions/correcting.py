"""What the register says of a person is put right."""

from datetime import datetime

from django.db import transaction

from pervichka.foundation.journal import journal
from pervichka.foundation.refusal import refuse
from pervichka.register.access.actor import Actor
from pervichka.register.people.actions.rights import demand_change
from pervichka.register.people.models import Person

_MOST_NAME = 100
_MOST_ADDRESS = 500


@transaction.atomic
def correct_person(
    *,
    person: Person,
    last_name: str,
    first_name: str,
    patronymic: str,
    address: str,
    by: Actor,
    at: datetime,
) -> list[str]:
    """Write names and address as given; the fields that changed. Raises `Refused`."""
    demand_change(by, person)
    person = Person.objects.select_for_update().get(pk=person.pk)
    given = {
        "last_name": last_name.strip(),
        "first_name": first_name.strip(),
        "patronymic": patronymic.strip(),
        "address": address.strip(),
    }
    names = [value for field, value in given.items() if field != "address"]
    if not any(names):
        raise refuse("name the person")
    if any(len(name) > _MOST_NAME for name in names):
        raise refuse("a name has {most} letters at most", most=_MOST_NAME)
    if len(given["address"]) > _MOST_ADDRESS:
        raise refuse("an address has {most} letters at most", most=_MOST_ADDRESS)
    changed = [field for field, value in given.items() if getattr(person, field) != value]
    if not changed:
        return []
    for field in changed:
        setattr(person, field, given[field])
    person.save(update_fields=[*changed, "name_key"])
    journal.append(
        by=by,
        at=at,
        action="person.changed",
        subject=person,
        branch=person.branch,
        fields=changed,
    )
    return changed
