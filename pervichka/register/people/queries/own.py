"""All that the register holds of a person, in clear, for that person alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from pervichka.register.access.actor import Actor
from pervichka.register.branches.queries.units import branch_label
from pervichka.register.people.models import (
    Affiliation,
    ContactPoint,
    LedgerEntry,
    Person,
    PersonSalt,
)
from pervichka.register.people.queries.agreed import as_agreed
from pervichka.register.texts.queries import published_texts
from pervichka.register.texts.wording import ConsentText


@dataclass(frozen=True, kw_only=True)
class OwnContact:
    id: UUID
    kind: str
    value: str
    unconfirmed: bool


@dataclass(frozen=True, kw_only=True)
class OwnConsent:
    """`text` is what was agreed to, word for word; `asserted`: somebody else says so."""

    text_code: str
    text: ConsentText | None
    version: int
    given_on: date | None
    withdrawn_on: date | None
    asserted: bool


@dataclass(frozen=True, kw_only=True)
class OwnData:
    """`sources` say how what is held came in: codes of the ledger's proofs, each once."""

    person: Person
    branch: str
    contacts: Sequence[OwnContact]
    codes: Sequence[str]
    affiliations: Sequence[Affiliation]
    confirmed: Sequence[date]
    consents: Sequence[OwnConsent]
    sources: Sequence[str]

    @property
    def withdrawable(self) -> list[OwnConsent]:
        """What is agreed to now, one for each purpose."""
        return [one for one in self.consents if one.withdrawn_on is None]


def own_person(actor: Actor) -> Person | None:
    """The actor's own record; none where they have none, or were erased."""
    if actor.person_id is None:
        return None
    return Person.objects.select_related("branch").filter(id=actor.person_id).first()


def own_data(actor: Actor) -> OwnData | None:
    """Everything at once, of the actor themself and of nobody else."""
    person = own_person(actor)
    if person is None:
        return None
    return OwnData(
        person=person,
        branch=branch_label(person.branch),
        contacts=sorted(map(_contact, person.contact_points.all()), key=_by_value),
        codes=[person.code, *person.aliases.order_by("code").values_list("code", flat=True)],
        affiliations=list(person.affiliations.order_by("valid_from", "id")),
        confirmed=list(
            person.confirmations.order_by("confirmed_on").values_list("confirmed_on", flat=True)
        ),
        consents=_consents(person),
        sources=_sources(person),
    )


def own_contact(actor: Actor, contact_id: UUID) -> ContactPoint | None:
    """A contact point of the actor's own."""
    found = ContactPoint.objects.filter(id=contact_id, person=actor.person_id)
    return found.select_related("person__branch").first()


def _contact(point: ContactPoint) -> OwnContact:
    return OwnContact(
        id=point.id, kind=point.kind, value=point.value, unconfirmed=point.unconfirmed
    )


def _by_value(contact: OwnContact) -> tuple[str, str]:
    return contact.kind, contact.value


def _consents(person: Person) -> list[OwnConsent]:
    texts = published_texts()
    return [
        OwnConsent(
            text_code=one.text_code,
            text=as_agreed(
                texts[one.text_code, one.text_version], branch=person.branch, on=one.given_on
            ),
            version=one.text_version,
            given_on=one.given_on,
            withdrawn_on=one.withdrawn_on,
            asserted=one.asserted,
        )
        for one in person.consents.order_by("given_on", "id")
    ]


def _sources(person: Person) -> list[str]:
    salt = PersonSalt.objects.filter(person=person).first()
    if salt is None:
        return []
    proofs = LedgerEntry.objects.filter(subject=salt.subject).order_by("tick", "id")
    return list(dict.fromkeys(proofs.values_list("proof", flat=True)))
