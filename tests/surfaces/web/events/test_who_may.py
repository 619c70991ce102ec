"""Every page of an event, for whoever may open it and for whoever may not."""

import pytest
from django.test import Client

from pervichka.register.branches.models import Branch
from pervichka.register.people.models import Person
from pervichka.work.events.models import Event
from tests.builders.branches import a_branch
from tests.builders.events import a_held_meeting
from tests.builders.users import a_user_with_post

RUNNING = ["invite/", "invited/", "came/", "sheet/", "screen/", "decided/", "correct/", "cancel/"]
SEEING = ["", "minutes/"]


@pytest.fixture
def charlie(branch: Branch) -> Client:
    """The secretary of the branch next door."""
    assert branch.parent is not None
    client = Client()
    client.force_login(a_user_with_post(branch=a_branch(code="RU-AD/2", parent=branch.parent)))
    return client


@pytest.fixture
def viewer(branch: Branch) -> Client:
    client = Client()
    client.force_login(a_user_with_post(branch=branch, role="viewer"))
    return client


@pytest.fixture
def local(branch: Branch) -> Client:
    """The head of the local branch above."""
    assert branch.parent is not None
    client = Client(headers={"accept-language": "en"})
    client.force_login(a_user_with_post(branch=branch.parent, kind="head", role="local_head"))
    return client


@pytest.mark.parametrize("page", [*SEEING, *RUNNING])
def test_who_opens_what(
    page: str, secretary: Client, viewer: Client, charlie: Client, visitor: Client, ahead: Event
) -> None:
    address = f"/events/{ahead.id}/{page}"

    statuses = [client.get(address).status_code for client in (secretary, viewer, charlie, visitor)]

    assert statuses == [200, 200 if page in SEEING else 404, 404, 302]


def test_names_stand_on_the_branchs_own_page_alone(
    secretary: Client, local: Client, branch: Branch, people: list[Person]
) -> None:
    event = a_held_meeting(branch=branch, came=people[:3])

    own = secretary.get(f"/events/{event.id}/").text
    from_above = local.get(f"/events/{event.id}/").text

    assert people[1].short_name in own
    assert people[1].last_name not in from_above
    assert "Participant 2" in from_above


@pytest.mark.parametrize("page", RUNNING)
def test_above_the_branch_nothing_opens_that_names_people(
    page: str, local: Client, ahead: Event
) -> None:
    naming = {"invite/", "invited/", "came/", "sheet/"}

    status = local.get(f"/events/{ahead.id}/{page}").status_code

    assert status == (404 if page in naming else 200)


def test_links_are_shown_once(secretary: Client, ahead: Event, people: list[Person]) -> None:
    shown = secretary.post(f"/events/{ahead.id}/invite/", {"affiliation": ["member"]})

    assert shown.text.count('class="token"') == len(people)
    assert shown.headers["Cache-Control"] == "private, no-store"
    again = secretary.post(f"/events/{ahead.id}/invite/", {"affiliation": ["member"]}, follow=True)
    assert 'class="token"' not in again.text
    assert "invited before" in again.text


def test_the_branch_writes_down_an_answer_and_gives_a_new_link(
    secretary: Client, ahead: Event, people: list[Person]
) -> None:
    secretary.post(f"/events/{ahead.id}/invite/", {"affiliation": ["member"]})
    address = f"/events/{ahead.id}/invited/"

    page = secretary.post(address, {"person": str(people[1].id), "answer": "no"}, follow=True)
    assert "written down by the branch" in page.text

    link = secretary.post(address, {"person": str(people[1].id), "do": "link"})
    assert link.text.count('class="token"') == 1
    assert secretary.post(address, {"person": "nobody", "answer": "no"}).status_code == 422
