"""The pages of access: who opens which, and that what is done there is in force at once."""

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from pervichka.foundation import clock
from pervichka.register.accounts.actions import create_user
from pervichka.register.accounts.models import User
from pervichka.register.branches.models import Branch
from pervichka.register.posts.models import GrantProposal, PostHolding
from tests.builders.actors import OPERATOR
from tests.builders.branches import LONG_AGO, a_primary_branch
from tests.builders.users import a_user_with_post

pytestmark = pytest.mark.django_db

# Pages: the list, granting in one's own branch, what waits, one's helpers.
PAGES = ("", "grant/", "waiting/", "helpers/")
OPENS = {
    "secretary": (200, 404, 200, 200),
    "helper": (404, 404, 404, 404),
    "local_head": (200, 200, 200, 404),
    "regional_head": (200, 200, 200, 404),
    "headquarters_editor": (200, 404, 200, 404),
    "administrator": (200, 200, 200, 404),
    "data_protection_officer": (200, 404, 200, 404),
    "control_commission": (200, 404, 200, 404),
    "viewer": (404, 404, 404, 404),
    "nobody": (404, 404, 404, 404),
    "stranger": (302, 302, 302, 302),
}
_BRANCHES = {"secretary": "RU-AD/1", "local_head": "RU-AD/local", "regional_head": "RU-AD"}


@pytest.fixture
def branch() -> Branch:
    return a_primary_branch()


def reader(kind: str) -> Client:
    client = Client(headers={"accept-language": "en"})
    if kind == "stranger":
        return client
    if kind == "nobody":
        user = create_user(name="nobody", by=OPERATOR, at=LONG_AGO)
    elif kind == "helper":
        # What a helper of the secretary's is, without the secretary's page.
        secretary = reader("secretary")
        secretary.post("/access/helpers/", {"ends": _next_month()})
        user = User.objects.get(holdings__post__role="secretary_helper")
    else:
        where = Branch.objects.get(code=_BRANCHES.get(kind, "RU"))
        user = a_user_with_post(branch=where, kind=kind)
    client.force_login(user)
    return client


def _next_month() -> str:
    return (clock.now() + timedelta(days=30)).date().isoformat()


@pytest.mark.parametrize(
    ("kind", "page", "status"),
    [
        (kind, page, status)
        for kind, row in OPENS.items()
        for page, status in zip(PAGES, row, strict=True)
    ],
)
def test_who_opens_what(branch: Branch, kind: str, page: str, status: int) -> None:
    assert reader(kind).get(f"/access/{page}").status_code == status


def test_the_list_shows_one_s_own_part_of_the_tree(branch: Branch) -> None:
    admin, head = reader("administrator"), reader("local_head")
    a_user_with_post(branch=branch, name="vera")
    a_user_with_post(branch=branch.parent.parent, kind="regional_head", name="boris")

    assert "vera" in head.get("/access/").text
    assert "boris" not in head.get("/access/").text
    assert "boris" in admin.get("/access/").text
    narrowed = admin.get("/access/?role=branch_secretary").text
    assert "vera" in narrowed
    assert "boris" not in narrowed
    assert "Nobody is found" in admin.get("/access/?role=clerk").text


def test_who_has_not_signed_in_yet(branch: Branch) -> None:
    admin = reader("administrator")
    a_user_with_post(branch=branch, name="vera")
    came = a_user_with_post(branch=branch, kind="deputy", role="viewer", name="boris")
    User.objects.filter(id=came.id).update(last_active_on="2026-01-01")

    page = admin.get("/access/?signed_in=no").text
    assert "vera" in page
    assert "boris" not in page


def test_the_list_takes_as_many_queries_however_long(
    branch: Branch, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    admin = reader("administrator")
    for number in range(12):
        a_user_with_post(branch=branch, kind="deputy", role="viewer", name=f"user-{number}")
    with django_assert_max_num_queries(12):
        assert admin.get("/access/").status_code == 200


def test_granting_looks_at_the_answers_first_and_is_in_force_at_once(branch: Branch) -> None:
    head = reader("local_head")
    vera = create_user(name="vera", by=OPERATOR, at=LONG_AGO)
    address = f"/access/grant/?branch={branch.code}"
    wrong = head.post(address, {"user": "nobody-of-this-name", "role": "administrator"})
    assert wrong.status_code == 422
    assert "There is no user of this name" in wrong.text

    typed = {"user": "vera", "role": "branch_secretary", "ends": ""}
    assert "Grant it" in head.post(address, typed).text
    assert not PostHolding.objects.filter(user=vera).exists()
    head.post(address, typed | {"step": "save"})

    client = Client()
    client.force_login(vera)
    assert client.get(f"/branches/of/{branch.code}").status_code == 200


def test_a_powerful_one_waits_and_a_second_person_agrees(branch: Branch) -> None:
    admin, officer = reader("administrator"), reader("data_protection_officer")
    vera = create_user(name="vera", by=OPERATOR, at=LONG_AGO)
    typed = {"user": "vera", "role": "regional_head", "step": "save"}
    admin.post("/access/grant/?branch=RU-AD", typed)
    proposal = GrantProposal.objects.get()
    body = {"proposal": str(proposal.id), "do": "approve"}

    assert admin.post("/access/waiting/", body).status_code == 422
    assert not PostHolding.objects.filter(user=vera).exists()
    refused = officer.post("/access/waiting/", {"proposal": str(proposal.id), "do": "refuse"})
    assert refused.status_code == 422
    assert officer.post("/access/waiting/", body).status_code == 302
    assert PostHolding.objects.filter(user=vera).exists()


def test_an_ended_term_is_felt_at_the_next_request(branch: Branch) -> None:
    head = reader("local_head")
    vera = a_user_with_post(branch=branch, name="vera")
    client = Client()
    client.force_login(vera)
    assert client.get("/events/").status_code == 200
    holding = PostHolding.objects.get(user=vera)

    assert head.post(f"/access/{holding.id}/end/").status_code == 302

    answer = client.get("/events/")
    assert (answer.status_code, answer["Location"]) == (302, "/sign-in/?ended=1")
    assert client.get("/api/v1/people", {"branch": branch.code}).status_code == 401
    own = PostHolding.objects.get(post__role="local_head")
    assert head.get(f"/access/{own.id}/end/").status_code == 404


def test_a_secretary_gets_a_helper_a_sign_in_shown_once(branch: Branch) -> None:
    secretary = reader("secretary")
    page = secretary.post("/access/helpers/", {"ends": _next_month()})
    helper = User.objects.get(holdings__post__role="secretary_helper")
    assert helper.name in page.text
    assert "Password" in page.text
    assert "Password" not in secretary.get("/access/helpers/").text
    assert secretary.post("/access/helpers/", {"ends": "soon"}).status_code == 422
