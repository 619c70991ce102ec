"""Signing in by a code sent by e-mail: its owner alone, once; and nobody learns who is known."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from pytest_django import Settings

from pervichka.foundation import clock
from pervichka.register.accounts.actions import create_user
from pervichka.register.accounts.models import SignInCode, User
from pervichka.register.people.actions import add_contact_point
from pervichka.surfaces.jobs.tasks import send_sign_in_code
from tests.builders.actors import OPERATOR
from tests.builders.branches import LONG_AGO, a_primary_branch
from tests.builders.people import a_person

pytestmark = pytest.mark.django_db
EMAIL = "kira@example.org"


@pytest.fixture(autouse=True)
def _mail(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.EMAIL_HOST = "mail.example.org"
    # The job's connection is this test's own.
    monkeypatch.setattr(connection, "close", lambda: None)


@pytest.fixture
def anna() -> User:
    person = a_person(branch=a_primary_branch())
    add_contact_point(person=person, kind="email", value=EMAIL, by=OPERATOR, at=LONG_AGO)
    return create_user(person=person, by=OPERATOR, at=LONG_AGO)


def asked(email: str, client: Client | None = None) -> tuple[Client, str]:
    """A browser that asked, and what its user reads then."""
    client = client or Client(headers={"accept-language": "en"})
    answer = client.post("/sign-in/code/", {"email": email}, follow=True)
    send_sign_in_code(str(SignInCode.objects.latest("asked_at").id))
    return client, re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.text)


def sent() -> str:
    return re.findall(r"\d{8}", mail.outbox[-1].body)[0]


def tries(client: Client, code: str) -> int:
    return client.post("/sign-in/code/enter/", {"code": code}).status_code


def test_the_code_signs_in_once_and_in_that_browser_alone(anna: User) -> None:
    # The sign of kelvin lowers to a “k”, and is another mailbox.
    client, _ = asked("\N{KELVIN SIGN}ira@Example.org")
    assert mail.outbox[-1].to == [EMAIL]
    code = sent()
    another, _ = asked("nobody@example.org")
    assert tries(another, code) == 422
    assert tries(client, code) == 302
    assert client.get("/security/").status_code == 200
    assert SignInCode.objects.filter(used_at=None).count() == 1


def test_the_answer_tells_nobody_who_is_known(anna: User) -> None:
    _, known = asked(EMAIL)
    _, unknown = asked("nobody@example.org")
    assert known == unknown
    assert len(mail.outbox) == 1


def test_a_letter_goes_out_once(anna: User) -> None:
    asked(EMAIL)
    send_sign_in_code(str(SignInCode.objects.get().id))
    assert len(mail.outbox) == 1


def test_after_five_wrong_tries_it_opens_nothing(anna: User) -> None:
    client, _ = asked(EMAIL)
    code = sent()
    wrong = f"{(int(code) + 1) % 10**8:08}"
    assert [tries(client, wrong) for _ in range(5)] == [422] * 5
    assert tries(client, code) == 422


def test_after_ten_minutes_it_opens_nothing(anna: User, monkeypatch: pytest.MonkeyPatch) -> None:
    client, _ = asked(EMAIL)
    later = clock.now() + timedelta(minutes=11)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert tries(client, sent()) == 422


def test_no_one_is_flooded_with_letters(anna: User) -> None:
    client = Client()
    answers = [client.post("/sign-in/code/", {"email": EMAIL}).status_code for _ in range(5)]
    assert answers == [302, 302, 302, 429, 429]
    strangers = [client.post("/sign-in/code/", {"email": "x@y.org"}).status_code for _ in range(4)]
    assert strangers == [302, 302, 302, 429]


def test_what_is_stored_shows_neither_address_nor_code(anna: User) -> None:
    asked(EMAIL)
    with connection.cursor() as cursor:
        cursor.execute("select sign_in_code::text, encode(sealed, 'escape') from sign_in_code")
        stored = " ".join(cursor.fetchone())
    assert "kira" not in stored
    assert sent() not in stored


def test_without_a_mail_server_there_is_no_such_page(settings: Settings) -> None:
    settings.EMAIL_HOST = ""
    client = Client()
    assert client.get("/sign-in/code/").status_code == 404
    assert "/sign-in/code/" not in client.get("/sign-in/").text
