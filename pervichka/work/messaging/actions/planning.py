"""A campaign is planned: checked against the calendar, its letters queued, perhaps agreed to."""

from collections.abc import Collection
from datetime import datetime
from itertools import islice
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from pervichka.foundation.refusal import Reason, Refused, refuse
from pervichka.register.access.actor import Actor
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import demand
from pervichka.register.access.roles import Operator
from pervichka.register.branches.models import LevelOfTree
from pervichka.register.branches.queries.zones import own_zone, regions_in_time
from pervichka.register.branches.second_person import (
    Decision,
    decide,
    demand_to_decide,
    proposed,
)
from pervichka.register.campaigning.queries import calendar_on, imprint_of, is_silent
from pervichka.register.people.models import Person
from pervichka.work.messaging.actions.steps import locked, locked_to_send, write_down
from pervichka.work.messaging.models import Campaign, CampaignProposal, CampaignStatus, Delivery
from pervichka.work.messaging.post import demand_server
from pervichka.work.messaging.queries.audience import (
    count_audience,
    people_meant,
    reachable,
)
from pervichka.work.messaging.rules import rules

_BATCH = 2_000


@transaction.atomic
def plan_campaign(
    *,
    campaign: Campaign,
    starts_at: datetime | None = None,
    people: Collection[UUID] | None = None,
    by: Actor,
    at: datetime,
) -> Campaign:
    """Queue its letters, to go out from `starts_at` on, or at once.

    `people` are those of the event that a campaign to an event's people is for. To more people than
    the rules say, from above a primary branch, it waits for a second person. Raises `Forbidden`,
    and `Refused` with every reason: no imprint, no calendar, a silence period, nobody to reach.
    Planned again, it stays as it is.
    """
    campaign = locked_to_send(campaign, by)
    if campaign.status != CampaignStatus.DRAFT:
        return campaign
    if (campaign.event_id is not None) != (people is not None):
        raise refuse("say which people of the event are meant")
    demand_server()
    starts_at = max(starts_at or at, at)
    meant = people_meant(campaign, named=people, by=by, on=timezone.localdate(at))
    queue = reachable(meant, campaign, at=at)
    count = count_audience(campaign, named=people, by=by, at=at)
    reasons = [] if count.reached else [Reason(message="there is nobody whom it would reach")]
    if campaign.campaigning:
        reasons += _forbidden_by_law(campaign, queue, starts_at)
    if reasons:
        raise Refused(*reasons)
    campaign.starts_at, campaign.planned_at, campaign.planned_by = starts_at, at, by.code
    campaign.recipients = queue_letters(campaign, queue)
    campaign.left_out = dict(count.left_out)
    campaign.needs_second = _needs_second(campaign, by)
    campaign.status = CampaignStatus.WAITING if campaign.needs_second else CampaignStatus.PLANNED
    campaign.save()
    if campaign.needs_second:
        CampaignProposal.objects.create(
            campaign=campaign, branch=campaign.branch, **proposed(by, at)
        )
        write_down(campaign, "campaign.proposed", by=by, at=at, fields=["status"])
    else:
        write_down(campaign, "campaign.planned", by=by, at=at, fields=["starts_at"])
    return campaign


@transaction.atomic
def approve_campaign(*, campaign: Campaign, by: Actor, at: datetime) -> Campaign:
    """The second person agrees, and it goes out. Raises `Forbidden`, `Refused`."""
    campaign, proposal = _to_decide(campaign, by, at)
    decide(proposal, Decision.APPROVED, "", by=by, at=at)
    campaign.status, campaign.approved_by = CampaignStatus.PLANNED, by.code
    campaign.save(update_fields=["status", "approved_by"])
    write_down(campaign, "campaign.planned", by=by, at=at, fields=["decision"])
    return campaign


@transaction.atomic
def refuse_campaign(*, campaign: Campaign, reason: str, by: Actor, at: datetime) -> Campaign:
    """The second person does not agree and says why: a draft again. As `approve_campaign`."""
    campaign, proposal = _to_decide(campaign, by, at)
    decide(proposal, Decision.REFUSED, reason, by=by, at=at)
    return _draft_again(campaign, "campaign.refused", by=by, at=at)


