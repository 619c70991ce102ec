"""What the link in a letter opens: to whom it went, and what they would withdraw."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from pervichka.register.access.actor import Actor
from pervichka.register.access.roles import Nobody
from pervichka.register.branches.queries.units import branch_label
from pervichka.work.messaging.models import Delivery
from pervichka.work.messaging.queries.audience import purposes
from pervichka.work.messaging.tokens import LINK, delivery_of


@dataclass(frozen=True, kw_only=True)
class Opened:
    """`aim` is the purpose in words, by language; no name, no address."""

    delivery_id: UUID
    branch: str
    aim: Mapping[str, str]
    left: bool


def letter_holder(token: str) -> tuple[UUID, Actor] | None:
    """The letter, and its reader on their own behalf; none for what no letter of ours holds.

    The one question about a person that may be asked before it is known who asks.
    """
    delivery_id = delivery_of(token, LINK)
    if delivery_id is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute("select delivery_holder(%s)", [delivery_id])
        (person_id,) = cursor.fetchone()
    if person_id is None:
        return None
    reader = Actor(code=f"person:{person_id}", role=Nobody, scope=None, person_id=person_id)
    return delivery_id, reader


def opened_letter(delivery_id: UUID) -> Opened:
    """What the page to leave says, to the reader, who asks."""
    delivery = Delivery.objects.select_related("campaign__branch").get(id=delivery_id)
    return Opened(
        delivery_id=delivery.id,
        branch=branch_label(delivery.campaign.branch),
        aim=purposes().get(delivery.campaign.purpose, {}),
        left=delivery.unsubscribed_at is not None,
    )
