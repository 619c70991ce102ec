"""Many people written at once, as one act. Every row carries its branch and its place."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from django.db import transaction

from pervichka.foundation import vault
from pervichka.foundation.journal import journal
from pervichka.register.access.actor import Actor
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import demand
from pervichka.register.branches.actions.bulk import copy_in
from pervichka.register.people.ledger import Happening, write_ledger
from pervichka.register.people.models import LedgerEvent, Proof
from pervichka.register.people.sealed_contacts import stored
from pervichka.register.texts.queries import published_texts
from pervichka.register.texts.wording import ConsentText


class PersonRow(NamedTuple):
    """Fields in the order in which they are written; `name_key` as `names.name_key` makes it."""

    id: UUID
    branch_id: UUID
    place: int
    code: str
    last_name: str
    first_name: str
    patronymic: str
    name_key: str
    born_on: date | None
    address: str
    known_since: date | None


class ContactPointRow(NamedTuple):
    """As it is given: what is stored is sealed."""

    id: UUID
    branch_id: UUID
    place: int
    person_id: UUID
    kind: str
    value: str


class AffiliationRow(NamedTuple):
    id: UUID
    branch_id: UUID
    place: int
    person_id: UUID
    kind: str
    valid_from: date | None
    valid_to: date | None


class ConfirmationRow(NamedTuple):
    id: UUID
    branch_id: UUID
    place: int
    person_id: UUID
    confirmed_on: date


class ConsentRow(NamedTuple):
    id: UUID
    branch_id: UUID
    place: int
    person_id: UUID
    text_code: str
    given_on: date | None
    withdrawn_on: date | None
    asserted: bool
    text_version: int = 1


_CONTACT_POINT = (*ContactPointRow._fields[:-1], "sealed", "blind_index")


@transaction.atomic
def load_people(
    *,
    people: Iterable[PersonRow],
    contact_points: Iterable[ContactPointRow],
    affiliations: Iterable[AffiliationRow],
    confirmations: Iterable[ConfirmationRow],
    consents: Iterable[ConsentRow],
    by: Actor,
    at: datetime,
) -> None:
    """Write people and what follows from them; constraints hold as for any write."""
    demand(by, Permission.LOAD_IN_BULK)
    copy_in("person", PersonRow._fields, people)
    copy_in("contact_point", _CONTACT_POINT, _sealed(contact_points))
    copy_in("affiliation", AffiliationRow._fields, affiliations)
    copy_in("confirmation", ConfirmationRow._fields, confirmations)
    agreed = list(consents)
    copy_in("consent", ConsentRow._fields, agreed)
    # Read before: while rows stream into a table, its connection answers nothing else.
    texts = published_texts()
    write_ledger(_happenings(agreed, texts), by=by, at=at)
    journal.append(by=by, at=at, action="people.loaded", subject=("people", "all"))


def _sealed(rows: Iterable[ContactPointRow]) -> Iterator[tuple[object, ...]]:
    keys = vault.ring()
    for row in rows:
        yield (*row[:-1], *stored(row.id, row.kind, row.value, keys))


def _happenings(
    consents: Iterable[ConsentRow], texts: Mapping[tuple[str, int], ConsentText]
) -> Iterator[Happening]:
    """What the ledger holds of consents: each was given or asserted, and perhaps withdrawn."""
    for row in consents:
        event = LedgerEvent.ASSERTED if row.asserted else LedgerEvent.GIVEN
        days = [(event, row.given_on)]
        if row.withdrawn_on is not None:
            days.append((LedgerEvent.WITHDRAWN, row.withdrawn_on))
        for happened, on in days:
            yield Happening(
                person_id=row.person_id,
                branch_id=row.branch_id,
                place=row.place,
                event=happened.value,
                text=texts[row.text_code, row.text_version],
                on=on,
                proof=(Proof.IMPORT if row.asserted else Proof.LINK).value,
                by_the_person=not row.asserted,
            )
