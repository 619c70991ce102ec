"""What may happen to people of the register."""

from pervichka.register.people.actions.bonds import change_affiliation, record_confirmation
from pervichka.register.people.actions.consents import (
    record_consent,
    refuse_channel,
    withdraw_consent,
)
from pervichka.register.people.actions.contacts import (
    add_contact_point,
    confirm_contact_point,
    mark_bounced,
    remove_contact_point,
)
from pervichka.register.people.actions.correcting import correct_person
from pervichka.register.people.actions.enrolment import enrol_person, transfer_person
from pervichka.register.people.actions.erasing import erase_person
from pervichka.register.people.actions.looking import (
    look_at_people,
    look_at_person,
    look_up_in_journal,
    open_name,
)
from pervichka.register.people.actions.pressure import handle_pressure, report_pressure
from pervichka.register.people.actions.reaching import Reached, dial, show
from pervichka.register.people.actions.returning import wish_to_be_held
from pervichka.register.people.actions.sheets import (
    MOST_BYTES,
    MOST_COPIES,
    SheetImage,
    count_sheet,
    print_sheets,
    show_sheet,
)

__all__ = [
    "MOST_BYTES",
    "MOST_COPIES",
    "Reached",
    "SheetImage",
    "add_contact_point",
    "change_affiliation",
    "confirm_contact_point",
    "correct_person",
    "count_sheet",
    "dial",
    "enrol_person",
    "erase_person",
    "handle_pressure",
    "look_at_people",
    "look_at_person",
    "look_up_in_journal",
    "mark_bounced",
    "open_name",
    "print_sheets",
    "record_confirmation",
    "record_consent",
    "refuse_channel",
    "remove_contact_point",
    "report_pressure",
    "show",
    "show_sheet",
    "transfer_person",
    "wish_to_be_held",
    "withdraw_consent",
]
