"""The answer: written on a page of its own, and printed for whoever wants it on paper."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pervichka.foundation import clock
from pervichka.foundation.refusal import Refused
from pervichka.register.branches.queries.units import branch_label
from pervichka.surfaces.web.casework import words
from pervichka.surfaces.web.casework.page import crumbs_below
from pervichka.surfaces.web.casework.shared import looked_at, private, read_or_404, typed_in
from pervichka.surfaces.web.casework.words import Problem
from pervichka.surfaces.web.middleware import PageRequest
from pervichka.work.casework.actions import TEXT_LENGTH, answer_appeal
from pervichka.work.casework.queries import (
    Appeal,
    StepKind,
    appeal_page,
    filled,
    templates_for,
)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: PageRequest, appeal_id: UUID) -> HttpResponse:
    found = read_or_404(request, appeal_id)
    posted = request.method == "POST"
    text = typed_in(request, ("text",))["text"] if posted else _begun(request, found)
    errors: list[Problem] = []
    if posted:
        try:
            answer_appeal(appeal=found, text=text, by=request.actor, at=clock.now())
        except Refused as refused:
            errors = words.problems(refused)
        else:
            messages.success(
                request,
                _("The answer stands on the applicant's page. It is solved once they say so."),
            )
            return redirect("web:appeal", appeal_id)
    looked_at(request, found)
    page = appeal_page(request.actor, found, on=timezone.localdate(clock.now()))
    context = {
        "appeal": found,
        "page": page,
        "subject": words.subject_title(found.subject),
        "crumbs": crumbs_below(found),
        "text": text,
        "templates": templates_for(request.actor, subject=found.subject),
        "most": TEXT_LENGTH,
        "errors": errors,
        "wrong": words.by_field(errors),
    }
    return render(request, "casework/answer.html", context, status=422 if errors else 200)


def _begun(request: PageRequest, appeal: Appeal) -> str:
    """The template that the address names, filled for this appeal."""
    wanted = request.GET.get("template", "")
    offered = templates_for(request.actor, subject=appeal.subject) if wanted else []
    chosen = next((one for one in offered if str(one.id) == wanted), None)
    return "" if chosen is None else filled(chosen.text, appeal)


@login_required
@require_safe
def printed(request: PageRequest, appeal_id: UUID) -> HttpResponse:
    """The last answer as a letter to print."""
    found = read_or_404(request, appeal_id)
    page = appeal_page(request.actor, found, on=timezone.localdate(clock.now()))
    answers = [step for step in page.steps if step.kind == StepKind.ANSWERED]
    if not answers or page.applicant is None:
        raise Http404
    looked_at(request, found)
    context = {
        "appeal": found,
        "page": page,
        "answer": answers[-1],
        "subject": words.subject_title(found.subject),
        "branch": branch_label(found.branch),
        "crumbs": crumbs_below(found),
    }
    return private(render(request, "casework/printed.html", context))
