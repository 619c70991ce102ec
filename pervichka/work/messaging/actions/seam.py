"""The one way for other kinds of work to write to people: an invitation, a reminder, an answer."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from pervichka.foundation.refusal import Refused
from pervichka.register.access.actor import Actor
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import demand
from pervichka.register.branches.models import Branch
from pervichka.work.messaging.actions.planning import queue_letters
from pervichka.work.messaging.actions.steps import write_down
from pervichka.work.messaging.models import Audience, Campaign, CampaignStatus
from pervichka.work.messaging.post import demand_server
from pervichka.work.messaging.queries.audience import count_audience, people_meant, reachable
from pervichka.work.messaging.wording import Wording, faults


@transaction.atomic
def send(
    *,
    branch: Branch,
    people: Collection[UUID],
    wording: Wording,
    title: str,
    purpose: str,
    origin: str,
    by: Actor,
    at: datetime,
) -> Campaign:
    """Write to these people what is no campaigning, for a kind of work named by `origin`.

    Consent for the purpose, quiet hours and the way out hold as for every letter; silence, imprint
    and the cap do not concern it. Raises `Forbidden`, and `Refused` for a wording that can't be.
    Whom it can't reach is counted by reason in `left_out`; perhaps nobody is written to.
    """
    demand(by, Permission.SEND_MESSAGES, branch)
    demand_server()
    if reasons := faults(wording):
        raise Refused(*reasons)
    said = {
        f"{part}_{language}": getattr(words, part)
        for language, words in wording.items()
        for part in ("subject", "body")
    }
    campaign = Campaign.objects.create(
        branch=branch,
        title=title,
        purpose=purpose,
        **said,
        audience=Audience.NAMED,
        origin=origin,
        campaigning=False,
        written_by=by.code,
        written_at=at,
    )
    meant = people_meant(campaign, named=people, by=by, on=timezone.localdate(at))
    count = count_audience(campaign, named=people, by=by, at=at)
    campaign.recipients = queue_letters(campaign, reachable(meant, campaign, at=at))
    campaign.left_out = dict(count.left_out)
    campaign.status, campaign.planned_by = CampaignStatus.PLANNED, by.code
    campaign.planned_at = campaign.starts_at = at
    campaign.save()
    write_down(campaign, "campaign.planned", by=by, at=at, fields=["recipients"])
    return campaign
