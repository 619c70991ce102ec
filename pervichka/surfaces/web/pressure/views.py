"""Reports of pressure: for the control commission alone."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pervichka.foundation import clock
from pervichka.register.branches.queries.units import own_unit
from pervichka.register.disclosure.actions import show
from pervichka.register.people.actions import handle_pressure, look_at_people
from pervichka.register.people.queries import pressure_report, pressure_reports
from pervichka.surfaces.web.middleware import PageRequest
from pervichka.surfaces.web.own.words import PRESSED_TO


@login_required
@require_safe
def reports(request: PageRequest) -> HttpResponse:
    reports_ = pressure_reports(request.actor)
    now = clock.now()
    own = own_unit(request.actor)
    show(people=[one.branch_id for one in reports_ if one.name], by=request.actor, at=now)
    # A report is read as a look, whether or not it names who made it.
    if own is not None:
        look_at_people(what="people", rows=len(reports_), branch=own, by=request.actor, at=now)
    found = [(one, _(PRESSED_TO[one.pressed_to])) for one in reports_]
    context = {
        "open": [pair for pair in found if pair[0].handled_at is None],
        "done": [pair for pair in found if pair[0].handled_at is not None],
    }
    return render(request, "pressure/reports.html", context)


@login_required
@require_POST
def handled(request: PageRequest, report_id: UUID) -> HttpResponse:
    report = pressure_report(request.actor, report_id)
    if report is None:
        raise Http404
    handle_pressure(report=report, by=request.actor, at=clock.now())
    return redirect("web:pressure")
