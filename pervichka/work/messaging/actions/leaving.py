"""Somebody wants no more such letters: one click, no account, through the ledger."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from pervichka.register.access.actor import Actor
from pervichka.register.people.actions import refuse_channel
from pervichka.register.people.models import Person
from pervichka.work.messaging.actions.steps import write_down
from pervichka.work.messaging.models import Delivery
from pervichka.work.messaging.queries.audience import CHANNEL


@transaction.atomic
def leave(*, delivery_id: UUID, by: Actor, at: datetime) -> bool:
    """Withdraw the reader's consent for the letter's purpose and for e-mail; nothing else of it.

    `by` is the reader. Whether there was anything left to withdraw; a second click changes nothing.
    """
    delivery = (
        Delivery.objects.select_for_update(of=("self",))
        .select_related("campaign__branch", "person__branch")
        .get(id=delivery_id)
    )
    person: Person | None = delivery.person
    if person is None:
        return False
    ended = refuse_channel(
        person=person,
        purpose=delivery.campaign.purpose,
        channel=CHANNEL,
        on=timezone.localdate(at),
        by=by,
        at=at,
    )
    if delivery.unsubscribed_at is None:
        delivery.unsubscribed_at = at
        delivery.save(update_fields=["unsubscribed_at"])
        write_down(delivery.campaign, "campaign.left", by=by, at=at)
    return ended > 0
