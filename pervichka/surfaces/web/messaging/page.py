"""One campaign: its letter, whom it would reach and whom not, and how far it has come."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from pervichka.foundation import clock
from pervichka.register.access.permissions import Permission
from pervichka.register.branches.queries.units import branch_label
from pervichka.register.campaigning.queries import imprint_of
from pervichka.surfaces.web.messaging import words
from pervichka.surfaces.web.messaging.shared import campaign_or_404, crumbs, named_people
from pervichka.surfaces.web.middleware import PageRequest
from pervichka.work.messaging.queries import (
    Campaign,
    CampaignStatus,
    count_audience,
    last_refusal,
    previews,
    progress_of,
    waiting_of,
)


@login_required
@require_safe
def campaign(request: PageRequest, campaign_id: UUID) -> HttpResponse:
    found = campaign_or_404(request, campaign_id)
    return page_of_campaign(request, found)


def page_of_campaign(
    request: PageRequest,
    found: Campaign,
    errors: list[words.Problem] | None = None,
    typed: dict[str, str] | None = None,
) -> HttpResponse:
    at = clock.now()
    may_send = request.actor.may(Permission.SEND_MESSAGES, found.place)
    context = _standing(request, found) | {
        "crumbs": crumbs(),
        "branch": branch_label(found.branch),
        "purpose": words.purpose_text(found.purpose),
        "may_send": may_send,
        "waiting": waiting_of(request.actor, found, at=at),
        "refused": last_refusal(found) if found.status == CampaignStatus.DRAFT else "",
        "halt": words.halt_text(found.halted),
        "errors": errors or [],
        "typed": typed or {},
    }
    if may_send and found.status == CampaignStatus.DRAFT:
        named = named_people(request, found)
        count = count_audience(found, named=named, by=request.actor, at=at)
        context |= {
            "count": count,
            "left_out": words.left_out(count.left_out),
            "previews": previews(request.actor, found, named=named, at=at),
            "imprint": imprint_of(found.branch, on=timezone.localdate(at)),
        }
    return render(request, "messaging/campaign.html", context, status=422 if errors else 200)


@login_required
@require_safe
def progress(request: PageRequest, campaign_id: UUID) -> HttpResponse:
    """The part of the page that changes by itself."""
    found = campaign_or_404(request, campaign_id)
    return render(request, "messaging/progress.html", _standing(request, found))


def _standing(request: PageRequest, found: Campaign) -> dict[str, object]:
    standing = progress_of(request.actor, found)
    left: dict[str, int] = dict(found.left_out)
    for reason, number in standing.left_out.items():
        left[reason] = left.get(reason, 0) + number
    return {
        "campaign": found,
        "status": words.status_tag(found.status),
        "progress": standing,
        "missed": words.left_out(left),
        "live": found.status in {CampaignStatus.PLANNED, CampaignStatus.SENDING},
    }
