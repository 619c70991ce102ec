"""Open hours of one's own branch: announced, held, called off, and who booked."""

from datetime import datetime
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from pervichka.foundation import clock
from pervichka.foundation.refusal import Refused
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import demand
from pervichka.register.branches.queries.units import branch_label, own_unit, visible_to
from pervichka.surfaces.web.casework import words
from pervichka.surfaces.web.casework.page import crumbs
from pervichka.surfaces.web.casework.shared import typed_in
from pervichka.surfaces.web.casework.words import Problem
from pervichka.surfaces.web.crumbs import Crumb
from pervichka.surfaces.web.middleware import PageRequest
from pervichka.surfaces.web.paging import offset_of, page_of
from pervichka.work.casework import actions
from pervichka.work.casework.queries import (
    Surgery,
    SurgeryStatus,
    surgeries_of,
    surgery_of,
)

SIZE = 25
_METHODS = ["GET", "HEAD", "POST"]
_TIME = gettext_lazy("Write a time like 17:00")


class HoursForm(forms.Form):
    """A day, from when to when, where, how long one visit takes, for how many weeks."""

    day = forms.DateField(
        error_messages={
            "required": gettext_lazy("Choose the day"),
            "invalid": gettext_lazy("Choose the day"),
        }
    )
    begins = forms.TimeField(error_messages={"required": _TIME, "invalid": _TIME})
    ends = forms.TimeField(error_messages={"required": _TIME, "invalid": _TIME})
    venue = forms.CharField(max_length=200, required=False)
    slot = forms.IntegerField(
        error_messages={
            "required": gettext_lazy("Write a whole number"),
            "invalid": gettext_lazy("Write a whole number"),
        }
    )
    weeks = forms.IntegerField(
        error_messages={
            "required": gettext_lazy("Write a whole number"),
            "invalid": gettext_lazy("Write a whole number"),
        }
    )


_AT_FIRST = {"begins": "17:00", "ends": "19:00", "slot": "15", "weeks": "4"}


@login_required
@require_safe
def hours(request: PageRequest) -> HttpResponse:
    rows, total = surgeries_of(request.actor, offset=offset_of(request, SIZE), limit=SIZE)
    lines = [{"row": row, "status": words.hours_tag(row.status)} for row in rows]
    context = {
        "paging": page_of(request, lines, total=total, size=SIZE),
        "crumbs": crumbs(),
        "now": clock.now(),
    }
    return render(request, "casework/hours.html", context)


@login_required
@require_http_methods(_METHODS)
def announce(request: PageRequest) -> HttpResponse:
    demand(request.actor, Permission.HANDLE_APPEALS)
    if request.method != "POST":
        return _ask(request, _AT_FIRST, [])
    typed = typed_in(request, HoursForm.base_fields)
    form = HoursForm(typed)
    if not form.is_valid():
        errors = [
            Problem(str(message), name)
            for name, messages_ in form.errors.items()
            for message in messages_
        ]
        return _ask(request, typed, errors)
    unit = own_unit(request.actor)
    if unit is None:
        raise Http404
    data, zone = form.cleaned_data, timezone.get_default_timezone()
    try:
        made = actions.announce_surgeries(
            branch=visible_to(request.actor).get(id=unit.id),
            begins_at=datetime.combine(data["day"], data["begins"], zone),
            ends_at=datetime.combine(data["day"], data["ends"], zone),
            venue=data["venue"],
            slot_minutes=data["slot"],
            weeks=data["weeks"],
            by=request.actor,
            at=clock.now(),
        )
    except Refused as refused:
        return _ask(request, typed, words.problems(refused))
    messages.success(
        request,
        ngettext("Announced: %(number)s day.", "Announced: %(number)s days.", len(made))
        % {"number": len(made)},
    )
    return redirect("web:appeal-hours")


@login_required
@require_http_methods(_METHODS)
def one(request: PageRequest, surgery_id: UUID) -> HttpResponse:
    try:
        found = surgery_of(request.actor, surgery_id)
    except ObjectDoesNotExist as missing:
        raise Http404 from missing
    errors: list[Problem] = []
    if request.method == "POST":
        try:
            messages.success(request, _act(request, found))
        except Refused as refused:
            errors = words.problems(refused)
        else:
            return redirect("web:appeal-hours-page", surgery_id)
    at = clock.now()
    context = {
        "surgery": found,
        "status": words.hours_tag(found.status),
        "branch": branch_label(found.branch),
        "crumbs": [*crumbs(), Crumb(_("Open hours"), reverse("web:appeal-hours"))],
        "visitors": [
            {"visitor": each, "subject": words.subject_title(each.subject)}
            for each in actions.look_at_visitors(surgery=found, by=request.actor, at=at)
        ],
        "begun": found.begins_at <= at,
        "is_cancelled": found.status == SurgeryStatus.CANCELLED,
        "errors": errors,
        "wrong": words.by_field(errors),
    }
    return render(request, "casework/hours_page.html", context, status=422 if errors else 200)


def _act(request: PageRequest, surgery: Surgery) -> str:
    typed = typed_in(request, ("came", "reason"))
    if request.POST.get("do") == "cancel":
        actions.cancel_surgery(
            surgery=surgery, reason=typed["reason"], by=request.actor, at=clock.now()
        )
        return _("The open hours are called off. Call those who booked.")
    came = int(typed["came"]) if typed["came"].isascii() and typed["came"].isdigit() else -1
    actions.hold_surgery(surgery=surgery, came=came, by=request.actor, at=clock.now())
    return _("It is written down. It counts as verified once a visitor says so.")


def _ask(request: PageRequest, typed: dict[str, str], errors: list[Problem]) -> HttpResponse:
    context = {
        "typed": typed,
        "crumbs": [*crumbs(), Crumb(_("Open hours"), reverse("web:appeal-hours"))],
        "errors": errors,
        "wrong": words.by_field(errors),
    }
    return render(request, "casework/hours_announce.html", context, status=422 if errors else 200)
