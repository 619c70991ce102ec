"""A person is erased from the register, and the act of it is written down.

What lies above the register (work, facts) and beside it (users, posts, the queue) is seen to by
whoever calls, in the same transaction: see `standard.facts.actions.erasing`.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from pervichka.foundation.journal import journal
from pervichka.register.access.actor import Actor
from pervichka.register.people import erasure_log
from pervichka.register.people.actions.rights import demand_change
from pervichka.register.people.models import (
    ContactPoint,
    DuplicateSuspicion,
    Erasure,
    Person,
    PressureReport,
    SheetScan,
)
from pervichka.register.people.suppression import birth, coded, suppress, with_name

_FOLLOWING = {
    "contacts": "contact_points",
    "aliases": "aliases",
    "affiliations": "affiliations",
    "confirmations": "confirmations",
    "consents": "consents",
}


@transaction.atomic
def erase_person(*, person: Person, by: Actor, at: datetime) -> dict[str, int]:
    """Delete a person and all of the register that leads to them; how much of what it was.

    Their contacts, and their name with their birth, are suppressed: see `suppression`. Records of
    work and facts keep their counts, under codes that lead nowhere.
    """
    demand_change(by, person)
    _wait_for_lists()
    counts = {name: getattr(person, rows).count() for name, rows in _FOLLOWING.items()}
    counts["suspicions"] = (
        DuplicateSuspicion.objects.filter(person=person).count()
        + DuplicateSuspicion.objects.filter(other=person).count()
    )
    counts["reports"] = PressureReport.objects.filter(person=person).update(person=None)
    counts["suppressed"] = suppress(_marks(person), on=timezone.localdate(at))
    # Of a sheet printed for them, not counted yet.
    SheetScan.objects.filter(sheet__person=person).delete()
    branch, id_ = person.branch, person.id
    person.delete()
    counts["people"] = 1
    journal.append(
        by=by, at=at, action="person.erased", subject=("people.person", id_), branch=branch
    )
    return counts


def write_act(*, person_id: UUID, counts: Mapping[str, int], at: datetime) -> Erasure:
    """The act of an erasure, numbered; once all is committed, the file beside the keys has it."""
    _one_act_at_a_time()
    last = Erasure.objects.order_by("-number").first()
    number = 1 if last is None else last.number + 1
    act = Erasure.objects.create(
        number=number,
        person_id=person_id,
        erased_at=at,
        counts=dict(counts),
        hash=hash_of(number, person_id, at, counts),
    )
    transaction.on_commit(lambda: erasure_log.add([line_of(act)]))
    return act


def take_over(line: erasure_log.Line, *, counts: Mapping[str, int], at: datetime) -> None:
    """An act that the file knows and a restored database does not, with what was erased again."""
    _one_act_at_a_time()
    taken = Erasure.objects.filter(number=line.number).exists()
    last = Erasure.objects.order_by("-number").first()
    Erasure.objects.create(
        # Two files put together may have the same number twice; each act stays.
        number=last.number + 1 if taken and last is not None else line.number,
        person_id=line.person_id,
        erased_at=line.erased_at,
        counts=dict(counts),
        hash=line.hash,
        replayed_at=at,
    )


def log_all() -> int:
    """See that the file knows every act of the database; how many it had missed."""
    return erasure_log.add(map(line_of, Erasure.objects.order_by("number")))


def hash_of(number: int, person_id: UUID, at: datetime, counts: Mapping[str, int]) -> str:
    """What is printed on the act: nobody can make another act that has it."""
    said = json.dumps(
        [number, str(person_id), at.astimezone(UTC).isoformat()]
        + [[name, counts[name]] for name in sorted(counts)]
    )
    return hashlib.sha256(said.encode()).hexdigest()


def line_of(act: Erasure) -> erasure_log.Line:
    return erasure_log.Line(
        number=act.number, erased_at=act.erased_at, person_id=act.person_id, hash=act.hash
    )


def _marks(person: Person) -> list[tuple[str, str]]:
    """By what the person is not to be entered again."""
    codes = [person.code, *person.aliases.values_list("code", flat=True)]
    marks = [coded(code) for code in codes]
    for point in person.contact_points.all():
        contact = (point.kind, point.value)
        marks.append(with_name(contact, person.last_name, person.first_name))
        others = ContactPoint.objects.filter(kind=point.kind, blind_index=point.blind_index)
        if not others.exclude(person=person).exists():
            marks.append(contact)
    if person.born_on is not None:
        marks.append(birth(person.name_key, person.born_on))
    return marks


def _wait_for_lists() -> None:
    # A list being taken in has looked already for who does not wish to be held.
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('people import'))")


def _one_act_at_a_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('acts of erasure'))")
