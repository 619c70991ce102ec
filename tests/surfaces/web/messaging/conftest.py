"""A secretary of a branch with an imprint, a calendar and two readers; no mail server listens."""

import pytest
from django.test import Client

from pervichka.register.branches.models import Branch
from tests.builders.branches import a_primary_branch
from tests.builders.messaging import a_calendar, an_imprint, readers
from tests.builders.users import a_user_with_post

EVER = "covers: {from: 2020-01-01, to: 2099-12-31}\nperiods: []\n"


@pytest.fixture
def branch(db: None, settings) -> Branch:
    found = a_primary_branch()
    an_imprint(branch=found)
    a_calendar(EVER)
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    settings.SITE_ADDRESS = "https://pages.example.org"
    return found


@pytest.fixture
def secretary(branch: Branch) -> Client:
    anna, _boris = readers(2, branch=branch)
    client = Client(headers={"accept-language": "en"})
    client.force_login(a_user_with_post(branch=branch, person=anna))
    return client