@transaction.atomic
def withdraw_campaign(*, campaign: Campaign, by: Actor, at: datetime) -> Campaign:
    """What waits or is planned and has not begun is a draft again, to be changed."""
    campaign = locked_to_send(campaign, by)
    if campaign.status == CampaignStatus.DRAFT:
        return campaign
    if campaign.status not in {CampaignStatus.WAITING, CampaignStatus.PLANNED}:
        raise refuse("it has begun: it can be paused or stopped")
    proposal = CampaignProposal.objects.filter(campaign=campaign, decision="").first()
    if proposal is not None:
        proposal.delete()
    return _draft_again(campaign, "campaign.withdrawn", by=by, at=at)


def queue_letters(campaign: Campaign, people: QuerySet[Person]) -> int:
    """A queued letter for each of them, with the zone they are in; how many."""
    regions = regions_in_time()

    def zone(place: int) -> str:
        found = (one.zone for one in regions if one.interval.contains(place))
        return next(found, own_zone())

    queued = 0
    rows = people.order_by("id").values_list("id", "place").iterator()
    while batch := list(islice(rows, _BATCH)):
        Delivery.objects.bulk_create(
            Delivery(
                campaign=campaign,
                branch=campaign.branch,
                place=campaign.place,
                person_id=person_id,
                zone=zone(place),
            )
            for person_id, place in batch
        )
        queued += len(batch)
    return queued


def _forbidden_by_law(
    campaign: Campaign, people: QuerySet[Person], starts_at: datetime
) -> list[Reason]:
    """Why nobody may campaign so from that moment on, wherever its readers are."""
    found = []
    if imprint_of(campaign.branch, on=timezone.localdate(starts_at)) is None:
        found.append(
            Reason(
                message="there is no imprint for {code}: campaigning must say who made and paid it",
                params={"code": campaign.branch.code},
            )
        )
    regions = [
        (one.code, one.zone)
        for one in regions_in_time()
        if people.filter(place__range=(one.interval.start, one.interval.end)).exists()
    ] or [("", own_zone())]
    for code, zone in regions:
        day = starts_at.astimezone(ZoneInfo(zone)).date()
        if calendar_on(day) is None:
            found.append(
                Reason(
                    message="no calendar of silence periods covers {day}: load one first",
                    params={"day": day.isoformat()},
                    column="starts_at",
                )
            )
            break
        if is_silent(day, code):
            found.append(
                Reason(
                    message="{day} lies in a silence period in {region}",
                    params={"day": day.isoformat(), "region": code or campaign.branch.code},
                    column="starts_at",
                )
            )
    return found


def _needs_second(campaign: Campaign, by: Actor) -> bool:
    """The local operator sends alone, else nobody could where there is one person."""
    if by.role is Operator or campaign.branch.level == LevelOfTree.PRIMARY:
        return False
    return (campaign.recipients or 0) > rules().second_person_over


def _to_decide(campaign: Campaign, by: Actor, at: datetime) -> tuple[Campaign, CampaignProposal]:
    campaign = locked(campaign)
    demand(by, Permission.APPROVE_MESSAGES, campaign)
    proposal = (
        CampaignProposal.objects.select_for_update()
        .filter(campaign=campaign)
        .order_by("-proposed_at", "-id")
        .first()
    )
    if proposal is None or campaign.status != CampaignStatus.WAITING:
        raise refuse("it does not wait for a second person")
    demand_to_decide(proposal, by=by, at=at)
    return campaign, proposal


def _draft_again(campaign: Campaign, action: str, *, by: Actor, at: datetime) -> Campaign:
    Delivery.objects.filter(campaign=campaign).delete()
    campaign.status = CampaignStatus.DRAFT
    campaign.starts_at = campaign.planned_at = campaign.recipients = None
    campaign.planned_by = campaign.approved_by = ""
    campaign.left_out, campaign.needs_second = {}, False
    campaign.save()
    write_down(campaign, action, by=by, at=at, fields=["status"])
    return campaign
