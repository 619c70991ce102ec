"""Who gets a letter: cases.yaml, which anybody can read, line by line."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from ruamel.yaml import YAML

from pervichka.register.branches.models import LevelOfTree
from pervichka.register.branches.packs import load_pack
from pervichka.register.people.actions import (
    add_contact_point,
    mark_bounced,
    refuse_channel,
    remove_contact_point,
)
from pervichka.register.people.models import Person
from pervichka.work.messaging.actions import plan_campaign
from pervichka.work.messaging.models import Campaign, Delivery, DeliveryStatus
from tests.builders.actors import OPERATOR, oneself
from tests.builders.branches import LONG_AGO, a_branch, a_root
from tests.builders.messaging import (
    Clock,
    a_calendar,
    a_campaign,
    a_planned_campaign,
    a_reader,
    an_imprint,
    send,
)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.enable_socket]
CASES: list[dict[str, Any]] = YAML(typ="safe").load(
    Path(__file__).with_name("cases.yaml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_case(case: dict[str, Any], sink) -> None:
    region = case.get("region", "RU-AD")
    root = a_root()
    an_imprint(branch=root)
    branch = a_branch(code=region, level=LevelOfTree.REGIONAL, parent=root)
    zone = ZoneInfo(load_pack("ru").region(region).time_zone)
    at = datetime.fromisoformat(str(case.get("at", "2026-10-12 12:00"))).replace(tzinfo=zone)
    reader = a_reader(branch=branch, email="reader@example.org")
    # Planned while nothing is silent and nothing is wrong; what is told happens before it goes.
    a_calendar("covers: {from: 2026-01-01, to: 2026-12-31}\nperiods: []\n")
    campaign = a_campaign(branch=branch, at=at - timedelta(days=30))
    plan_campaign(campaign=campaign, starts_at=at, by=OPERATOR, at=at - timedelta(days=30))
    for _letter in range(case.get("this_week", 0)):
        earlier = at.replace(hour=12) - timedelta(days=2)
        send(a_planned_campaign(branch=branch, at=earlier), now=Clock(earlier))
    a_calendar(at=at)
    happen(case, reader, at)
    send(campaign, now=Clock(at))
    assert outcome(campaign) == case["comes"]


def happen(case: dict[str, Any], reader: Person, at: datetime) -> None:
    if not case.get("agreed", True):
        refuse_channel(
            person=reader,
            purpose="branch_work",
            channel="email",
            on=at.date(),
            by=oneself(reader),
            at=at,
        )
    if "born" in case:
        reader.born_on = date(case["born"], 10, 1)
        reader.save()
    point, how = reader.contact_points.get(), case.get("address", "works")
    if how == "bounced":
        mark_bounced(point=point, by=OPERATOR, at=at)
    elif how != "works":
        remove_contact_point(point=point, by=OPERATOR, at=at)
    if how == "unconfirmed":
        add_contact_point(
            person=reader, kind="email", value="b@example.org", by=oneself(reader), at=LONG_AGO
        )


def outcome(campaign: Campaign) -> str:
    delivery = Delivery.objects.get(campaign=campaign)
    if delivery.status == DeliveryStatus.QUEUED:
        return "waits"
    return str(delivery.left_out or delivery.status)
