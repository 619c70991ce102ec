"""Campaigns that the program has something to do with at a moment."""

from datetime import datetime
from uuid import UUID

from pervichka.work.messaging.models import Campaign, CampaignStatus


def due_campaigns(at: datetime) -> list[UUID]:
    """Begun or to begin by then, the earliest first."""
    due = Campaign.objects.filter(
        status__in=[CampaignStatus.PLANNED, CampaignStatus.SENDING], starts_at__lte=at
    )
    return list(due.order_by("starts_at", "id").values_list("id", flat=True))
