"""My data: what is held, who looked, and a copy to take away."""

import json
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pervichka.foundation import clock
from pervichka.foundation.refusal import Refused
from pervichka.register.access.actor import Actor
from pervichka.register.people.actions import withdraw_consent
from pervichka.register.people.queries import own_person
from pervichka.surfaces.web.middleware import PageRequest
from pervichka.surfaces.web.own import held, standing
from pervichka.surfaces.web.refusals import reason_texts


@require_safe
@standing.for_oneself
def data(request: PageRequest, *, actor: Actor) -> HttpResponse:
    return render(request, "own/data.html", _context(request, actor))


@require_safe
@standing.for_oneself
def download(request: PageRequest, *, actor: Actor) -> HttpResponse:
    """Everything as JSON, for programs, or as a page that reads without this server."""
    if request.GET.get("form") == "html":
        page = render_to_string("own/copy.html", _context(request, actor), request=request)
        return _file(page, "text/html; charset=utf-8", "my-data.html")
    text = json.dumps(held.document(actor), ensure_ascii=False, indent=2)
    return _file(text, "application/json", "my-data.json")


@require_POST
@standing.for_oneself
def withdraw(request: PageRequest, *, actor: Actor) -> HttpResponse:
    """One purpose; the branch hears of it by what it may no longer do."""
    at = clock.now()
    person = own_person(actor)
    assert person is not None  # noqa: S101 - for the types alone: see `for_oneself`
    try:
        gone = withdraw_consent(
            person=person,
            text_code=request.POST.get("text", ""),
            on=timezone.localdate(at),
            by=actor,
            at=at,
        )
    except Refused as refused:
        messages.error(request, " ".join(reason_texts(refused)))
        return redirect("web:own-data")
    if gone is not None:
        messages.success(request, _("Withdrawn. Nobody may use your data for this any more."))
    return redirect("web:own-data")


def _context(request: PageRequest, actor: Actor) -> dict[str, Any]:
    return held.shown(actor) | {"by_link": standing.by_link(request), "now": clock.now()}


def _file(text: str, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(text, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
