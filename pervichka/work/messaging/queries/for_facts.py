"""Campaigns as plain rows for whoever measures: that one went out, and who answered, as codes."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from uuid import UUID

from django.db.models import Count, Min, Q
from django.utils import timezone

from pervichka.work.messaging.models import Campaign, CampaignStatus, Delivery, DeliveryStatus

_BATCH = 1_000
_OVER = (CampaignStatus.DONE, CampaignStatus.STOPPED)


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRow:
    """Somebody answered a letter. `person` is a code: of the register, or a random one."""

    id: UUID
    person: str
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignForFacts:
    """A campaign that is over and of which letters went; `day` is that of the first."""

    id: UUID
    branch_id: UUID
    place: int
    day: date
    letters: int
    answers: Sequence[AnswerRow]


def facts_of(campaign_ids: Collection[UUID] | None) -> Iterator[CampaignForFacts]:
    """These campaigns (none named: all), a batch at a time: two queries for 1,000."""
    campaigns = Campaign.objects.filter(status__in=_OVER, campaigning=True).order_by("id")
    if campaign_ids is not None:
        campaigns = campaigns.filter(id__in=list(campaign_ids))
    sent = Q(deliveries__status=DeliveryStatus.SENT)
    stream = (
        campaigns.annotate(
            letters=Count("deliveries", filter=sent),
            first=Min("deliveries__claimed_at", filter=sent),
        )
        .filter(letters__gt=0)
        .values_list("id", "branch_id", "place", "letters", "first")
        .iterator(chunk_size=_BATCH)
    )
    while batch := list(islice(stream, _BATCH)):
        answers = _answers([row[0] for row in batch])
        for id_, branch_id, place, letters, first in batch:
            yield CampaignForFacts(
                id=id_,
                branch_id=branch_id,
                place=place,
                day=timezone.localdate(first),
                letters=letters,
                answers=answers.get(id_, []),
            )


def _answers(ids: Sequence[UUID]) -> dict[UUID, list[AnswerRow]]:
    found: dict[UUID, list[AnswerRow]] = {}
    rows = Delivery.objects.filter(campaign_id__in=ids, replied_at__isnull=False).order_by("id")
    for campaign_id, id_, code, participant, at in rows.values_list(
        "campaign_id", "id", "person__code", "participant", "replied_at"
    ):
        row = AnswerRow(id=id_, person=code or participant, day=timezone.localdate(at))
        found.setdefault(campaign_id, []).append(row)
    return found
