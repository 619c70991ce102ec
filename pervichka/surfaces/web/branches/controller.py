"""Who answers for personal data in a branch: named from a day on, or left to the branch above."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pervichka.foundation import clock
from pervichka.foundation.refusal import Reason, Refused
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import demand
from pervichka.register.branches.queries.units import visible_to
from pervichka.register.texts.actions import end_controller, name_controller
from pervichka.register.texts.queries import controller_of, controllers_of
from pervichka.surfaces.web.branches.views import unit_or_404
from pervichka.surfaces.web.crumbs import crumbs_to
from pervichka.surfaces.web.middleware import PageRequest
from pervichka.surfaces.web.refusals import reason_text

_FIELDS = ("name", "number", "address", "valid_from")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: PageRequest, code: str) -> HttpResponse:
    unit = unit_or_404(code, request.actor)
    demand(request.actor, Permission.NAME_CONTROLLERS, unit)
    branch = visible_to(request.actor).get(id=unit.id)
    now = clock.now()
    today = timezone.localdate(now)
    typed = {name: request.POST.get(name, "") for name in _FIELDS}
    problems: list[dict[str, str]] = []
    if request.method == "POST":
        try:
            try:
                day = forms.DateField().clean(typed["valid_from"])
            except forms.ValidationError:
                reason = Reason(message="choose the first day", column="valid_from")
                raise Refused(reason) from None
            if request.POST.get("do") == "end":
                end_controller(branch=branch, valid_from=day, by=request.actor, at=now)
            else:
                name_controller(
                    branch=branch,
                    name=typed["name"],
                    number=typed["number"],
                    address=typed["address"],
                    valid_from=day,
                    by=request.actor,
                    at=now,
                )
        except Refused as refused:
            problems = [_problem(one) for one in refused.reasons]
        else:
            messages.success(request, _("It is written down and holds from that day on."))
            return redirect("web:branch-controller", unit.code)
    context = {
        "unit": unit,
        "in_force": controller_of(branch, on=today),
        "history": controllers_of(branch),
        "typed": typed | {"valid_from": typed["valid_from"] or today.isoformat()},
        "errors": problems,
        "wrong": {one["field"]: one["text"] for one in problems},
        "crumbs": crumbs_to(unit, request.actor, itself=True),
    }
    return render(request, "branches/controller.html", context, status=422 if problems else 200)


def _problem(reason: Reason) -> dict[str, str]:
    text = reason_text(reason)
    return {"text": text[:1].upper() + text[1:], "field": reason.column or ""}
