"""People are found by the beginning of any name, by phone or e-mail, within the actor's scope."""

from datetime import UTC, datetime

import pytest
from django.db import connection

from pervichka.foundation.refusal import Refused
from pervichka.register.access.policy import Forbidden
from pervichka.register.access.roles import Administrator, LocalHead
from pervichka.register.branches.acting import acting_as
from pervichka.register.branches.models import Branch
from pervichka.register.people import actions
from pervichka.register.people.models import Person
from pervichka.register.people.queries import From, list_people, search_people
from tests.builders.actors import OPERATOR, head_of
from tests.builders.branches import a_branch, a_primary_branch
from tests.builders.people import a_person, members

pytestmark = pytest.mark.django_db
AT = datetime(2026, 6, 1, 9, tzinfo=UTC)


@pytest.fixture
def one() -> Branch:
    return a_primary_branch()


@pytest.fixture
def two(one: Branch) -> Branch:
    return a_branch(code="RU-AD/2", parent=one.parent)


def found(text: str, branch: Branch) -> list[str]:
    actor = head_of(branch)
    with acting_as(actor):
        return [line.full_name for line in search_people(text, actor=actor)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ива", ["Иванова Анна Петровна", "Салтыков-Щедрин Иван Фёдорович"]),
        ("ИВАНОВА анна", ["Иванова Анна Петровна"]),
        ("анна ив", ["Иванова Анна Петровна"]),
        ("федор", ["Салтыков-Щедрин Иван Фёдорович"]),
        ("салтыков-щ", ["Салтыков-Щедрин Иван Фёдорович"]),
        ("ванова", []),
        ("петров анна яр", []),
        ("%", "nothing"),
    ],
)
def test_by_the_beginning_of_any_name(one: Branch, text: str, expected: list[str] | str) -> None:
    a_person(branch=one)
    a_person(branch=one, last_name="Салтыков-Щедрин", first_name="Иван", patronymic="Фёдорович")
    if expected == "nothing":
        with pytest.raises(Refused, match="the beginning of a name"):
            found(text, one)
    else:
        assert found(text, one) == expected


def test_words_are_never_taken_for_a_statement(one: Branch) -> None:
    a_person(branch=one, last_name="О'Нил", first_name="Анна")
    assert found("о'нил", one) == ["О'Нил Анна Петровна"]
    assert found("x') or (true", one) == []


def test_by_phone_and_by_e_mail(one: Branch, two: Branch) -> None:
    for branch, name in ((one, "Анна"), (two, "Вера")):
        person = a_person(branch=branch, first_name=name)
        for kind, value in (("phone", "+7 900 000-00-01"), ("email", "a@example.org")):
            actions.add_contact_point(person=person, kind=kind, value=value, by=OPERATOR, at=AT)

    assert found("8 (900) 000-00-01", one) == ["Иванова Анна Петровна"]
    assert found("A@example.org", two) == ["Иванова Вера Петровна"]
    assert len(found("+79000000001", one.parent)) == 2


def test_nobody_out_of_scope_is_found(one: Branch, two: Branch) -> None:
    a_person(branch=one, first_name="Анна")
    a_person(branch=two, first_name="Вера")
    assert found("иванова", one) == ["Иванова Анна Петровна"]
    assert found("вера", one) == []
    assert len(found("иванова", one.parent)) == 2


def test_the_function_itself_holds_the_scope(one: Branch, two: Branch) -> None:
    """However wide an interval the application asks for."""
    person = a_person(branch=one)
    a_person(branch=two)
    with acting_as(head_of(one)), connection.cursor() as cursor:
        cursor.execute("select people_named('{иванова}', 0, 9223372036854775807, 50)")
        assert cursor.fetchone() == ([person.id],)


def test_who_sees_no_people_searches_none(one: Branch) -> None:
    a_person(branch=one)
    with pytest.raises(Forbidden):
        search_people("иванова", actor=head_of(one.parent, role=Administrator))


def test_a_whole_list_by_pages_forth_and_back(one: Branch, two: Branch) -> None:
    members(of=two, number=3)
    members(of=one, number=4)
    head = head_of(one.parent, role=LocalHead)
    shown, pages = [], []
    start = From()
    while True:
        part = list_people(one.parent, actor=head, start=start, most=2)
        pages.append([line.id for line in part.lines])
        shown += [(line.branch_code, line.full_name) for line in part.lines]
        if part.after is None:
            break
        start = From(after=part.after)

    assert shown == sorted(shown, key=lambda pair: (pair[0], pair[1]))
    assert len(shown) == 7
    back = list_people(one.parent, actor=head, start=From(before=part.before), most=2)
    assert [line.id for line in back.lines] == pages[-2]
    assert list_people(one.parent, actor=head, most=7).after is None


def test_a_list_shows_what_a_person_is_and_no_whole_number(one: Branch) -> None:
    person = a_person(branch=one, affiliation="supporter")
    actions.add_contact_point(person=person, kind="phone", value="+79000000001", by=OPERATOR, at=AT)
    a_person(branch=one, last_name="Яшина")

    (line,) = list_people(one, actor=head_of(one), affiliation="supporter").lines
    assert (line.full_name, line.affiliation) == (person.full_name, "supporter")
    assert line.phone == "+7 ••• 00-01"
    assert Person.objects.count() == 2
