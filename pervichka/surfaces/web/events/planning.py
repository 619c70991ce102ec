"""Planning: one short form, a look at the answers, and then what to do next."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pervichka.foundation import clock
from pervichka.foundation.ids import new_id
from pervichka.foundation.refusal import Refused
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import demand
from pervichka.register.branches.queries.units import (
    Unit,
    visible_to,
)
from pervichka.surfaces.web.crumbs import Crumb
from pervichka.surfaces.web.events import words
from pervichka.surfaces.web.events.forms import PlanForm
from pervichka.surfaces.web.middleware import PageRequest
from pervichka.surfaces.web.requested import requested_unit
from pervichka.work.events.actions import plan_event
from pervichka.work.events.queries import EventKind

_AT_FIRST = {"kind": str(EventKind.GENERAL_MEETING), "begins": "18:00"}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: PageRequest) -> HttpResponse:
    """Asks, shows what was answered, and only then plans; sent twice, it plans once."""
    unit = requested_unit(request)
    demand(request.actor, Permission.RUN_EVENTS, unit)
    if request.method == "GET":
        return _ask(request, unit, _AT_FIRST, [])
    typed = {name: request.POST.get(name, "") for name in PlanForm.base_fields}
    form = PlanForm(typed)
    if not form.is_valid():
        return _ask(request, unit, typed, form.problems())
    step = request.POST.get("step")
    if step == "change":
        return _ask(request, unit, typed, [])
    if step == "save":
        return _save(request, unit, form, typed)
    context = {
        "unit": unit,
        "crumbs": _crumbs(),
        "plan": form.plan(),
        "kind": words.kind_title(typed["kind"]) if typed["kind"] in EventKind.values else "",
        "typed": typed.items(),
        "event_id": new_id(),
    }
    return render(request, "events/plan_check.html", context)


def _save(request: PageRequest, unit: Unit, form: PlanForm, typed: dict[str, str]) -> HttpResponse:
    plan = form.plan()
    try:
        event = plan_event(
            branch=visible_to(request.actor).get(id=unit.id),
            kind=plan.kind,
            title=plan.title,
            starts_at=plan.starts_at,
            ends_at=plan.ends_at,
            venue=plan.venue,
            description=plan.description,
            event_id=_id(request.POST.get("event_id", "")),
            by=request.actor,
            at=clock.now(),
        )
    except Refused as refused:
        return _ask(request, unit, typed, words.problems(refused))
    begun = event.starts_at <= clock.now()
    messages.success(
        request,
        _("It is planned. Next: tick those who came.")
        if begun
        else _("It is planned. Next: invite people."),
    )
    return redirect("web:event", event.id)


def _ask(
    request: PageRequest, unit: Unit, typed: dict[str, str], errors: list[words.Problem]
) -> HttpResponse:
    context = {
        "unit": unit,
        "crumbs": _crumbs(),
        "kinds": words.kind_options(),
        "typed": typed,
        "errors": errors,
        "wrong": {error.field: error.text for error in errors},
    }
    return render(request, "events/plan.html", context, status=422 if errors else 200)


def _crumbs() -> list[Crumb]:
    return [Crumb(_("Events"), reverse("web:event-list"))]


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
