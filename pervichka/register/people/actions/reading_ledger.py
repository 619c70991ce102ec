"""Someone reads on what grounds one person is held; the look is journalled."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from pervichka.foundation.journal import journal
from pervichka.register.access.actor import Actor
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import demand
from pervichka.register.people.models import Consent, LedgerEntry, Person, PersonSalt
from pervichka.register.people.queries.agreed import as_agreed
from pervichka.register.texts.queries import published_texts
from pervichka.register.texts.wording import ConsentText


@dataclass(frozen=True, kw_only=True)
class InForce:
    text: ConsentText
    given_on: date | None
    asserted: bool


@dataclass(frozen=True, kw_only=True)
class Grounds:
    """What is in force for a person, and every event behind it, the latest first. No name."""

    code: str
    in_force: Sequence[InForce]
    events: Sequence[LedgerEntry]


@transaction.atomic
def read_grounds(*, code: str, by: Actor, at: datetime) -> Grounds | None:
    """By the person's code; none for one who isn't there or lies elsewhere. Raises `Forbidden`."""
    demand(by, Permission.READ_LEDGER)
    if by.scope is None:
        return None
    person = (
        Person.objects.filter(Q(code=code) | Q(aliases__code=code))
        .filter(place__range=(by.scope.start, by.scope.end))
        .select_related("branch")
        .first()
    )
    if person is None:
        return None
    journal.append(
        by=by, at=at, action="ledger.read", subject=person, branch=person.branch, look=True
    )
    texts = published_texts()
    held = Consent.objects.filter(person=person, withdrawn_on=None).order_by("text_code")
    subject = PersonSalt.objects.filter(person=person).values("subject")
    return Grounds(
        code=person.code,
        in_force=[
            InForce(
                text=as_agreed(
                    texts[one.text_code, one.text_version], branch=person.branch, on=one.given_on
                ),
                given_on=one.given_on,
                asserted=one.asserted,
            )
            for one in held
        ],
        events=list(LedgerEntry.objects.filter(subject__in=subject).order_by("-tick", "-id")),
    )
