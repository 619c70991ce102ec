"""Putting an event right, with a reason; calling it off, with one too."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from pervichka.foundation import clock
from pervichka.foundation.refusal import Refused
from pervichka.surfaces.web.events import words
from pervichka.surfaces.web.events.forms import PlanForm, plan_as_typed
from pervichka.surfaces.web.events.shared import event_to_run, head_of
from pervichka.surfaces.web.middleware import PageRequest
from pervichka.work.events import actions


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: PageRequest, event_id: UUID) -> HttpResponse:
    event = event_to_run(request, event_id)
    typed = plan_as_typed(event)
    errors: list[words.Problem] = []
    reason = request.POST.get("reason", "")
    if request.method == "POST":
        typed = {name: request.POST.get(name, "") for name in PlanForm.base_fields}
        form = PlanForm(typed)
        errors = form.problems()
        if not errors:
            try:
                actions.correct_event(
                    event=event, plan=form.plan(), reason=reason, by=request.actor, at=clock.now()
                )
            except Refused as refused:
                errors = words.problems(refused)
            else:
                messages.success(request, _("Corrected. What stood there before is kept."))
                return redirect("web:event", event.id)
    context = {
        "head": head_of(request, event, at=clock.now()),
        "event": event,
        "kinds": words.kind_options(),
        "typed": typed,
        "reason": reason,
        "errors": errors,
        "wrong": {error.field: error.text for error in errors},
    }
    return render(request, "events/correct.html", context, status=422 if errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: PageRequest, event_id: UUID) -> HttpResponse:
    event = event_to_run(request, event_id)
    errors: list[words.Problem] = []
    reason = request.POST.get("reason", "")
    if request.method == "POST":
        try:
            actions.cancel_event(event=event, reason=reason, by=request.actor, at=clock.now())
        except Refused as refused:
            errors = words.problems(refused)
        else:
            messages.success(request, _("The event is cancelled."))
            return redirect("web:event", event.id)
    context = {
        "head": head_of(request, event, at=clock.now()),
        "event": event,
        "reason": reason,
        "errors": errors,
    }
    return render(request, "events/cancel.html", context, status=422 if errors else 200)


@login_required
@require_POST
def confirm(request: PageRequest, event_id: UUID) -> HttpResponse:
    """The branch's own secretary confirms what the branch above entered."""
    event = event_to_run(request, event_id)
    try:
        actions.confirm_entries(event=event, by=request.actor, at=clock.now())
    except Refused as refused:
        for problem in words.problems(refused):
            messages.error(request, problem.text)
    else:
        messages.success(request, _("Confirmed: it counts like your own record."))
    return redirect("web:event", event.id)
