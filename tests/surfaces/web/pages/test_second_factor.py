"""Above a primary branch a password is not enough, and nothing of it lies in clear."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.db import IntegrityError, connection
from django.test import Client

from pervichka.foundation import clock
from pervichka.foundation.refusal import Refused
from pervichka.register.accounts.actions import use_code
from pervichka.register.accounts.limits import PASSWORD_OF_USER
from pervichka.register.accounts.models import User
from tests.builders.branches import a_primary_branch
from tests.builders.users import a_user_with_post

pytestmark = pytest.mark.django_db
PASSWORD = "a horse that staples"


def code_now(secret: str, ahead: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + ahead))


def a_head() -> User:
    local = a_primary_branch().parent
    assert local is not None
    return a_user_with_post(branch=local, kind="local_head", password=PASSWORD)


def signed_in(user: User) -> Client:
    client = Client()
    client.post("/sign-in/", {"name": user.name, "password": PASSWORD})
    return client


def test_a_head_sets_one_up_before_anything_else_and_uses_it_ever_after() -> None:
    head = a_head()
    client = signed_in(head)
    assert client.get("/overview/")["Location"].startswith("/security/app/")
    assert client.get("/api/v1/branches").status_code == 403
    client.get("/security/app/")
    secret = client.session["mfa.totp.secret"]

    assert client.post("/security/app/", {"code": "000000"}).status_code == 422
    assert client.post("/security/app/", {"code": code_now(secret)}).status_code == 302
    assert client.get("/security/codes/").status_code == 200
    assert client.get("/reach/").status_code == 200
    assert secret not in str(Authenticator.objects.values())

    again = signed_in(head)
    assert "_auth_user_id" not in again.session
    # The code that set it up is used up, the next one is good.
    used = again.post("/sign-in/second/", {"code": code_now(secret, -1)})
    assert used.status_code == 422
    assert again.post("/sign-in/second/", {"code": code_now(secret, 1)}).status_code == 302
    assert again.get("/reach/").status_code == 200


def test_a_secretary_of_a_primary_branch_needs_none() -> None:
    secretary = a_user_with_post(branch=a_primary_branch(), password=PASSWORD)
    assert signed_in(secretary).get("/branches/of/RU-AD/1").status_code == 200


def test_what_is_grave_asks_again_after_five_minutes() -> None:
    client = signed_in(a_user_with_post(branch=a_primary_branch(), password=PASSWORD))
    assert client.get("/security/password/").status_code == 200
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 301
    session.save()
    assert client.get("/security/password/")["Location"].startswith("/sign-in/confirm/")
    client.post("/sign-in/confirm/", {"password": PASSWORD})
    assert client.get("/security/password/").status_code == 200


def test_guesses_rest_alike_whether_or_not_there_is_such_a_user() -> None:
    user = a_user_with_post(branch=a_primary_branch(), password=PASSWORD)
    owner = signed_in(user)
    owner.post("/sign-out/")
    for name in (user.name, "nobody"):
        for _ in range(PASSWORD_OF_USER.tries):
            assert Client().post("/sign-in/", {"name": name, "password": "x"}).status_code == 422
        answer = Client().post("/sign-in/", {"name": name, "password": PASSWORD})
        assert answer.status_code == 429
        assert int(answer["Retry-After"]) <= 901
    # From where they have signed in before, the owner is not held up.
    assert owner.post("/sign-in/", {"name": user.name, "password": PASSWORD}).status_code == 302


def test_the_library_keeps_no_address() -> None:
    user = a_head()
    with connection.cursor() as cursor, pytest.raises(IntegrityError):
        cursor.execute(
            'insert into account_emailaddress (email, verified, "primary", user_id)'
            " values ('a@example.org', true, true, %s)",
            [user.id],
        )


def test_a_user_without_a_factor_has_no_code() -> None:
    with pytest.raises(Refused):
        use_code(user=a_head(), code="123456", at=clock.now())
