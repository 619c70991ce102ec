"""People of the register: how to reach them, what they are here, what they agreed to."""

from pervichka.register.people.models.bonds import Affiliation, AffiliationKind, Confirmation
from pervichka.register.people.models.contacts import ContactKind, ContactPoint
from pervichka.register.people.models.ledger import Consent
from pervichka.register.people.models.linkage import DuplicateSuspicion, PeopleImport
from pervichka.register.people.models.person import Person, PersonAlias

__all__ = [
    "Affiliation",
    "AffiliationKind",
    "Confirmation",
    "Consent",
    "ContactKind",
    "ContactPoint",
    "DuplicateSuspicion",
    "PeopleImport",
    "Person",
    "PersonAlias",
]
