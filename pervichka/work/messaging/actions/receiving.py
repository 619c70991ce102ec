"""Letters that come in are taken note of: what came back, and who answered."""

from datetime import datetime

from django.db import transaction

from pervichka.register.access.actor import Actor
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import demand
from pervichka.work.messaging.actions.steps import mark_undeliverable, write_down
from pervichka.work.messaging.inbound import Kind, read_letter
from pervichka.work.messaging.models import Delivery


@transaction.atomic
def receive_letter(*, content: bytes, by: Actor, at: datetime) -> Kind:
    """Take note of one letter; received twice, nothing more happens. Raises `Forbidden`.

    Where one came back for good, nothing is sent to that address any more. The text of an answer
    stays in the mailbox, where people read it.
    """
    demand(by, Permission.LOAD_IN_BULK)
    incoming = read_letter(content)
    if incoming.delivery_id is None:
        return Kind.STRANGE
    delivery = (
        Delivery.objects.select_for_update(of=("self",))
        .select_related("campaign__branch")
        .filter(id=incoming.delivery_id)
        .first()
    )
    if delivery is None:
        return Kind.STRANGE
    if incoming.kind == Kind.HARD_BOUNCE and delivery.bounced_at is None:
        delivery.bounced_at = at
        delivery.save(update_fields=["bounced_at"])
        mark_undeliverable(delivery, by=by, at=at)
        write_down(delivery.campaign, "campaign.bounced", by=by, at=at)
    elif incoming.kind == Kind.REPLY and delivery.replied_at is None:
        delivery.replied_at = at
        delivery.save(update_fields=["replied_at"])
        write_down(delivery.campaign, "campaign.answered", by=by, at=at)
    return incoming.kind
