"""Signing in, the demo's one click, and the post one acts in."""

import pytest
from django.test import Client

from pervichka.register.accounts.actions import create_user
from pervichka.register.accounts.models import MadeUpOrganisation, User
from pervichka.register.posts.actions import appoint, open_post
from tests.builders.actors import OPERATOR
from tests.builders.branches import LONG_AGO, a_branch, a_primary_branch
from tests.builders.users import a_user_with_post

PASSWORD = "a horse that staples"

pytestmark = pytest.mark.django_db


def test_the_right_password_leads_home() -> None:
    create_user(name="anna", password=PASSWORD, by=OPERATOR, at=LONG_AGO)
    client = Client()

    answer = client.post("/sign-in/", {"name": "anna", "password": PASSWORD, "next": "/reach/"})

    assert answer.status_code == 302
    assert answer["Location"] == "/reach/"


def test_a_wrong_name_and_a_wrong_password_get_the_same_answer() -> None:
    create_user(name="anna", password=PASSWORD, by=OPERATOR, at=LONG_AGO)
    client = Client()

    wrong_password = client.post("/sign-in/", {"name": "anna", "password": "no"})
    client.cookies.clear()
    wrong_name = client.post("/sign-in/", {"name": "anya", "password": PASSWORD})

    assert wrong_password.status_code == wrong_name.status_code == 422
    first, second = (one.context["failed"] for one in (wrong_password, wrong_name))
    assert first is second is True


def test_nobody_is_led_to_another_site() -> None:
    create_user(name="anna", password=PASSWORD, by=OPERATOR, at=LONG_AGO)

    answer = Client().post(
        "/sign-in/", {"name": "anna", "password": PASSWORD, "next": "https://example.org/"}
    )

    assert answer["Location"] == "/home/"


def test_one_click_signs_in_where_people_are_made_up_and_nowhere_else() -> None:
    user = a_user_with_post(branch=a_primary_branch())
    User.objects.filter(id=user.id).update(one_click_order=1)
    client = Client(headers={"accept-language": "en"})

    assert client.post("/demo/sign-in/", {"name": user.name}).status_code == 404
    assert "exists in the demo only" not in client.get("/").content.decode()

    MadeUpOrganisation.objects.create(size="small", seed=1, made_on=LONG_AGO.date())
    front = client.get("/").content.decode()
    assert "exists in the demo only" in front
    assert "People and figures are invented" in front
    assert client.post("/demo/sign-in/", {"name": user.name}).status_code == 302
    assert client.get("/post/").status_code == 200


def test_one_acts_in_one_post_at_a_time() -> None:
    first = a_primary_branch()
    assert first.parent is not None
    second = a_branch(code="RU-AD/2", parent=first.parent)
    user = a_user_with_post(branch=first)
    post = open_post(branch=second, kind="secretary", by=OPERATOR, at=LONG_AGO)
    appoint(post=post, user=user, starts_on=LONG_AGO.date(), by=OPERATOR, at=LONG_AGO)
    client = Client()
    client.force_login(user)
    assert client.get("/branches/of/RU-AD/1").status_code == 200
    assert client.get("/branches/of/RU-AD/2").status_code == 404

    client.post("/post/", {"post": str(post.id)})

    assert client.get("/branches/of/RU-AD/1").status_code == 404
    assert client.get("/branches/of/RU-AD/2").status_code == 200


def test_a_user_without_a_post_is_told_so() -> None:
    user = create_user(name="anna", password=PASSWORD, by=OPERATOR, at=LONG_AGO)
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)

    page = client.get("/home/", follow=True).content.decode()

    assert "You hold no post" in page
