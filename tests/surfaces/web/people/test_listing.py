"""The people of a branch, by page and by search: who opens which."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from pervichka.register.branches.models import Branch
from pervichka.register.people.actions import add_contact_point
from tests.builders.actors import OPERATOR
from tests.builders.branches import LONG_AGO, a_branch, a_primary_branch
from tests.builders.people import a_person, members
from tests.builders.users import a_user_with_post

pytestmark = pytest.mark.django_db


@pytest.fixture
def branch() -> Branch:
    return a_primary_branch()


def reader(branch: Branch, kind: str = "secretary") -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(a_user_with_post(branch=branch, kind=kind))
    return client


@pytest.mark.parametrize(
    ("where", "kind", "status"),
    [
        ("RU-AD/1", "secretary", 200),
        ("RU-AD", "regional_head", 200),
        ("RU", "administrator", 404),
        ("RU", "viewer", 404),
        ("RU", "headquarters_editor", 404),
    ],
)
def test_who_opens_it(branch: Branch, where: str, kind: str, status: int) -> None:
    client = reader(Branch.objects.get(code=where), kind)
    assert client.get("/people/").status_code == status
    assert ('href="/people/"' in client.get("/standard/").text) == (status == 200)


def test_another_branch_is_answered_like_none(branch: Branch) -> None:
    a_branch(code="RU-AD/2", parent=branch.parent)
    client = reader(branch)
    for code in ("RU-AD/2", "RU-AD", "RU-AD/99"):
        assert client.get("/people/", {"branch": code}).status_code == 404


def test_numbers_are_masked_and_a_search_finds_by_a_whole_one(branch: Branch) -> None:
    anna = a_person(branch=branch)
    a_person(branch=branch, last_name="Яшина")
    phone = "+79000000001"
    add_contact_point(person=anna, kind="phone", value=phone, by=OPERATOR, at=LONG_AGO)
    client = reader(branch)

    shown = client.get("/people/").text
    assert "2 people" in shown
    assert "00-01" in shown
    found = client.get("/people/", {"q": phone}).text
    assert anna.full_name in found
    assert "Яшина" not in found
    assert client.get("/people/", {"q": "..."}).status_code == 422


def test_the_list_takes_as_many_queries_however_long(
    branch: Branch, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    members(of=branch, number=60)
    client = reader(branch)
    with django_assert_max_num_queries(16):
        first = client.get("/people/").text
    assert first.count("<tr>") == 51
    assert 'rel="next"' in first
