"""What may happen to people of the register."""

from pervichka.register.people.actions.bonds import change_affiliation, record_confirmation
from pervichka.register.people.actions.consents import record_consent, withdraw_consent
from pervichka.register.people.actions.contacts import (
    add_contact_point,
    confirm_contact_point,
    remove_contact_point,
)
from pervichka.register.people.actions.correcting import correct_person
from pervichka.register.people.actions.enrolment import enrol_person, transfer_person
from pervichka.register.people.actions.erasing import erase_person
from pervichka.register.people.actions.pressure import handle_pressure, report_pressure
from pervichka.register.people.actions.reaching import Reached, dial, show
from pervichka.register.people.actions.returning import wish_to_be_held

__all__ = [
    "Reached",
    "add_contact_point",
    "change_affiliation",
    "confirm_contact_point",
    "correct_person",
    "dial",
    "enrol_person",
    "erase_person",
    "handle_pressure",
    "record_confirmation",
    "record_consent",
    "remove_contact_point",
    "report_pressure",
    "show",
    "transfer_person",
    "wish_to_be_held",
    "withdraw_consent",
]
