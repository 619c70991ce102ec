"""A campaign is written, and a wording is kept for others."""

from collections.abc import Collection
from dataclasses import dataclass, fields
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from pervichka.foundation.ids import new_id
from pervichka.foundation.journal import journal
from pervichka.foundation.postgres.errors import is_taken
from pervichka.foundation.refusal import Reason, Refused, refuse
from pervichka.register.access.actor import Actor
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import demand
from pervichka.register.branches.models import Branch
from pervichka.register.people.models import AffiliationKind
from pervichka.work.messaging.actions.steps import locked_to_send, write_down
from pervichka.work.messaging.models import Audience, Campaign, CampaignStatus, MessageTemplate
from pervichka.work.messaging.queries.audience import purposes
from pervichka.work.messaging.wording import TITLE_LENGTH, faults, wording_of

EVENT_PARTS = ("invited", "accepted", "silent", "came")


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What a campaign says and to whom, whole.

    To the people of the branch and below it by `affiliations`; or, with an `event_id`, to those of
    the event: invited, accepted, silent or came.
    """

    title: str
    purpose: str
    subject_ru: str = ""
    body_ru: str = ""
    subject_en: str = ""
    body_en: str = ""
    affiliations: Collection[str] = ()
    event_id: UUID | None = None
    event_part: str = ""

    @classmethod
    def of(cls, campaign: Campaign) -> "Draft":
        return cls(**{each.name: getattr(campaign, each.name) for each in fields(cls)})


@transaction.atomic
def write_campaign(
    *, branch: Branch, draft: Draft, campaign_id: UUID | None = None, by: Actor, at: datetime
) -> Campaign:
    """Write a campaign of the branch. Raises `Refused` with every reason at once.

    With a `campaign_id` of the caller's own the same call may be repeated: the campaign that is
    there already comes back unchanged.
    """
    demand(by, Permission.SEND_MESSAGES, branch)
    if campaign_id is not None:
        there = Campaign.objects.select_related("branch").filter(id=campaign_id).first()
        if there is not None and there.branch_id == branch.id:
            return there
    if branch.closed_on is not None:
        raise refuse("{code} is closed", code=branch.code)
    _check(draft)
    try:
        with transaction.atomic():
            campaign = Campaign.objects.create(
                id=campaign_id or new_id(),
                branch=branch,
                **_said(draft),
                written_by=by.code,
                written_at=at,
            )
    except IntegrityError as error:
        if not is_taken(error):
            raise
        raise refuse("this identifier belongs to another campaign") from None
    write_down(campaign, "campaign.written", by=by, at=at, fields=_said(draft))
    return campaign


@transaction.atomic
def change_campaign(*, campaign: Campaign, draft: Draft, by: Actor, at: datetime) -> Campaign:
    """Put other words, or another audience, in place of what stands. Only while it is a draft."""
    campaign = locked_to_send(campaign, by)
    if campaign.status != CampaignStatus.DRAFT:
        raise refuse("it is no draft any more: what is planned does not change")
    _check(draft)
    said = _said(draft)
    changed = [name for name, value in said.items() if getattr(campaign, name) != value]
    if not changed:
        return campaign
    for name in changed:
        setattr(campaign, name, said[name])
    campaign.save(update_fields=changed)
    write_down(campaign, "campaign.changed", by=by, at=at, fields=changed)
    return campaign


@transaction.atomic
def keep_template(
    *, campaign: Campaign, name: str, shared: bool = False, by: Actor, at: datetime
) -> MessageTemplate:
    """Keep a campaign's wording under a name, in place of what the branch kept under it before.

    A shared one is for every branch; it needs the right to name imprints there.
    """
    demand(by, Permission.SEND_MESSAGES, campaign)
    if shared:
        demand(by, Permission.NAME_IMPRINTS, campaign)
    name = " ".join(name.split())
    if not name or len(name) > TITLE_LENGTH:
        raise refuse("give the wording a short name")
    kept, _made = MessageTemplate.objects.update_or_create(
        branch=campaign.branch,
        name=name,
        defaults={
            "place": campaign.place,
            "subject_ru": campaign.subject_ru,
            "body_ru": campaign.body_ru,
            "subject_en": campaign.subject_en,
            "body_en": campaign.body_en,
            "shared": shared,
            "written_by": by.code,
            "written_at": at,
        },
    )
    journal.append(
        by=by, at=at, action="message_template.kept", subject=kept, branch=campaign.branch
    )
    return kept


def _said(draft: Draft) -> dict[str, object]:
    said: dict[str, object] = {}
    for each in fields(draft):
        value = getattr(draft, each.name)
        said[each.name] = value.strip() if isinstance(value, str) else value
    said["affiliations"] = sorted(draft.affiliations)
    said["audience"] = Audience.BRANCH if draft.event_id is None else Audience.EVENT
    return said


def _check(draft: Draft) -> None:
    reasons = []
    if not draft.title.strip():
        reasons.append(Reason(message="say what the campaign is called", column="title"))
    if len(draft.title) > TITLE_LENGTH:
        reasons.append(
            Reason(
                message="the title is longer than {length} characters",
                params={"length": TITLE_LENGTH},
                column="title",
            )
        )
    if draft.purpose not in (allowed := purposes()):
        reasons.append(
            Reason(
                message="nobody can be written to for that purpose; there are: {allowed}",
                params={"allowed": ", ".join(allowed)},
                column="purpose",
            )
        )
    if draft.event_id is None:
        unknown = set(draft.affiliations) - set(AffiliationKind.values)
        if unknown or not draft.affiliations:
            reasons.append(
                Reason(
                    message="choose whom to write to: {allowed}",
                    params={"allowed": ", ".join(AffiliationKind.values)},
                    column="affiliation",
                )
            )
    elif draft.event_part not in EVENT_PARTS:
        reasons.append(
            Reason(
                message="choose whom of the event to write to: {allowed}",
                params={"allowed": ", ".join(EVENT_PARTS)},
                column="event_part",
            )
        )
    reasons += faults(wording_of(draft))
    if reasons:
        raise Refused(*reasons)
