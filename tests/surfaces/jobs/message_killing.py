"""A sender in a process of its own, killed at random moments while a mail server counts."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.conf import settings as django_settings
from django.db import connection

from pervichka.foundation import clock
from pervichka.foundation.ids import new_id
from pervichka.foundation.postgres import connect_info
from pervichka.register.branches.models import Branch
from pervichka.register.people.models import Affiliation, Consent, ContactPoint, Person
from pervichka.register.people.sealed_contacts import stored
from pervichka.work.messaging.models import CampaignStatus, Delivery
from tests.builders.branches import LONG_AGO, a_primary_branch
from tests.builders.messaging import Sink, a_calendar, a_mail_server, a_planned_campaign, an_imprint

_EVER = "covers: {from: 2020-01-01, to: 2099-12-31}\nperiods: []\n"
# Without quiet hours: it is tried at any hour.
_SEND = """
import django
django.setup()
from datetime import timedelta
from pervichka.work.messaging import rules
known = rules.rules()
awake = rules.Rules(**{**vars(known), "quiet_from": known.quiet_to})
rules._rules = lambda _pack: awake
from pervichka.surfaces.jobs.messages import send_turn
while send_turn(timedelta(seconds=1)):
    pass
"""


@dataclass(frozen=True, kw_only=True)
class Counted:
    """What the database says, and what arrived: different letters, and those that came twice."""

    kills: int
    sent: int
    unknown: int
    arrived: int
    twice: int
    seconds: float


def kill_and_count(settings: Any, *, letters: int, kills: int, chance: random.Random) -> Counted:
    """Send so many letters, killed so often on the way."""
    branch = a_primary_branch()
    an_imprint(branch=branch)
    a_calendar(_EVER)
    _readers(branch, letters)
    with a_mail_server(settings) as sink:
        campaign = a_planned_campaign(branch=branch, at=clock.now())
        began = time.monotonic()
        done = sum(
            _sent_and_killed(sink, letters * (number + 1) // (kills + 1), chance)
            for number in range(kills)
        )
        assert _begin().wait(timeout=600) == 0
        seconds = time.monotonic() - began
    campaign.refresh_from_db()
    assert campaign.status == CampaignStatus.DONE
    states = Counter(Delivery.objects.values_list("status", flat=True))
    arrived = Counter(sink.reached)
    return Counted(
        kills=done,
        sent=states["sent"],
        unknown=states["unknown"],
        arrived=len(arrived),
        twice=sum(number > 1 for number in arrived.values()),
        seconds=seconds,
    )


def _sent_and_killed(sink: Sink, at: int, chance: random.Random) -> bool:
    """Kill it somewhere near the letter of that number."""
    process = _begin()
    while len(sink.letters) < at and process.poll() is None:
        time.sleep(0.002)
    time.sleep(chance.uniform(0, 0.02))
    alive = process.poll() is None
    if alive:
        os.kill(process.pid, signal.SIGKILL)
    process.wait()
    return alive


def _begin() -> subprocess.Popen[bytes]:
    name = str(connection.settings_dict["NAME"])
    return subprocess.Popen(
        [sys.executable, "-c", _SEND],
        env=os.environ
        | {
            "DJANGO_SETTINGS_MODULE": "pervichka.config.settings",
            "DATABASE_URL": connect_info("admin", name).url,
            "PERVICHKA_SECRET_KEY": django_settings.SECRET_KEY,
            "PERVICHKA_SMTP_HOST": "127.0.0.1",
            "PERVICHKA_SMTP_PORT": str(django_settings.EMAIL_PORT),
            "PERVICHKA_SMTP_SECURITY": "none",
            "PERVICHKA_MAIL_FROM": "branch@example.org",
            "PERVICHKA_SITE": "https://pages.example.org",
        },
    )


def _readers(branch: Branch, number: int) -> None:
    """So many at once, without the acts of each."""
    home = {"branch": branch, "place": branch.place}
    people = [
        Person(**home, code=f"r{index}", last_name="Читатель", name_key=f"r{index}")
        for index in range(number)
    ]
    Person.objects.bulk_create(people, batch_size=2_000)
    points = []
    for index, person in enumerate(people):
        id_ = new_id()
        sealed, blind = stored(id_, "email", f"r{index}@example.org")
        points.append(
            ContactPoint(
                id=id_, **home, person=person, kind="email", sealed=sealed, blind_index=blind
            )
        )
    ContactPoint.objects.bulk_create(points, batch_size=2_000)
    Affiliation.objects.bulk_create(
        [Affiliation(**home, person=person, kind="member") for person in people], batch_size=2_000
    )
    Consent.objects.bulk_create(
        [
            Consent(
                **home,
                person=person,
                text_code="default",
                given_on=LONG_AGO.date(),
                asserted=False,
            )
            for person in people
        ],
        batch_size=2_000,
    )
