"""One appeal, for those who see to it: what was asked, how far it is, what to do next."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseRedirectBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from pervichka.foundation import clock
from pervichka.foundation.refusal import Refused
from pervichka.register.branches.queries.units import branch_label
from pervichka.surfaces.web.casework import words
from pervichka.surfaces.web.casework.doing import do
from pervichka.surfaces.web.casework.shared import appeal_or_404, looked_at
from pervichka.surfaces.web.casework.words import Problem
from pervichka.surfaces.web.crumbs import Crumb
from pervichka.surfaces.web.middleware import PageRequest
from pervichka.work.casework.actions import reach_applicant
from pervichka.work.casework.queries import (
    Appeal,
    AppealPage,
    Status,
    appeal_page,
    branches_to_forward,
    files_of,
    letters_of,
    most_to_extend,
    posts_to_assign,
)

_SCHEMES = {"phone": "tel", "email": "mailto"}


class _ToTheDevice(HttpResponseRedirectBase):
    """Hands the number or address over to whatever on this device calls or writes."""

    status_code = 303
    allowed_schemes = list(_SCHEMES.values())  # noqa: RUF012 - as Django declares it


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def appeal(request: PageRequest, appeal_id: UUID) -> HttpResponse:
    found = appeal_or_404(request, appeal_id)
    if request.method != "POST":
        return _page(request, found, [])
    try:
        done = do(request, found)
    except Refused as refused:
        return _page(request, found, words.problems(refused))
    messages.success(request, done)
    # Handed up, it may be out of sight.
    try:
        appeal_or_404(request, appeal_id)
    except Http404:
        return redirect("web:appeal-list")
    return redirect("web:appeal", appeal_id)


@login_required
@require_POST
def reach(request: PageRequest, appeal_id: UUID) -> HttpResponse:
    """Dials or opens a letter at once; or shows it, for whoever dials on another device."""
    found = appeal_or_404(request, appeal_id)
    way = request.POST.get("way", "")
    reached = reach_applicant(appeal=found, way=way, by=request.actor, at=clock.now())
    if reached is None:
        raise Http404
    scheme = _SCHEMES.get(reached.kind)
    if request.POST.get("use") == "dial" and scheme:
        return _ToTheDevice(f"{scheme}:{reached.value}")
    context = {"appeal": found, "reached": reached, "crumbs": crumbs_below(found)}
    return render(request, "casework/reached.html", context)


def crumbs() -> list[Crumb]:
    return [Crumb(_("Appeals"), reverse("web:appeal-list"))]


def crumbs_below(appeal: Appeal) -> list[Crumb]:
    number = _("Appeal No. %(number)s") % {"number": appeal.number}
    return [*crumbs(), Crumb(number, reverse("web:appeal", args=[appeal.id]))]


def _page(request: PageRequest, found: Appeal, errors: list[Problem]) -> HttpResponse:
    today = timezone.localdate(clock.now())
    reads = looked_at(request, found)
    page = appeal_page(request.actor, found, on=today)
    context = {
        "page": page,
        "appeal": found,
        "crumbs": crumbs(),
        "reads": reads,
        "subject": words.subject_title(found.subject),
        "subjects": words.subject_options(),
        "channel": words.channel_title(found.channel),
        "branch": branch_label(found.branch),
        "status": words.status_tag(found.status, overdue=page.overdue),
        "way": words.way_title(found.tell_by),
        "phone": words.masked_phone(page.applicant.phone) if page.applicant else "",
        "email": words.masked_email(page.applicant.email) if page.applicant else "",
        "deadline": deadline(page),
        "steps": [
            {"title": words.step_title(step.kind), "step": step} for step in reversed(page.steps)
        ],
        "may_extend": found.status in {Status.RECEIVED, Status.OPEN}
        and page.round.extended_at is None
        and page.round.due_on >= today
        and most_to_extend() > 0,
        "most_to_extend": most_to_extend(),
        "files": files_of(request.actor, found),
        "letters": letters_of(request.actor, found, on=today),
        "errors": errors,
        "wrong": words.by_field(errors),
        "did": request.POST.get("do", "") if errors else "",
        "typed": request.POST if errors else {},
    }
    if reads:
        context["posts"] = [
            ("", _("Nobody in particular")),
            *((str(one.id), one.title) for one in posts_to_assign(request.actor, found, on=today)),
        ]
        context["branches"] = [
            (str(one.id), one.title) for one in branches_to_forward(found, on=today)
        ]
    return render(request, "casework/appeal.html", context, status=422 if errors else 200)


def deadline(page: AppealPage) -> str:
    """By when what is due; empty once it is answered."""
    appeal = page.appeal
    if appeal.status == Status.RECEIVED:
        return _("To be registered by %(day)s, to be answered by %(due)s.") % {
            "day": words.day(appeal.register_by),
            "due": words.day(appeal.due_on),
        }
    if appeal.status == Status.OPEN:
        if page.overdue:
            return _("The answer was due on %(day)s.") % {"day": words.day(appeal.due_on)}
        return _("To be answered by %(day)s.") % {"day": words.day(appeal.due_on)}
    return ""
