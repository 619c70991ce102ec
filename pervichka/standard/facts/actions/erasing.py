"""A person erased from the register and from facts: counts stay, under codes that lead nowhere."""

import secrets
from collections import defaultdict
from datetime import datetime
from uuid import UUID

from django.db import transaction

from pervichka.register.access.actor import Actor
from pervichka.register.disclosure.actions import destroy_exports_around
from pervichka.register.people.actions import erase_person
from pervichka.register.people.models import Person
from pervichka.standard.facts.actions.deriving import refresh_facts
from pervichka.standard.facts.models import Fact
from pervichka.standard.facts.sources import SOURCES

_CODE_BYTES = 12


@transaction.atomic
def erase_person_and_facts(*, person: Person, by: Actor, at: datetime) -> None:
    """Erase a person; no fact leads to them any more, and none is lost.

    Derived facts are derived anew; those of other systems get one fresh random code. Files of
    exports that may hold the person are destroyed, whoever else is on them.
    """
    codes = [person.code, *person.aliases.values_list("code", flat=True)]
    subjects: defaultdict[str, set[UUID]] = defaultdict(set)
    derived = Fact.objects.filter(person__in=codes, subject__isnull=False)
    for source, subject in derived.values_list("source", "subject"):
        if subject is not None:
            subjects[source].add(subject)
    place = person.place
    erase_person(person=person, by=by, at=at)
    # After the deletion, which waits for a file that is just being made with the person in it.
    destroy_exports_around(place=place, by=by, at=at)
    for each in SOURCES:
        if subjects[each.SOURCE]:
            refresh_facts(source=each, subjects=subjects[each.SOURCE])
    fresh = f"gone-{secrets.token_hex(_CODE_BYTES)}"
    Fact.objects.filter(person__in=codes).update(person=fresh)
