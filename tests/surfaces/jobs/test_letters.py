"""A link is really sent, through a mail server; what fails is tried again; nobody else gets one."""

import re
import socket
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from pervichka.register.people import actions
from pervichka.register.people.models import ContactPoint, Person
from pervichka.surfaces.jobs.letters import mail_own_links
from tests.builders.actors import OPERATOR, oneself
from tests.builders.branches import LONG_AGO, a_primary_branch
from tests.builders.people import a_person
from tests.surfaces.web.conftest import (
    static_files_as_they_lie,  # noqa: F401 - a fixture: the link is opened as a page
)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.enable_socket]
EMAIL = "anna@example.org"


class LetterBox:
    """What came in, by the address it was for."""

    def __init__(self) -> None:
        self.letters: list[tuple[str, EmailMessage]] = []

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - as the server calls it
        letter = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(letter, EmailMessage)
        self.letters += [(to, letter) for to in envelope.rcpt_tos]
        return "250 OK"


@pytest.fixture
def letter_box(settings) -> Iterator[LetterBox]:
    box = LetterBox()
    # The server calls itself once it listens, so it must know its port beforehand.
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = port
    settings.EMAIL_USE_TLS = False
    settings.DEFAULT_FROM_EMAIL = "branch@example.org"
    yield box
    server.stop()


@pytest.fixture
def anna() -> Person:
    person = a_person(branch=a_primary_branch())
    for kind, value in (("email", EMAIL), ("email", "b@example.org"), ("phone", "+79161234567")):
        actions.add_contact_point(person=person, kind=kind, value=value, by=OPERATOR, at=LONG_AGO)
    return person


def ask(text: str) -> None:
    Client(headers={"accept-language": "ru"}).post("/me/", {"reached_at": text})


def work_off() -> None:
    for job in ProcrastinateJob.objects.filter(status="todo", task_name="mail_own_links"):
        mail_own_links(**job.args)


def body(letter: EmailMessage) -> str:
    part = letter.get_body()
    assert part is not None
    return str(part.get_content())


def test_the_link_goes_to_the_address_that_was_named_and_opens(anna, letter_box) -> None:
    ask(EMAIL)
    work_off()
    ((to, letter),) = letter_box.letters
    assert (to, letter["From"]) == (EMAIL, "branch@example.org")
    assert anna.last_name not in body(letter)
    address = re.search(r"http://testserver(/me/link/[\w-]+/)", body(letter))
    assert address is not None
    client = Client(headers={"accept-language": "en"})
    client.post(address[1])
    assert EMAIL in client.get("/me/data/").content.decode()


def test_a_phone_number_leads_to_every_confirmed_address(anna, letter_box) -> None:
    actions.add_contact_point(
        person=anna, kind="email", value="new@example.org", by=oneself(anna), at=LONG_AGO
    )
    ask("8 916 123-45-67")
    work_off()
    assert sorted(to for to, _ in letter_box.letters) == [EMAIL, "b@example.org"]


def test_to_whom_nobody_knows_nothing_is_sent(anna, letter_box) -> None:
    ask("nobody@example.org")
    ask("+79990000000")
    work_off()
    assert letter_box.letters == []


def test_opening_the_link_confirms_the_address_she_wrote_down(anna, letter_box) -> None:
    ask(EMAIL)
    work_off()
    client = Client()
    client.post(_link(letter_box.letters.pop()[1]))
    form = {"last_name": "Иванова", "first_name": "Анна", "email": "new@example.org"}
    client.post("/me/data/correct/", form)
    assert ContactPoint.objects.get(unconfirmed=True).value == "new@example.org"
    last = ProcrastinateJob.objects.latest("id")
    mail_own_links(**last.args)
    ((to, letter),) = letter_box.letters
    assert to == "new@example.org"
    Client().post(_link(letter))
    assert not ContactPoint.objects.filter(unconfirmed=True).exists()


def _link(letter: EmailMessage) -> str:
    found = re.search(r"http://testserver(/me/link/[\w-]+/)", body(letter))
    assert found is not None
    return found[1]
