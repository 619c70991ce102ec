"""The records behind one number, and the report of a mistake in it."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pervichka.foundation import clock
from pervichka.foundation.refusal import Refused
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import demand
from pervichka.register.people.actions import look_at_people
from pervichka.register.people.queries import person_by_code
from pervichka.standard.rulebook.document import Indicator
from pervichka.standard.scores.actions.requests import report_mistake as send_report
from pervichka.standard.scores.queries.figures import ScoredMonth
from pervichka.surfaces.web.branches.views import unit_or_404
from pervichka.surfaces.web.crumbs import Crumb, crumbs_to
from pervichka.surfaces.web.evidence.page import evidence_page
from pervichka.surfaces.web.evidence.participants import opened_participant
from pervichka.surfaces.web.files import file_response, wanted_form
from pervichka.surfaces.web.middleware import PageRequest
from pervichka.surfaces.web.people.reason import ask_reason
from pervichka.surfaces.web.periods import chosen_month
from pervichka.surfaces.web.refusals import reason_texts
from pervichka.surfaces.web.requests.forms import WordsForm
from pervichka.surfaces.web.templatetags.pervichka import month as month_text
from pervichka.surfaces.web.templatetags.pervichka import text_of


@login_required
@require_safe
def evidence(request: PageRequest, indicator: str, code: str) -> HttpResponse:
    unit = unit_or_404(code, request.actor)
    demand(request.actor, Permission.SEE_EVIDENCE, unit)
    found, scored = _indicator_or_404(request, indicator)
    at = clock.now()
    try:
        page = evidence_page(request, unit, found, scored, request.actor, at=at)
    except Refused as refused:
        # The branch was not living that month: there is no number to open.
        raise Http404 from refused
    look_at_people(what="records", rows=page.names, branch=unit, by=request.actor, at=at)
    form = wanted_form(request)
    if form is not None:
        cells = ([cell.text for cell in row] for row in page.rows)
        return file_response(form, f"{found.id}-{scored.month}", page.columns, cells)
    return render(request, "evidence/evidence.html", {"page": page})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def open_participant(request: PageRequest, indicator: str, code: str) -> HttpResponse:
    """Asks for what reason a participant's name is to be opened; then the person's page opens."""
    unit = unit_or_404(code, request.actor)
    demand(request.actor, Permission.SEE_EVIDENCE, unit)
    found, scored = _indicator_or_404(request, indicator)
    participant = opened_participant(request.GET.get("who", ""), request.actor)
    if participant is None:
        raise Http404
    query = f"?period={scored.month}"
    crumbs = [
        *crumbs_to(unit, request.actor, query, itself=True),
        Crumb(text_of(found.title), reverse("web:evidence", args=[found.id, unit.code]) + query),
    ]
    person = person_by_code(code=participant, actor=request.actor)
    if person is None:
        if request.method == "POST":
            raise Http404
        return render(request, "evidence/nameless.html", {"crumbs": crumbs})
    return ask_reason(request, person.id, crumbs=crumbs, back=crumbs[-1].address)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def report_mistake(request: PageRequest, indicator: str, code: str) -> HttpResponse:
    unit = unit_or_404(code, request.actor)
    demand(request.actor, Permission.SEE_EVIDENCE, unit)
    found, scored = _indicator_or_404(request, indicator)
    words, errors = request.POST.get("words", ""), []
    if request.method == "POST":
        try:
            number = send_report(
                unit=unit,
                indicator=found.id,
                month=scored.month,
                words=words,
                by=request.actor,
                at=clock.now(),
            )
        except Refused as refused:
            errors = reason_texts(refused)
        else:
            return redirect("web:request", number)
    query = f"?period={scored.month}"
    form = WordsForm(
        title=_("Report a mistake"),
        lead=f"{unit.name} · {text_of(found.title)} · {month_text(scored.month)}",
        label=_("What is wrong, and how can it be seen?"),
        next=_(
            "It appears at once under “Awaiting decision” of the unit above. "
            "The number itself changes only when its records do."
        ),
        action=_("Report a mistake"),
    )
    context = {
        "form": form,
        "errors": errors,
        "words": words,
        "crumbs": crumbs_to(unit, request.actor, query, itself=True),
        "back": reverse("web:evidence", args=[found.id, unit.code]) + query,
    }
    return render(request, "words_form.html", context, status=422 if errors else 200)


def _indicator_or_404(request: PageRequest, id_: str) -> tuple[Indicator, ScoredMonth]:
    scored = chosen_month(request).month
    if scored is None:
        raise Http404
    found = next((one for one in scored.document.indicators if one.id == id_), None)
    if found is None:
        raise Http404
    return found, scored
