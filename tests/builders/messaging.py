"""Campaigns for tests, and a mail server that takes their letters.

Everything happens at noon in Moscow on 12 October 2026, a day on which nobody is silent.
"""

import socket
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from uuid import UUID

from aiosmtpd.controller import Controller
from django.db import connection

from pervichka.register.access.actor import Actor
from pervichka.register.branches.acting import SYSTEM
from pervichka.register.branches.models import Branch
from pervichka.register.campaigning.actions import load_calendar, name_imprint
from pervichka.register.people.actions import add_contact_point, record_consent
from pervichka.register.people.models import AffiliationKind, Person
from pervichka.work.messaging import actions
from pervichka.work.messaging.actions import Draft, Sent
from pervichka.work.messaging.models import Campaign
from pervichka.work.messaging.post import Post
from tests.builders.actors import OPERATOR, oneself
from tests.builders.branches import LONG_AGO
from tests.builders.people import a_person

NOON = datetime(2026, 10, 12, 9, tzinfo=UTC)
CALENDAR = """covers: {from: 2026-01-01, to: 2026-12-31}
periods:
  - {first: 2026-09-17, last: 2026-09-20, what: {ru: Выборы, en: Elections}}
"""
IMPRINT = "Изготовлено и оплачено вымышленной организацией"


def a_calendar(document: str = CALENDAR, *, at: datetime = LONG_AGO) -> None:
    load_calendar(document=document, file=Path("silence.yaml"), by=OPERATOR, at=at)


def an_imprint(*, branch: Branch, ru: str = IMPRINT) -> None:
    name_imprint(
        branch=branch,
        ru=ru,
        en="Made and paid by a made-up organisation",
        valid_from=date(2025, 1, 1),
        by=OPERATOR,
        at=LONG_AGO,
    )


def a_reader(*, branch: Branch, email: str, text: str = "default", **said: Any) -> Person:
    """Somebody who gave an address and agreed to be written to there."""
    person = a_person(branch=branch, **said)
    add_contact_point(person=person, kind="email", value=email, by=OPERATOR, at=LONG_AGO)
    record_consent(
        person=person, text_code=text, on=LONG_AGO.date(), by=oneself(person), at=LONG_AGO
    )
    return person


def readers(number: int, *, branch: Branch) -> list[Person]:
    return [
        a_reader(branch=branch, email=f"reader{index}@example.org", first_name=f"Анна{index:04}")
        for index in range(number)
    ]


def a_draft(**said: Any) -> Draft:
    words: dict[str, Any] = {
        "title": "Осенние новости",
        "purpose": "branch_work",
        "subject_ru": "Новости для {first_name}",
        "body_ru": "Здравствуйте, {first_name}! Пишет {branch}.",
        "affiliations": [AffiliationKind.MEMBER],
    }
    return Draft(**words | said)


def a_campaign(
    *, branch: Branch, by: Actor = OPERATOR, at: datetime = NOON, **said: Any
) -> Campaign:
    return actions.write_campaign(branch=branch, draft=a_draft(**said), by=by, at=at)


def a_planned_campaign(
    *,
    branch: Branch,
    starts_at: datetime | None = None,
    by: Actor = OPERATOR,
    at: datetime = NOON,
    **said: Any,
) -> Campaign:
    """Its letters are queued. The calendar and the imprint must be there."""
    campaign = a_campaign(branch=branch, by=by, at=at, **said)
    return actions.plan_campaign(campaign=campaign, starts_at=starts_at, by=by, at=at)


class Clock:
    """A clock that stands until it is moved; each look moves it on by `step`."""

    def __init__(self, at: datetime = NOON, step: timedelta = timedelta(0)) -> None:
        self.at, self.step = at, step

    def __call__(self) -> datetime:
        self.at += self.step
        return self.at


def send(
    campaign: Campaign,
    *,
    now: Callable[[], datetime] | None = None,
    lasting: timedelta = timedelta(hours=1),
) -> Sent:
    """Send what may go now."""
    with Post() as post:
        return actions.send_some(
            campaign_id=campaign.id, post=post, by=SYSTEM, now=now or Clock(), lasting=lasting
        )


class Sink:
    """A mail server: what came in by the address it was for, and how it answers."""

    def __init__(self) -> None:
        self.letters: list[tuple[str, str, EmailMessage]] = []
        self.no_such: set[str] = set()
        self.busy: set[str] = set()
        self.breaks_at: set[str] = set()
        self.on_letter: Callable[[str], None] = lambda _to: None

    @property
    def reached(self) -> list[str]:
        return [to for to, _sender, _letter in self.letters]

    async def handle_RCPT(  # noqa: N802 - as the server calls it
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        if address in self.no_such:
            return "550 5.1.1 no such user"
        if address in self.busy:
            return "450 4.2.1 later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - as the server calls it
        letter = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(letter, EmailMessage)
        for to in envelope.rcpt_tos:
            self.letters.append((to, str(envelope.mail_from), letter))
            self.on_letter(to)
            if to in self.breaks_at:
                server.transport.abort()
        return "250 OK"


@contextmanager
def a_mail_server(settings: Any) -> Iterator[Sink]:
    """It listens while the block lasts, and the settings name it."""
    sink = Sink()
    # The server calls itself once it listens, so it must know its port beforehand.
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    server = Controller(sink, hostname="127.0.0.1", port=port)
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = ""
    settings.DEFAULT_FROM_EMAIL = "branch@example.org"
    settings.BOUNCE_ADDRESS = "back@example.org"
    settings.SITE_ADDRESS = "https://pages.example.org"
    try:
        yield sink
    finally:
        server.stop()


def letter_body(letter: EmailMessage) -> str:
    part = letter.get_body()
    assert part is not None
    return str(part.get_content())


def way_out_of(letter: EmailMessage) -> str:
    """The path of its link to leave."""
    return str(letter["List-Unsubscribe"]).strip(" <>").removeprefix("https://pages.example.org")


def ids(people: list[Person]) -> list[UUID]:
    return [person.id for person in people]


def in_a_thread(call: Callable[[str], None]) -> Callable[[str], None]:
    """For the mail server, whose own thread runs a loop in which Django asks no database."""

    def work(to: str) -> None:
        call(to)
        connection.close()

    def run(to: str) -> None:
        with ThreadPoolExecutor(1) as pool:
            pool.submit(work, to).result()

    return run
