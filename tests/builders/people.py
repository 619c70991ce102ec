"""People for tests."""

from datetime import date

from pervichka.register.branches.models import Branch
from pervichka.register.people.actions import enrol_person
from pervichka.register.people.models import AffiliationKind, Person
from tests.builders.actors import OPERATOR
from tests.builders.branches import LONG_AGO


def a_person(
    *,
    branch: Branch,
    last_name: str = "Иванова",
    first_name: str = "Анна",
    patronymic: str = "Петровна",
    affiliation: str = AffiliationKind.MEMBER,
    since: date | None = None,
    code: str | None = None,
) -> Person:
    return enrol_person(
        branch=branch,
        last_name=last_name,
        first_name=first_name,
        patronymic=patronymic,
        affiliation=affiliation,
        since=since,
        code=code,
        by=OPERATOR,
        at=LONG_AGO,
    )


def members(*, of: Branch, number: int, affiliation: str = AffiliationKind.MEMBER) -> list[Person]:
    """So many people, told apart by their first names."""
    return [
        a_person(branch=of, first_name=f"Анна{index:03}", affiliation=affiliation)
        for index in range(number)
    ]
