"""Somebody who opened a link to what is held of them."""

import pytest
from django.test import Client

from pervichka.foundation import clock
from pervichka.register.accounts.actions import print_own_link
from pervichka.register.branches.models import Branch
from pervichka.register.people import actions
from pervichka.register.people.models import Person
from tests.builders.actors import OPERATOR, head_of
from tests.builders.branches import LONG_AGO, a_primary_branch
from tests.builders.people import a_person

PHONE, EMAIL = "+79161234567", "anna@example.org"


@pytest.fixture
def branch() -> Branch:
    return a_primary_branch()


@pytest.fixture
def anna(branch: Branch) -> Person:
    person = a_person(branch=branch)
    for kind, value in (("phone", PHONE), ("email", EMAIL)):
        actions.add_contact_point(person=person, kind=kind, value=value, by=OPERATOR, at=LONG_AGO)
    actions.record_consent(
        person=person, text_code="default", on=LONG_AGO.date(), by=OPERATOR, at=LONG_AGO
    )
    return person


def opened(person: Person) -> Client:
    """A browser in which a printed link was opened."""
    client = Client(headers={"accept-language": "en"})
    link = print_own_link(person=person, by=head_of(person.branch), at=clock.now())
    answer = client.post(f"/me/link/{link.token}/")
    assert (answer.status_code, answer["Location"]) == (302, "/me/data/")
    return client


@pytest.fixture
def hers(anna: Person) -> Client:
    return opened(anna)
