"""A request with its answer; whoever it was sent to answers here."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from pervichka.foundation import clock
from pervichka.foundation.refusal import Refused
from pervichka.standard.scores.actions.requests import answer_request
from pervichka.standard.scores.queries.requests import Listed, request_numbered
from pervichka.surfaces.web.middleware import PageRequest
from pervichka.surfaces.web.refusals import reason_texts


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def request_page(request: PageRequest, number: int) -> HttpResponse:
    found = request_numbered(number, actor=request.actor)
    if found is None:
        raise Http404
    answer, errors = request.POST.get("words", ""), []
    if request.method == "POST":
        try:
            answer_request(number=number, answer=answer, by=request.actor, at=clock.now())
        except Refused as refused:
            errors = reason_texts(refused)
        else:
            return redirect("web:request", number)
    context = {
        "found": found,
        "about": _about(found),
        "words": answer,
        "errors": errors,
    }
    return render(request, "requests/request.html", context, status=422 if errors else 200)


def _about(found: Listed) -> str:
    """The page that the request speaks of."""
    if not found.indicator:
        return reverse("web:branch", args=[found.unit_code])
    address = reverse("web:evidence", args=[found.indicator, found.unit_code])
    return address if found.month is None else f"{address}?period={found.month}"
