"""The list of campaigns; its filters live in the address."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import demand
from pervichka.register.branches.queries.units import unit_coded
from pervichka.surfaces.web.messaging import words
from pervichka.surfaces.web.middleware import PageRequest
from pervichka.surfaces.web.paging import offset_of, page_of
from pervichka.work.messaging.queries import CampaignRow, CampaignStatus, campaigns_of

SIZE = 25


@dataclass(frozen=True)
class Line:
    title: str
    branch: str
    address: str
    status: words.Tag
    at: datetime
    sent: int | None
    recipients: int | None


@login_required
@require_safe
def campaigns(request: PageRequest) -> HttpResponse:
    demand(request.actor, Permission.SEE_MESSAGES)
    asked = request.GET
    status = asked["status"] if asked.get("status") in CampaignStatus.values else ""
    code = asked.get("branch", "")
    unit = unit_coded(code, actor=request.actor) if code else None
    rows, total = campaigns_of(
        request.actor,
        within=unit.interval if unit else None,
        status=status,
        offset=offset_of(request, SIZE),
        limit=SIZE,
    )
    context = {
        "unit": unit,
        "status": status,
        "statuses": [("", _("Any state")), *words.status_options()],
        "paging": page_of(request, [_line(row) for row in rows], total=total, size=SIZE),
        "may_write": request.actor.may(Permission.SEND_MESSAGES),
    }
    return render(request, "messaging/list.html", context)


def _line(row: CampaignRow) -> Line:
    return Line(
        title=row.title,
        branch=row.branch_label,
        address=reverse("web:message", args=[row.id]),
        status=words.status_tag(row.status),
        at=row.starts_at or row.written_at,
        sent=row.sent if row.recipients is not None else None,
        recipients=row.recipients,
    )
