"""People of the register: how to reach them, what they are here, what they agreed to."""

from pervichka.register.people.models.bonds import Affiliation, AffiliationKind, Confirmation
from pervichka.register.people.models.contacts import ContactKind, ContactPoint
from pervichka.register.people.models.erasure import Erasure, Suppression
from pervichka.register.people.models.ledger import (
    Consent,
    LedgerBlock,
    LedgerEntry,
    LedgerEvent,
    PersonSalt,
    Proof,
)
from pervichka.register.people.models.linkage import DuplicateSuspicion, PeopleImport
from pervichka.register.people.models.opened import OpenedName
from pervichka.register.people.models.person import Person, PersonAlias
from pervichka.register.people.models.pressure import PressedTo, PressureReport
from pervichka.register.people.models.scans import SheetScan
from pervichka.register.people.models.sheets import ConsentSheet, SignedSheet
from pervichka.register.texts.models import Basis

__all__ = [
    "Affiliation",
    "AffiliationKind",
    "Basis",
    "Confirmation",
    "Consent",
    "ConsentSheet",
    "ContactKind",
    "ContactPoint",
    "DuplicateSuspicion",
    "Erasure",
    "LedgerBlock",
    "LedgerEntry",
    "LedgerEvent",
    "OpenedName",
    "PeopleImport",
    "Person",
    "PersonAlias",
    "PersonSalt",
    "PressedTo",
    "PressureReport",
    "Proof",
    "SheetScan",
    "SignedSheet",
    "Suppression",
]
