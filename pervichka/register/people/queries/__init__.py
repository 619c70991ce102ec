"""What is true of people, for an actor: each read goes through `people_visible_to`."""

from pervichka.register.people.queries.found_by_contact import people_by_contact
from pervichka.register.people.queries.lists import (
    PeopleList,
    PersonRow,
    people_by_affiliation,
    people_of,
)
from pervichka.register.people.queries.own import (
    OwnConsent,
    OwnContact,
    OwnData,
    own_contact,
    own_data,
    own_person,
)
from pervichka.register.people.queries.page import (
    ContactShown,
    PersonPage,
    contact_point_of,
    person_by_code,
    person_page,
)
from pervichka.register.people.queries.pressure import (
    Pressed,
    pressure_report,
    pressure_reports,
)
from pervichka.register.people.queries.visible import people_visible_to

__all__ = [
    "ContactShown",
    "OwnConsent",
    "OwnContact",
    "OwnData",
    "PeopleList",
    "PersonPage",
    "PersonRow",
    "Pressed",
    "contact_point_of",
    "own_contact",
    "own_data",
    "own_person",
    "people_by_affiliation",
    "people_by_contact",
    "people_of",
    "people_visible_to",
    "person_by_code",
    "person_page",
    "pressure_report",
    "pressure_reports",
]
