"""Messages by e-mail: campaigns, how far each has come, written, planned and stopped."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from ninja import Header, Query, Router, Schema, Status
from pydantic import Field

from pervichka.foundation import clock
from pervichka.register.access.actor import Interval
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import demand
from pervichka.surfaces.api.answers import Problem, Refusal, Text, Wanted
from pervichka.surfaces.api.branches import branch_coded
from pervichka.surfaces.api.signed_in import ApiRequest
from pervichka.work.messaging import actions
from pervichka.work.messaging.queries import campaign_of, campaigns_of, progress_of

if TYPE_CHECKING:
    from pervichka.work.messaging.models import Campaign

router = Router()


class CampaignRowOut(Schema):
    id: UUID
    branch_code: str
    title: str
    purpose: str
    status: str
    written_at: datetime
    starts_at: datetime | None
    recipients: int | None
    sent: int


class CampaignList(Schema):
    total: int
    rows: list[CampaignRowOut]


class ProgressOut(Schema):
    queued: int
    sending: int
    sent: int
    unknown: int
    failed: int
    left_out: dict[str, int]
    bounced: int
    replied: int
    unsubscribed: int


class CampaignOut(Schema):
    id: UUID
    branch: str
    title: str
    purpose: str
    status: str
    halted: str
    starts_at: datetime | None
    recipients: int | None
    left_out: Annotated[dict[str, int], Field(description="Of the audience, by reason.")]
    progress: ProgressOut


class CampaignsWanted(Schema):
    branch: Annotated[Text, Field(description="A branch's code; with all below it.")] = ""
    status: Text = ""


class CampaignIn(Schema):
    """To people of the branch and below it; in one language at least."""

    branch: Annotated[Text, Field(description="A branch's code.")]
    title: Text
    purpose: Text
    affiliations: Annotated[list[Text], Field(max_length=10)]
    subject_ru: Text = ""
    body_ru: Text = ""
    subject_en: Text = ""
    body_en: Text = ""


class PlanIn(Schema):
    starts_at: Annotated[datetime | None, Field(description="None: at once.")] = None


@router.get("/messages", response=CampaignList, summary="Campaigns, the latest first")
def list_campaigns(
    request: ApiRequest, wanted: Query[CampaignsWanted], part: Wanted
) -> dict[str, object]:
    demand(request.actor, Permission.SEE_MESSAGES)
    within = None
    if wanted.branch:
        branch = branch_coded(wanted.branch, request.actor)
        within = Interval(branch.place, branch.place_end)
    rows, total = campaigns_of(
        request.actor,
        within=within,
        status=wanted.status,
        offset=part.offset,
        limit=part.limit,
    )
    return {"total": total, "rows": list(rows)}


@router.get("/messages/{uuid:id}", response={200: CampaignOut, 404: Problem}, summary="A campaign")
def one_campaign(request: ApiRequest, id: UUID) -> dict[str, object]:
    return _told(request, campaign_of(request.actor, id))


@router.post(
    "/messages",
    response={201: CampaignOut, 404: Problem, 422: Refusal},
    summary="Write a campaign",
)
def write(
    request: ApiRequest,
    body: CampaignIn,
    key: Annotated[
        UUID | None,
        Header(alias="Idempotency-Key", description="Becomes the campaign's id."),
    ] = None,
) -> Status[dict[str, object]]:
    said = body.dict()
    campaign = actions.write_campaign(
        branch=branch_coded(said.pop("branch"), request.actor),
        draft=actions.Draft(**said),
        campaign_id=key,
        by=request.actor,
        at=clock.now(),
    )
    return Status(201, _told(request, campaign))


@router.post(
    "/messages/{uuid:id}/plan",
    response={200: CampaignOut, 404: Problem, 422: Refusal},
    summary="Send a campaign, at once or from a moment on",
)
def plan(request: ApiRequest, id: UUID, body: PlanIn) -> dict[str, object]:
    campaign = actions.plan_campaign(
        campaign=campaign_of(request.actor, id),
        starts_at=body.starts_at,
        by=request.actor,
        at=clock.now(),
    )
    return _told(request, campaign)


@router.post(
    "/messages/{uuid:id}/stop",
    response={200: CampaignOut, 404: Problem, 422: Refusal},
    summary="Stop a campaign for good",
)
def stop(request: ApiRequest, id: UUID) -> dict[str, object]:
    campaign = actions.stop_campaign(
        campaign=campaign_of(request.actor, id), by=request.actor, at=clock.now()
    )
    return _told(request, campaign)


def _told(request: ApiRequest, campaign: "Campaign") -> dict[str, object]:
    return {
        "id": campaign.id,
        "branch": campaign.branch.code,
        "title": campaign.title,
        "purpose": campaign.purpose,
        "status": campaign.status,
        "halted": campaign.halted,
        "starts_at": campaign.starts_at,
        "recipients": campaign.recipients,
        "left_out": campaign.left_out,
        "progress": progress_of(request.actor, campaign),
    }
