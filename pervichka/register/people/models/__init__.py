"""People of the register: how to reach them, what they are here, what they agreed to."""

from pervichka.register.people.models.bonds import Affiliation, AffiliationKind, Confirmation
from pervichka.register.people.models.contacts import ContactKind, ContactPoint
from pervichka.register.people.models.erasure import Erasure, Suppression
from pervichka.register.people.models.ledger import (
    Basis,
    Consent,
    LedgerBlock,
    LedgerEntry,
    LedgerEvent,
    PersonSalt,
    Proof,
)
from pervichka.register.people.models.linkage import DuplicateSuspicion, PeopleImport
from pervichka.register.people.models.person import Person, PersonAlias
from pervichka.register.people.models.pressure import PressedTo, PressureReport

__all__ = [
    "Affiliation",
    "AffiliationKind",
    "Basis",
    "Confirmation",
    "Consent",
    "ContactKind",
    "ContactPoint",
    "DuplicateSuspicion",
    "Erasure",
    "LedgerBlock",
    "LedgerEntry",
    "LedgerEvent",
    "PeopleImport",
    "Person",
    "PersonAlias",
    "PersonSalt",
    "PressedTo",
    "PressureReport",
    "Proof",
    "Suppression",
]
