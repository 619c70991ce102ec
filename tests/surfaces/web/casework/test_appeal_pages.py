"""From the public page to the inbox, the answer and the applicant's word."""

import re

import pytest
from django.test import Client

from pervichka.register.branches.models import Branch
from pervichka.work.casework.codes import code_of
from pervichka.work.casework.models import Appeal, Round
from tests.builders.branches import a_branch, a_primary_branch
from tests.builders.casework import NAME, WORDS, registered
from tests.builders.users import a_user_with_post

ANSWERS = {
    "subject": "yard",
    "region": "RU-AD",
    "local": "RU-AD/local",
    "precinct": "",
    "words": WORDS,
    "name": NAME,
    "phone": "8 900 000-00-01",
    "email": "",
    "address": "",
    "tell_by": "page",
    "agreed": "1",
}


@pytest.fixture
def branch(db: None) -> Branch:
    return a_primary_branch()


def signed_in(branch: Branch, **held: str) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(a_user_with_post(branch=branch, **held))
    return client


@pytest.fixture
def visitor() -> Client:
    return Client(headers={"accept-language": "en"})


@pytest.fixture
def local(branch: Branch) -> Client:
    assert branch.parent is not None
    return signed_in(branch.parent, kind="head", role="local_head")


def send(visitor: Client, **changed: str):
    first = visitor.get("/ask/new/")
    appeal_id = re.search(r'name="appeal_id" value="([^"]+)"', first.text)
    assert appeal_id is not None
    body = ANSWERS | {"appeal_id": appeal_id[1], "step": "check"} | changed
    return visitor.post("/ask/new/", body)


def test_one_question_a_page(branch: Branch, visitor: Client) -> None:
    steps = ["subject", "region", "local", "words", "who"]
    for step, following in zip(steps, [*steps[1:], "check"], strict=True):
        page = visitor.post("/ask/new/", ANSWERS | {"step": step})
        assert page.status_code == 200
        assert f'name="step" value="{following}"' in page.text
    assert visitor.post("/ask/new/", {"step": "subject"}).status_code == 422
    assert visitor.post("/ask/new/", ANSWERS | {"step": "who", "agreed": ""}).status_code == 422
    assert not Appeal.objects.exists()


def test_from_the_question_to_the_applicants_word(
    branch: Branch, visitor: Client, local: Client
) -> None:
    sent = send(visitor)
    assert sent.status_code == 302
    own = sent.headers["Location"].partition("?")[0]
    appeal = Appeal.objects.get()
    # A primary's matter, but no precinct was named: it waits with the local branch.
    assert appeal.branch == branch.parent
    assert code_of(appeal.id) in visitor.get(sent.headers["Location"]).text

    inbox = local.get("/appeals/")
    assert f"No. {appeal.number}" in inbox.text
    assert NAME not in inbox.text
    address = f"/appeals/{appeal.id}/"
    assert NAME in local.get(address).text
    assert "+79000000001" not in local.get(address).text
    local.post(address, {"do": "register"})
    local.post(f"{address}answer/", {"text": "Фонарь заменят."})

    page = visitor.get(own)
    assert "Фонарь заменят." in page.text
    assert "Yes, it is solved" in page.text
    assert "closed as solved" in visitor.post(own, {"do": "solved"}).text
    assert "mark is written down" in visitor.post(own, {"do": "rate", "rating": "4"}).text
    last = Round.objects.get()
    assert (last.outcome, last.confirmed_by, last.rating) == ("solved", "applicant", 4)


def test_a_wrong_code_an_unknown_number_and_too_many_tries_look_alike(
    branch: Branch, visitor: Client
) -> None:
    appeal = registered(branch=branch)
    pages = [
        visitor.post("/ask/follow/", {"number": number, "code": code})
        for number, code in (
            (str(appeal.number), "0000-0000-0000"),
            ("999999", "0000-0000-0000"),
        )
    ]
    assert {page.status_code for page in pages} == {422}
    for _ in range(20):
        visitor.get(f"/ask/{appeal.number}/0000-0000-0000/")
    right = visitor.get(f"/ask/{appeal.number}/{code_of(appeal.id)}/")
    assert right.status_code == 404
    assert right.headers["Cache-Control"] == "private, no-store"


def test_many_from_one_network_are_held_up(branch: Branch, visitor: Client) -> None:
    for _ in range(10):
        assert send(visitor).status_code == 302
    assert send(visitor).status_code == 429
    assert Appeal.objects.count() == 10


def test_a_precinct_leads_to_the_branch_of_the_yard(branch: Branch, visitor: Client) -> None:
    sent = send(visitor, precinct="not a number", step="local")
    assert sent.status_code == 422


OWN = ["", "answer/"]


@pytest.mark.parametrize("page", OWN)
def test_who_opens_what(page: str, branch: Branch, local: Client, visitor: Client) -> None:
    appeal = registered(branch=branch)
    assert branch.parent is not None
    secretary = signed_in(branch)
    charlie = signed_in(a_branch(code="RU-AD/2", parent=branch.parent))
    viewer = signed_in(branch, role="viewer")
    clients = (secretary, local, charlie, viewer, visitor)

    statuses = [client.get(f"/appeals/{appeal.id}/{page}").status_code for client in clients]

    assert statuses == [200, 404 if page else 200, 404, 404, 302]
    if not page:
        assert NAME not in local.get(f"/appeals/{appeal.id}/").text


def test_taken_down_by_phone_number_and_code_are_shown_once(branch: Branch) -> None:
    secretary = signed_in(branch)
    assert secretary.post("/appeals/record/", {"channel": "phone"}).status_code == 422
    page = secretary.post("/appeals/record/", ANSWERS | {"channel": "door"})
    appeal = Appeal.objects.get()
    assert code_of(appeal.id) in page.text
    assert code_of(appeal.id) not in secretary.get(f"/appeals/{appeal.id}/").text
    shown = secretary.post(f"/appeals/{appeal.id}/reach/", {"way": "phone", "use": "show"})
    assert "+79000000001" in shown.text
    dialled = secretary.post(f"/appeals/{appeal.id}/reach/", {"way": "phone", "use": "dial"})
    assert dialled.headers["Location"] == "tel:+79000000001"
