"""A campaign under way is paused, goes on, or is stopped: from the next letter on."""

from datetime import datetime

from django.db import transaction

from pervichka.foundation.refusal import refuse
from pervichka.register.access.actor import Actor
from pervichka.work.messaging.actions.steps import locked_to_send, write_down
from pervichka.work.messaging.models import (
    OPEN,
    Campaign,
    CampaignStatus,
    Delivery,
    DeliveryStatus,
    LeftOut,
)


@transaction.atomic
def pause_campaign(*, campaign: Campaign, by: Actor, at: datetime) -> Campaign:
    """Nothing more goes out until it is resumed. Paused twice, it stays so."""
    campaign = locked_to_send(campaign, by)
    if campaign.status == CampaignStatus.PAUSED:
        return campaign
    if campaign.status not in OPEN:
        raise refuse("it is not under way")
    campaign.status, campaign.run = CampaignStatus.PAUSED, None
    campaign.save(update_fields=["status", "run"])
    write_down(campaign, "campaign.paused", by=by, at=at, fields=["status"])
    return campaign


@transaction.atomic
def resume_campaign(*, campaign: Campaign, by: Actor, at: datetime) -> Campaign:
    """What is still queued goes out; what stood in its way is looked at anew with each letter."""
    campaign = locked_to_send(campaign, by)
    if campaign.status != CampaignStatus.PAUSED:
        raise refuse("it is not paused")
    campaign.status, campaign.halted = CampaignStatus.PLANNED, ""
    campaign.save(update_fields=["status", "halted"])
    write_down(campaign, "campaign.resumed", by=by, at=at, fields=["status"])
    return campaign


@transaction.atomic
def stop_campaign(*, campaign: Campaign, by: Actor, at: datetime) -> Campaign:
    """Nothing more goes out, ever. Stopped twice, it stays so."""
    campaign = locked_to_send(campaign, by)
    if campaign.status == CampaignStatus.STOPPED:
        return campaign
    if campaign.status not in OPEN:
        raise refuse("it is not under way")
    Delivery.objects.filter(campaign=campaign, status=DeliveryStatus.QUEUED).update(
        status=DeliveryStatus.LEFT_OUT, left_out=LeftOut.STOPPED, settled_at=at
    )
    campaign.status, campaign.run, campaign.ended_at = CampaignStatus.STOPPED, None, at
    campaign.save(update_fields=["status", "run", "ended_at"])
    write_down(campaign, "campaign.stopped", by=by, at=at, fields=["status"])
    return campaign
