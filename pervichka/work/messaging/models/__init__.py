"""Campaigns, the letters of each, and wordings that are kept for more than one."""

from pervichka.work.messaging.models.campaign import (
    OPEN,
    Audience,
    Campaign,
    CampaignProposal,
    CampaignStatus,
    Halt,
)
from pervichka.work.messaging.models.delivery import (
    REACHED,
    Delivery,
    DeliveryStatus,
    LeftOut,
)
from pervichka.work.messaging.models.template import MessageTemplate

__all__ = [
    "OPEN",
    "REACHED",
    "Audience",
    "Campaign",
    "CampaignProposal",
    "CampaignStatus",
    "Delivery",
    "DeliveryStatus",
    "Halt",
    "LeftOut",
    "MessageTemplate",
]
