"""One tap calls or writes, and is journalled; whoever is out of sight is not there."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from pervichka.foundation.journal.models import Entry
from pervichka.register.people.actions import add_contact_point
from pervichka.register.posts.queries import actor_for
from tests.builders.actors import OPERATOR
from tests.builders.branches import a_branch, a_primary_branch
from tests.builders.people import a_person
from tests.builders.users import a_user_with_post

pytestmark = pytest.mark.django_db
AT = datetime(2026, 6, 1, 12, tzinfo=UTC)


@pytest.fixture
def branch():
    return a_primary_branch()


@pytest.fixture
def anna(branch):
    return a_person(branch=branch)


@pytest.fixture
def phone(anna):
    return add_contact_point(person=anna, kind="phone", value="89001234567", by=OPERATOR, at=AT)


@pytest.fixture
def secretary(client, branch):
    user = a_user_with_post(branch=branch)
    client.force_login(user)
    return actor_for(user, at=AT)


def looks():
    return list(
        Entry.objects.filter(action__startswith="contact.").values_list("action", flat=True)
    )


@pytest.mark.usefixtures("secretary")
def test_the_page_shows_numbers_masked_and_journals_nothing(client, anna, phone):
    answer = client.get(f"/people/{anna.id}/")
    text = answer.content.decode()
    assert "+7 ••• 45-67" in text
    assert "9001234567" not in text
    assert looks() == []


@pytest.mark.usefixtures("secretary")
@pytest.mark.parametrize(
    ("kind", "value", "address"),
    [
        ("phone", "89001234567", "tel:+79001234567"),
        ("email", "anna@example.org", "mailto:anna@example.org"),
    ],
)
def test_one_tap_hands_over_to_the_device(client, anna, kind, value, address):
    point = add_contact_point(person=anna, kind=kind, value=value, by=OPERATOR, at=AT)
    answer = client.post(f"/people/contacts/{point.id}/", {"use": "dial"})
    assert (answer.status_code, answer["Location"]) == (303, address)
    assert looks() == ["contact.dialled"]


@pytest.mark.usefixtures("secretary")
def test_the_whole_number_is_shown_to_dial_elsewhere(client, phone):
    answer = client.post(f"/people/contacts/{phone.id}/", {"use": "show"})
    assert "tel:+79001234567" in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert looks() == ["contact.shown"]


@pytest.mark.usefixtures("phone")
def test_whoever_is_out_of_sight_is_not_there(client, branch, anna, phone):
    next_door = a_branch(code="RU-AD/2", parent=branch.parent)
    client.force_login(a_user_with_post(branch=next_door))
    assert client.get(f"/people/{anna.id}/").status_code == 404
    for id_ in (phone.id, uuid4()):
        assert client.post(f"/people/contacts/{id_}/", {"use": "dial"}).status_code == 404
    assert looks() == []


def test_a_look_is_no_mere_visit(client, secretary, phone):
    assert client.get(f"/people/contacts/{phone.id}/").status_code == 405
    assert looks() == []
