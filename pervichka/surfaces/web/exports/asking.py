"""Asking for a list of people as a file: whose, what for; a look at the answers; then it waits."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pervichka.foundation import clock
from pervichka.foundation.refusal import Refused
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import demand
from pervichka.register.branches.queries.units import Unit, own_unit, unit_coded, visible_to
from pervichka.register.disclosure.actions import Wish, ask_export, outlook
from pervichka.register.disclosure.policy import policy
from pervichka.register.disclosure.queries import budget_of, may_ask
from pervichka.surfaces.web.account.fresh import fresh_factor
from pervichka.surfaces.web.crumbs import Crumb
from pervichka.surfaces.web.exports import words
from pervichka.surfaces.web.middleware import PageRequest

_FIELDS = ("branch", "affiliation", "purpose", "words", "form")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@fresh_factor
def ask(request: PageRequest) -> HttpResponse:
    demand(request.actor, Permission.SEE_PEOPLE)
    if not may_ask(request.actor):
        raise Http404
    if request.method != "POST":
        return _form(request, _begun(request), [])
    typed = {name: request.POST.get(name, "").strip() for name in _FIELDS}
    unit = unit_coded(typed["branch"], actor=request.actor)
    if unit is None:
        return _form(request, typed, [words.Problem(_("You see no branch of this code"), "branch")])
    if request.POST.get("step") == "change":
        return _form(request, typed, [])
    try:
        if request.POST.get("step") == "save":
            return _asked(request, unit, typed)
        return _check(request, unit, typed)
    except Refused as refused:
        return _form(request, typed, words.problems(refused))


def _check(request: PageRequest, unit: Unit, typed: dict[str, str]) -> HttpResponse:
    now = clock.now()
    seen = outlook(wish=_wish(request, unit, typed), by=request.actor, at=now)
    budget = budget_of(request.actor, at=now)
    context = {
        "unit": unit,
        "typed": typed,
        "who": words.affiliation_text(typed["affiliation"]),
        "purpose": words.purpose_title(typed["purpose"]),
        "columns": words.columns_text(seen.purpose.columns),
        "seen": seen,
        "budget": budget,
        "too_many": seen.beyond > budget.left,
        "days": policy().days_kept.days,
        "crumbs": _crumbs(),
    }
    return render(request, "exports/check.html", context)


def _asked(request: PageRequest, unit: Unit, typed: dict[str, str]) -> HttpResponse:
    made = ask_export(wish=_wish(request, unit, typed), by=request.actor, at=clock.now())
    if made.needs_second:
        messages.info(request, _("It is asked for. Another person must agree first."))
    else:
        messages.success(request, _("It is asked for. The file is ready here in a minute."))
    return redirect("web:exports")


def _wish(request: PageRequest, unit: Unit, typed: dict[str, str]) -> Wish:
    return Wish(
        branch=visible_to(request.actor).get(id=unit.id),
        affiliation=typed["affiliation"],
        purpose=typed["purpose"],
        words=typed["words"],
        form=typed["form"],
    )


def _begun(request: PageRequest) -> dict[str, str]:
    """The form as it first stands: one's own branch, or the one that the address names."""
    own = own_unit(request.actor)
    code = request.GET.get("branch", "") or ("" if own is None else own.code)
    return {"branch": code, "affiliation": "", "purpose": "", "words": "", "form": "xlsx"}


def _form(request: PageRequest, typed: dict[str, str], errors: list[words.Problem]) -> HttpResponse:
    context = {
        "typed": typed,
        "purposes": words.purpose_options(),
        "affiliations": words.affiliation_options(),
        "days": policy().days_kept.days,
        "forms": [("xlsx", "XLSX"), ("csv", "CSV")],
        "errors": errors,
        "wrong": {error.field: error.text for error in errors},
        "crumbs": _crumbs(),
    }
    return render(request, "exports/ask.html", context, status=422 if errors else 200)


def _crumbs() -> list[Crumb]:
    return [Crumb(_("Exports"), reverse("web:exports"))]
