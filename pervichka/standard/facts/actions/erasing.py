"""A person erased from everywhere: counts stay, under codes that lead nowhere.

One transaction over the register, work, facts, users, posts and the queue; then the files that may
hold the person. Whoever adds a place where people are held adds it here, and a test looks through
every table for what is left.
"""

import secrets
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from pervichka.foundation.postgres.django.scoping import within
from pervichka.foundation.postgres.scope import EVERYTHING
from pervichka.foundation.refusal import refuse
from pervichka.register.access.actor import Actor
from pervichka.register.access.roles import Operator
from pervichka.register.accounts.actions import forget_letters
from pervichka.register.people import erasure_log
from pervichka.register.people.actions import erase_person
from pervichka.register.people.actions.erasing import log_all, take_over, write_act
from pervichka.register.people.actions.rights import demand_change
from pervichka.register.people.models import Erasure, Person
from pervichka.register.posts.actions import leave_all
from pervichka.register.posts.queries import signs_in_or_holds
from pervichka.standard.facts.actions.deriving import refresh_facts
from pervichka.standard.facts.actions.files import delete_copies
from pervichka.standard.facts.models import Fact
from pervichka.standard.facts.sources import SOURCES
from pervichka.work.events.queries import participations
from pervichka.work.messaging.queries import letters_to

_CODE_BYTES = 12


@dataclass(frozen=True, kw_only=True)
class Act:
    """What is printed of an erasure: nothing in it names anybody."""

    number: int
    erased_at: datetime
    counts: Mapping[str, int]
    hash: str


@transaction.atomic
def erase_everywhere(*, person: Person, by: Actor, at: datetime) -> Act:
    """Erase a person, at their own word or by whoever may change them; the act of it.

    Their posts end first. No fact, no score and no count moves. Raises `Forbidden`, and `Refused`
    where another than themself would put somebody out of a post or of their sign-in by it.
    """
    demand_change(by, person)
    id_ = person.id
    # What leads to a person lies in other branches too, out of sight of whoever asks.
    with within(EVERYTHING):
        if by.person_id != id_ and by.role is not Operator and signs_in_or_holds(id_):
            raise refuse("this person holds a post or signs in: they delete their data themselves")
        counts = _erase(person, by, at)
        act = write_act(person_id=id_, counts=counts, at=at)
    return Act(number=act.number, erased_at=at, counts=counts, hash=act.hash)


def replay_erasures(*, by: Actor, at: datetime) -> int:
    """Erase once more whom the file beside the keys knows as erased; how many were there again.

    For a database that was restored from a backup, before anybody is served from it.
    """
    known = set(Erasure.objects.values_list("person_id", flat=True))
    again = 0
    for line in erasure_log.logged():
        with transaction.atomic():
            person = Person.objects.filter(id=line.person_id).first()
            counts = {} if person is None else _erase(person, by, at)
            again += person is not None
            if line.person_id not in known:
                take_over(line, counts=counts, at=at)
    log_all()
    return again


def _erase(person: Person, by: Actor, at: datetime) -> dict[str, int]:
    id_, codes = person.id, [person.code, *person.aliases.values_list("code", flat=True)]
    counts = participations(id_)
    counts["letters"] = letters_to(id_)
    counts |= leave_all(person_id=id_, by=by, at=at)
    counts["facts"] = Fact.objects.filter(person__in=codes).count()
    counts |= _erase_with_facts(person, codes, by, at)
    counts["jobs"] = forget_letters(person_id=id_)
    counts["files"] = delete_copies()
    return counts


def _erase_with_facts(person: Person, codes: list[str], by: Actor, at: datetime) -> dict[str, int]:
    """Derived facts are derived anew; those of other systems get one fresh random code."""
    subjects: defaultdict[str, set[UUID]] = defaultdict(set)
    derived = Fact.objects.filter(person__in=codes, subject__isnull=False)
    for source, subject in derived.values_list("source", "subject"):
        if subject is not None:
            subjects[source].add(subject)
    counts = erase_person(person=person, by=by, at=at)
    for each in SOURCES:
        if subjects[each.SOURCE]:
            refresh_facts(source=each, subjects=subjects[each.SOURCE])
    fresh = f"gone-{secrets.token_hex(_CODE_BYTES)}"
    Fact.objects.filter(person__in=codes).update(person=fresh)
    return counts
