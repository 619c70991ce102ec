"""What is true of people, for an actor: each read goes through `people_visible_to`."""

from pervichka.register.people.queries.export_rows import (
    EXPORT_COLUMNS,
    PersonToExport,
    count_to_export,
    rows_to_export,
)
from pervichka.register.people.queries.found_by_contact import people_by_contact
from pervichka.register.people.queries.journalled import codes_in_journal, people_in_journal
from pervichka.register.people.queries.lines import (
    From,
    PeoplePart,
    PersonLine,
    count_people,
    list_people,
)
from pervichka.register.people.queries.lists import (
    PeopleList,
    PersonRow,
    listed,
    people_by_affiliation,
    people_of,
)
from pervichka.register.people.queries.opened import (
    OpenedReason,
    opened_names,
    quick_reasons,
    reasons_for,
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
    people_by_code,
    person_by_code,
    person_page,
    person_seen,
)
from pervichka.register.people.queries.pressure import Pressed, pressure_report, pressure_reports
from pervichka.register.people.queries.search import MOST_FOUND, search_people
from pervichka.register.people.queries.visible import people_visible_to

__all__ = [
    "EXPORT_COLUMNS",
    "MOST_FOUND",
    "ContactShown",
    "From",
    "OpenedReason",
    "OwnConsent",
    "OwnContact",
    "OwnData",
    "PeopleList",
    "PeoplePart",
    "PersonLine",
    "PersonPage",
    "PersonRow",
    "PersonToExport",
    "Pressed",
    "codes_in_journal",
    "contact_point_of",
    "count_people",
    "count_to_export",
    "list_people",
    "listed",
    "opened_names",
    "own_contact",
    "own_data",
    "own_person",
    "people_by_affiliation",
    "people_by_code",
    "people_by_contact",
    "people_in_journal",
    "people_of",
    "people_visible_to",
    "person_by_code",
    "person_page",
    "person_seen",
    "pressure_report",
    "pressure_reports",
    "quick_reasons",
    "reasons_for",
    "rows_to_export",
    "search_people",
]
