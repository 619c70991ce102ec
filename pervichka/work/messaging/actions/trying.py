"""A campaign's letter to oneself, before anybody else gets it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from procrastinate.contrib.django import app

from pervichka.foundation.ids import new_id
from pervichka.foundation.refusal import refuse
from pervichka.register.access.actor import Actor
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import demand
from pervichka.register.branches.queries.units import branch_label
from pervichka.register.campaigning.queries import imprint_of
from pervichka.register.people.models import ContactKind, ContactPoint, Person
from pervichka.work.messaging.actions.steps import write_down
from pervichka.work.messaging.letters import letter_of
from pervichka.work.messaging.models import Campaign
from pervichka.work.messaging.post import Outcome, Post, demand_server

TEST_TASK = "send_test_letter"


@dataclass(frozen=True, kw_only=True)
class _Addressed:
    delivery_id: UUID
    to: str
    first_name: str
    imprint: dict[str, str]
    claimed_at: datetime


@transaction.atomic
def ask_for_test(*, campaign: Campaign, by: Actor, at: datetime) -> None:
    """Have the letter sent to oneself. Raises `Forbidden`, `Refused`."""
    demand(by, Permission.SEND_MESSAGES, campaign)
    demand_server()
    if by.person_id is None or not _points(by.person_id).exists():
        raise refuse("there is no e-mail address of yours in the register")
    write_down(campaign, "campaign.tried", by=by, at=at)
    app.configure_task(name=TEST_TASK, queue="mail").defer(
        campaign_id=str(campaign.id), person_id=str(by.person_id)
    )


def send_test(
    *, campaign_id: UUID, person_id: UUID, post: Post, by: Actor, at: datetime
) -> Outcome | None:
    """Send it, once, whatever comes of it; none if campaign, person or address are gone.

    Its way out leads nowhere: there is no letter to leave.
    """
    demand(by, Permission.LOAD_IN_BULK)
    campaign = Campaign.objects.select_related("branch").filter(id=campaign_id).first()
    person = Person.objects.filter(id=person_id).first()
    point = _points(person_id).order_by("id").first()
    if campaign is None or person is None or point is None:
        return None
    imprint = imprint_of(campaign.branch, on=timezone.localdate(at))
    one = _Addressed(
        delivery_id=new_id(),
        to=point.value,
        first_name=person.first_name,
        imprint={} if imprint is None else {"ru": imprint.ru, "en": imprint.en},
        claimed_at=at,
    )
    letter = letter_of(one, campaign, sender_name=branch_label(campaign.branch))
    return post.deliver(letter)


def _points(person_id: UUID) -> QuerySet[ContactPoint]:
    return ContactPoint.objects.filter(
        person=person_id, kind=ContactKind.EMAIL, unconfirmed=False, bounced_at=None
    )
