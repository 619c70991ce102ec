"""What is done with a campaign: planned, tried on oneself, paused, stopped, agreed to."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST

from pervichka.foundation import clock
from pervichka.foundation.refusal import Refused
from pervichka.register.access.actor import Actor
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import demand
from pervichka.register.branches.queries.zones import zone_of
from pervichka.surfaces.web.messaging import words
from pervichka.surfaces.web.messaging.page import page_of_campaign
from pervichka.surfaces.web.messaging.shared import (
    campaign_or_404,
    campaign_to_send,
    named_people,
)
from pervichka.surfaces.web.middleware import PageRequest
from pervichka.work.messaging import actions
from pervichka.work.messaging.queries import Campaign, CampaignStatus

_DEEDS: dict[str, tuple[Callable[..., object], str]] = {
    "test": (
        actions.ask_for_test,
        gettext_noop("The letter is on its way to your own address."),
    ),
    "pause": (actions.pause_campaign, gettext_noop("Paused: nothing more goes out for now.")),
    "resume": (actions.resume_campaign, gettext_noop("It goes on.")),
    "stop": (actions.stop_campaign, gettext_noop("Stopped: nothing more goes out.")),
    "withdraw": (actions.withdraw_campaign, gettext_noop("It is a draft again.")),
}


@login_required
@require_POST
def plan(request: PageRequest, campaign_id: UUID) -> HttpResponse:
    """Now, or at a time of the branch's own clock."""
    campaign = campaign_to_send(request, campaign_id)
    typed = {"at": request.POST.get("at", "")}
    try:
        planned = actions.plan_campaign(
            campaign=campaign,
            starts_at=_moment(campaign, typed["at"]),
            people=named_people(request, campaign),
            by=request.actor,
            at=clock.now(),
        )
    except ValueError:
        problem = words.Problem(_("Write the day and the time"), "at")
        return page_of_campaign(request, campaign, [problem], typed)
    except Refused as refused:
        return page_of_campaign(request, campaign, list(words.problems(refused)), typed)
    waits = planned.status == CampaignStatus.WAITING
    messages.success(
        request,
        _("It goes to so many people that a second person is asked first.")
        if waits
        else _("It is planned."),
    )
    return redirect("web:message", campaign.id)


@login_required
@require_POST
def do(request: PageRequest, campaign_id: UUID) -> HttpResponse:
    campaign = campaign_to_send(request, campaign_id)
    asked = request.POST.get("do", "")
    by, at = request.actor, clock.now()
    try:
        if asked == "keep":
            name = request.POST.get("name", "")
            actions.keep_template(campaign=campaign, name=name, by=by, at=at)
            done = gettext_noop("The wording is kept.")
        elif asked in _DEEDS:
            deed, done = _DEEDS[asked]
            deed(campaign=campaign, by=by, at=at)
        else:
            raise Http404
    except Refused as refused:
        return page_of_campaign(request, campaign, list(words.problems(refused)))
    messages.success(request, _(done))
    return redirect("web:message", campaign.id)


@login_required
@require_POST
def decide(request: PageRequest, campaign_id: UUID) -> HttpResponse:
    """The second person agrees, or not."""
    campaign = campaign_or_404(request, campaign_id)
    demand(request.actor, Permission.APPROVE_MESSAGES, campaign)
    by: Actor = request.actor
    at: datetime = clock.now()
    try:
        if request.POST.get("do") == "approve":
            actions.approve_campaign(campaign=campaign, by=by, at=at)
        else:
            reason = request.POST.get("reason", "")
            actions.refuse_campaign(campaign=campaign, reason=reason, by=by, at=at)
    except Refused as refused:
        return page_of_campaign(request, campaign, list(words.problems(refused)))
    return redirect("web:message", campaign.id)


def _moment(campaign: Campaign, text: str) -> datetime | None:
    if not text:
        return None
    return datetime.fromisoformat(text).replace(tzinfo=zone_of(campaign.branch))
