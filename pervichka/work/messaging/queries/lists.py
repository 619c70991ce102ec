"""Campaigns that an actor may see: one by its identifier, many by branch and state; no names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from pervichka.register.access.actor import Actor, Interval
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import demand
from pervichka.register.branches.queries.units import branch_label
from pervichka.work.messaging.models import (
    Campaign,
    CampaignProposal,
    CampaignStatus,
    Delivery,
    DeliveryStatus,
    MessageTemplate,
)

_SENT = Q(deliveries__status=DeliveryStatus.SENT)


@dataclass(frozen=True, kw_only=True)
class CampaignRow:
    """A campaign in a list, with how many letters there are and went."""

    id: UUID
    branch_code: str
    branch_label: str
    title: str
    purpose: str
    status: str
    written_at: datetime
    starts_at: datetime | None
    recipients: int | None
    sent: int


@dataclass(frozen=True, kw_only=True)
class Progress:
    """Where its letters are. `left_out` is of those queued, by reason, as they came to be sent."""

    queued: int
    sending: int
    sent: int
    unknown: int
    failed: int
    left_out: Mapping[str, int]
    bounced: int
    replied: int
    unsubscribed: int

    @property
    def total(self) -> int:
        return self.queued + self.settled

    @property
    def settled(self) -> int:
        left_out = sum(self.left_out.values())
        return self.sending + self.sent + self.unknown + self.failed + left_out


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """A second person is asked. `may_decide`: this reader can be that one."""

    expires_at: datetime
    may_decide: bool


def visible_to(actor: Actor) -> QuerySet[Campaign]:
    """Campaigns of the actor's part of the tree; none without the right to see messages."""
    if Permission.SEE_MESSAGES not in actor.permissions or actor.scope is None:
        return Campaign.objects.none()
    return Campaign.objects.filter(place__range=(actor.scope.start, actor.scope.end))


def campaign_of(actor: Actor, campaign_id: UUID) -> Campaign:
    """With its branch. Raises `Campaign.DoesNotExist` also for one out of sight."""
    return visible_to(actor).select_related("branch").get(id=campaign_id)


def campaigns_of(
    actor: Actor,
    *,
    within: Interval | None = None,
    status: str = "",
    offset: int = 0,
    limit: int = 50,
) -> tuple[Sequence[CampaignRow], int]:
    """A part of the list, the latest first, and how long the whole is. Two queries."""
    campaigns = visible_to(actor)
    if within is not None:
        campaigns = campaigns.filter(place__range=(within.start, within.end))
    if status:
        campaigns = campaigns.filter(status=status)
    total = campaigns.count()
    rows = (
        campaigns.select_related("branch")
        .annotate(sent=Count("deliveries", filter=_SENT))
        .order_by("-written_at", "-id")[offset : offset + limit]
    )
    return [_row(row) for row in rows], total


def progress_of(actor: Actor, campaign: Campaign) -> Progress:
    """How far it has come. Raises `Forbidden`. One query."""
    demand(actor, Permission.SEE_MESSAGES, campaign)
    counted = (
        Delivery.objects.filter(campaign=campaign)
        .values("status", "left_out")
        .annotate(
            number=Count("id"),
            bounced=Count("bounced_at"),
            replied=Count("replied_at"),
            unsubscribed=Count("unsubscribed_at"),
        )
        .order_by()
    )
    numbers = dict.fromkeys(DeliveryStatus.values, 0)
    left_out: dict[str, int] = {}
    back = dict.fromkeys(("bounced", "replied", "unsubscribed"), 0)
    for row in counted:
        numbers[row["status"]] += row["number"]
        if row["left_out"]:
            left_out[row["left_out"]] = row["number"]
        back["bounced"] += row["bounced"]
        back["replied"] += row["replied"]
        back["unsubscribed"] += row["unsubscribed"]
    numbers.pop(DeliveryStatus.LEFT_OUT)
    return Progress(**numbers, **back, left_out=left_out)


def waiting_of(actor: Actor, campaign: Campaign, *, at: datetime) -> Waiting | None:
    """Whether a second person is asked, and whether it can be this one. One query."""
    if campaign.status != CampaignStatus.WAITING:
        return None
    proposal = CampaignProposal.objects.filter(campaign=campaign, decision="").first()
    if proposal is None:
        return None
    may = actor.may(Permission.APPROVE_MESSAGES, campaign.place)
    open_ = proposal.expires_at > at and proposal.proposed_by != actor.code
    return Waiting(expires_at=proposal.expires_at, may_decide=may and open_)


def last_refusal(campaign: Campaign) -> str:
    """Why a second person did not agree the last time; empty if none did."""
    refused = CampaignProposal.objects.filter(campaign=campaign, decision="refused")
    return refused.order_by("-decided_at").values_list("reason", flat=True).first() or ""


def templates_for(actor: Actor) -> Sequence[MessageTemplate]:
    """Wordings of the actor's part of the tree, and those that are for every branch."""
    if actor.scope is None or not actor.may(Permission.SEND_MESSAGES):
        return []
    seen = Q(place__range=(actor.scope.start, actor.scope.end)) | Q(shared=True)
    return list(MessageTemplate.objects.filter(seen).order_by("name", "id")[:100])


def _row(row: Campaign) -> CampaignRow:
    return CampaignRow(
        id=row.id,
        branch_code=row.branch.code,
        branch_label=branch_label(row.branch),
        title=row.title,
        purpose=row.purpose,
        status=row.status,
        written_at=row.written_at,
        starts_at=row.starts_at,
        recipients=row.recipients,
        sent=vars(row)["sent"],
    )
