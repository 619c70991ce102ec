"""A branch, its silent primary branches, and its request for help."""

from collections.abc import Mapping
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pervichka.foundation import clock
from pervichka.foundation.refusal import Refused
from pervichka.register.access.actor import Actor
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import demand
from pervichka.register.branches.queries.units import Unit, parent_names, unit_coded, units_placed
from pervichka.standard.facts.queries.activity import silent_places
from pervichka.standard.scores.actions.requests import ask_for_help as send_request
from pervichka.surfaces.web.branches.page import branch_page
from pervichka.surfaces.web.crumbs import crumbs_to
from pervichka.surfaces.web.files import export_links, file_response, wanted_form
from pervichka.surfaces.web.middleware import PageRequest
from pervichka.surfaces.web.paging import offset_of, page_of
from pervichka.surfaces.web.periods import chosen_month
from pervichka.surfaces.web.refusals import reason_texts
from pervichka.surfaces.web.requests.forms import WordsForm
from pervichka.surfaces.web.sentences import silent_sentence

SILENT_SIZE = 50
SILENT_COLUMNS = ("branch", "name", "unit_above", "registered_voters")


def unit_or_404(code: str, actor: Actor) -> Unit:
    """The branch of that code; one out of sight is answered like one that isn't."""
    unit = unit_coded(code, actor=actor)
    if unit is None:
        raise Http404
    return unit


@login_required
@require_safe
def branch(request: PageRequest, code: str) -> HttpResponse:
    unit = unit_or_404(code, request.actor)
    page = branch_page(request, unit, chosen_month(request), request.actor)
    return render(request, "branches/branch.html", {"page": page})


@login_required
@require_safe
def silent(request: PageRequest, code: str) -> HttpResponse:
    """The primary branches below that met nobody for 90 days, in the order of the tree."""
    unit = unit_or_404(code, request.actor)
    chosen = chosen_month(request)
    places = silent_places(unit.interval, on=chosen.last_day())
    form = wanted_form(request)
    start = 0 if form else offset_of(request, SILENT_SIZE)
    shown = places if form else places[start : start + SILENT_SIZE]
    found = units_placed(shown, actor=request.actor)
    above = parent_names(found, actor=request.actor)
    if form:
        rows_of_file = [(one.code, one.name, _above(one, above), one.voters) for one in found]
        return file_response(form, "silent-branches", SILENT_COLUMNS, rows_of_file)
    query = f"?period={chosen.value}" if chosen.value else ""
    rows = [
        {
            "name": one.name,
            "above": _above(one, above),
            "voters": one.voters,
            "address": reverse("web:branch", args=[one.code]) + query,
        }
        for one in found
    ]
    context = {
        "unit": unit,
        "sentence": silent_sentence(len(places)),
        "paging": page_of(request, rows, total=len(places), size=SILENT_SIZE),
        "crumbs": crumbs_to(unit, request.actor, query, itself=True),
        "export": export_links(request),
    }
    return render(request, "branches/silent.html", context)


def _above(unit: Unit, names: Mapping[UUID, str]) -> str:
    return names.get(unit.parent_id, "") if unit.parent_id else ""


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask_for_help(request: PageRequest, code: str) -> HttpResponse:
    unit = unit_or_404(code, request.actor)
    demand(request.actor, Permission.RUN_EVENTS, unit)
    words, errors = request.POST.get("words", ""), []
    if request.method == "POST":
        try:
            number = send_request(unit=unit, words=words, by=request.actor, at=clock.now())
        except Refused as refused:
            errors = reason_texts(refused)
        else:
            return redirect("web:request", number)
    form = WordsForm(
        title=_("Ask for help"),
        lead=_("%(unit)s asks the unit above it.") % {"unit": unit.name},
        label=_("What stands in the way, and what would help?"),
        next=_(
            "It appears at once under “Awaiting decision” of the unit above. "
            "The answer will stand on your branch's page."
        ),
        action=_("Ask for help"),
    )
    context = {
        "form": form,
        "errors": errors,
        "words": words,
        "crumbs": crumbs_to(unit, request.actor, itself=True),
        "back": reverse("web:branch", args=[unit.code]),
    }
    return render(request, "words_form.html", context, status=422 if errors else 200)
