"""What is true of people, for an actor: each read goes through `people_visible_to`."""

from pervichka.register.people.queries.found_by_contact import people_by_contact
from pervichka.register.people.queries.lists import (
    PeopleList,
    PersonRow,
    listed,
    people_by_affiliation,
    people_of,
)
from pervichka.register.people.queries.page import (
    ContactShown,
    PersonPage,
    person_by_code,
    person_page,
)
from pervichka.register.people.queries.sheets import (
    SHEET_COLUMNS,
    SheetRow,
    people_on_sheet,
    sheet,
)
from pervichka.register.people.queries.visible import people_visible_to

__all__ = [
    "SHEET_COLUMNS",
    "ContactShown",
    "PeopleList",
    "PersonPage",
    "PersonRow",
    "SheetRow",
    "listed",
    "people_by_affiliation",
    "people_by_contact",
    "people_of",
    "people_on_sheet",
    "people_visible_to",
    "person_by_code",
    "person_page",
    "sheet",
]
