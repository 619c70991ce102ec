"""What is true of people, for an actor: each read goes through `people_visible_to`."""

from pervichka.register.people.queries.lists import (
    PeopleList,
    PersonRow,
    people_by_affiliation,
    people_of,
)
from pervichka.register.people.queries.page import (
    ContactShown,
    PersonPage,
    contact_value,
    person_by_code,
    person_page,
)
from pervichka.register.people.queries.visible import people_visible_to

__all__ = [
    "ContactShown",
    "PeopleList",
    "PersonPage",
    "PersonRow",
    "contact_value",
    "people_by_affiliation",
    "people_of",
    "people_visible_to",
    "person_by_code",
    "person_page",
]
