"""The projector: a large code that changes, and the same as a QR for phones with cameras."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from pervichka.foundation import clock
from pervichka.foundation.refusal import Refused
from pervichka.surfaces.web.drawings import qr
from pervichka.surfaces.web.events import words
from pervichka.surfaces.web.events.shared import event_to_run, head_of
from pervichka.surfaces.web.middleware import PageRequest
from pervichka.work.events import actions
from pervichka.work.events.queries import Event, code_on_screen


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def screen(request: PageRequest, event_id: UUID) -> HttpResponse:
    event = event_to_run(request, event_id)
    errors: list[words.Problem] = []
    if request.method == "POST":
        act = actions.close_check_in if request.POST.get("do") == "close" else actions.open_check_in
        try:
            act(event=event, by=request.actor, at=clock.now())
        except Refused as refused:
            errors = words.problems(refused)
        else:
            return redirect("web:event-screen", event.id)
    context = {"head": head_of(request, event, at=clock.now()), "event": event, "errors": errors}
    context |= _code(request, event)
    return render(request, "events/screen.html", context, status=422 if errors else 200)


@login_required
@require_safe
def code(request: PageRequest, event_id: UUID) -> HttpResponse:
    """The part that asks for itself again every few seconds."""
    event = event_to_run(request, event_id)
    return render(request, "events/screen_code.html", {"event": event} | _code(request, event))


def _code(request: PageRequest, event: Event) -> dict[str, object]:
    shown = code_on_screen(request.actor, event, at=clock.now())
    if shown is None:
        return {"shown": None}
    address = request.build_absolute_uri(reverse("web:check-in", args=[event.id, shown.code]))
    return {"shown": shown, "halves": (shown.code[:3], shown.code[3:]), "qr": qr(address)}
