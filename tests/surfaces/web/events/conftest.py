"""A primary branch with five members, the first of whom is its secretary and signed in."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from pervichka.foundation import clock
from pervichka.register.branches.models import Branch
from pervichka.register.people.models import AffiliationKind, Person
from pervichka.work.events import actions
from pervichka.work.events.models import Event
from tests.builders.actors import OPERATOR
from tests.builders.branches import a_primary_branch
from tests.builders.events import a_meeting
from tests.builders.people import members
from tests.builders.users import a_user_with_post


@pytest.fixture
def branch(db: None) -> Branch:
    return a_primary_branch()


@pytest.fixture
def people(branch: Branch) -> list[Person]:
    return members(of=branch, number=5)


@pytest.fixture
def secretary(people: list[Person]) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(a_user_with_post(branch=people[0].branch, person=people[0]))
    return client


@pytest.fixture
def visitor() -> Client:
    """Someone with a personal link and no sign-in."""
    return Client(headers={"accept-language": "en"})


@pytest.fixture
def ahead(people: list[Person]) -> Event:
    """A meeting three days from now."""
    return a_meeting(branch=people[0].branch, starts_at=clock.now() + timedelta(days=3))


@pytest.fixture
def going_on(people: list[Person]) -> Event:
    """A meeting that began half an hour ago."""
    return a_meeting(branch=people[0].branch, starts_at=clock.now() - timedelta(minutes=30))


def tokens_of(event: Event) -> dict[str, str]:
    """Invites the members a week ago; personal tokens by first name."""
    links = actions.invite(
        event=event,
        affiliations=[AffiliationKind.MEMBER],
        by=OPERATOR,
        at=event.starts_at - timedelta(days=7),
    )
    return {re.split(r"\s", link.full_name)[1]: link.token for link in links}
