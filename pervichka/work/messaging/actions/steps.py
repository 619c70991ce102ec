"""Steps that actions share: hold the campaign's row, ask for the right, write it down."""

from collections.abc import Iterable
from datetime import datetime

from pervichka.foundation.journal import journal
from pervichka.register.access.actor import Actor
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import demand
from pervichka.register.people.actions import mark_bounced
from pervichka.register.people.models import ContactPoint
from pervichka.work.messaging.models import Campaign, Delivery


def locked(campaign: Campaign) -> Campaign:
    """The campaign as it stands now, held against other writers to the end of the transaction."""
    fresh = Campaign.objects.select_for_update(of=("self",)).select_related("branch")
    return fresh.get(id=campaign.id)


def locked_to_send(campaign: Campaign, by: Actor) -> Campaign:
    """The same, for whoever may send there. Raises `Forbidden`."""
    fresh = locked(campaign)
    demand(by, Permission.SEND_MESSAGES, fresh)
    return fresh


def write_down(
    campaign: Campaign, action: str, *, by: Actor, at: datetime, fields: Iterable[str] = ()
) -> None:
    """The journal's entry: its subject is always the campaign, from which facts are derived."""
    journal.append(
        by=by, at=at, action=action, subject=campaign, branch=campaign.branch, fields=fields
    )


def mark_undeliverable(delivery: Delivery, *, by: Actor, at: datetime) -> None:
    """Nothing is sent any more to the address that the letter went to, if it is there still."""
    if delivery.point_id is None:
        return
    points = ContactPoint.objects.select_related("person__branch").filter(id=delivery.point_id)
    if (point := points.first()) is not None:
        mark_bounced(point=point, by=by, at=at)
