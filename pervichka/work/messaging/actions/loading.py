"""Campaigns of the past, written in bulk: whatever they met on their way has happened already."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from pervichka.foundation.journal import journal
from pervichka.register.access.actor import Actor
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import demand
from pervichka.register.branches.models import Branch
from pervichka.work.messaging.actions.planning import queue_letters
from pervichka.work.messaging.actions.writing import Draft
from pervichka.work.messaging.models import Campaign, CampaignStatus, Delivery, DeliveryStatus
from pervichka.work.messaging.queries.audience import count_audience, people_meant, reachable

_BETWEEN = timedelta(seconds=2)


@dataclass(frozen=True, kw_only=True)
class PastCampaign:
    """A campaign that went out at `at`; none: it is a draft still.

    Of its letters every `bounced`-th came back and every `answered`-th was answered.
    """

    branch: Branch
    draft: Draft
    at: datetime | None = None
    bounced: int = 17
    answered: int = 6


@transaction.atomic
def load_campaigns(*, campaigns: Sequence[PastCampaign], by: Actor, at: datetime) -> int:
    """Write them, without the rules of the single acts; how many letters. Raises `Forbidden`."""
    demand(by, Permission.LOAD_IN_BULK)
    letters = sum(_load(one, by, at) for one in campaigns)
    journal.append(by=by, at=at, action="campaigns.loaded", subject=("campaigns", len(campaigns)))
    return letters


def _load(one: PastCampaign, by: Actor, at: datetime) -> int:
    said = vars(one.draft) | {"affiliations": sorted(one.draft.affiliations)}
    campaign = Campaign(branch=one.branch, **said, written_by=by.code, written_at=one.at or at)
    if one.at is None:
        campaign.save()
        return 0
    campaign.recipients, campaign.planned_by = 0, by.code
    campaign.planned_at = campaign.starts_at = campaign.started_at = campaign.ended_at = one.at
    campaign.status = CampaignStatus.DONE
    campaign.save()
    meant = people_meant(campaign, named=None, by=by, on=timezone.localdate(one.at))
    count = count_audience(campaign, named=None, by=by, at=one.at)
    campaign.recipients = queue_letters(campaign, reachable(meant, campaign, at=one.at))
    campaign.left_out = dict(count.left_out)
    campaign.save(update_fields=["recipients", "left_out"])
    letters = list(Delivery.objects.filter(campaign=campaign).order_by("id"))
    for number, letter in enumerate(letters, 1):
        letter.status = DeliveryStatus.SENT
        letter.claimed_at = letter.settled_at = one.at + number * _BETWEEN
        if number % one.bounced == 0:
            letter.bounced_at = one.at + timedelta(minutes=number)
        elif number % one.answered == 0:
            letter.replied_at = one.at + timedelta(hours=number)
    Delivery.objects.bulk_update(
        letters, ["status", "claimed_at", "settled_at", "bounced_at", "replied_at"]
    )
    return len(letters)
