"""What every page of a campaign needs: the campaign, and the people of its event, if it has one."""

from collections.abc import Sequence
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import demand
from pervichka.surfaces.web.crumbs import Crumb
from pervichka.surfaces.web.middleware import PageRequest
from pervichka.work.events.queries import event_of, people_of_event
from pervichka.work.messaging.queries import Campaign, campaign_of


def campaign_or_404(request: PageRequest, campaign_id: UUID) -> Campaign:
    """If the reader sees it; one out of sight is answered like one that isn't."""
    try:
        return campaign_of(request.actor, campaign_id)
    except ObjectDoesNotExist as missing:
        raise Http404 from missing


def campaign_to_send(request: PageRequest, campaign_id: UUID) -> Campaign:
    """For whoever may send there. Raises `Http404`, `Forbidden`."""
    campaign = campaign_or_404(request, campaign_id)
    demand(request.actor, Permission.SEND_MESSAGES, campaign)
    return campaign


def named_people(request: PageRequest, campaign: Campaign) -> Sequence[UUID] | None:
    """Whom of its event it is for; none where it is for a branch. Raises `Http404`, `Forbidden`."""
    if campaign.event_id is None:
        return None
    try:
        event = event_of(request.actor, campaign.event_id)
    except ObjectDoesNotExist as missing:
        raise Http404 from missing
    return people_of_event(request.actor, event, campaign.event_part)


def crumbs(campaign: Campaign | None = None) -> list[Crumb]:
    found = [Crumb(_("Messages"), reverse("web:message-list"))]
    if campaign is not None:
        found.append(Crumb(campaign.title, reverse("web:message", args=[campaign.id])))
    return found
