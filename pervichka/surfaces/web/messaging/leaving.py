"""The way out of a letter: no account, one click; and for mail programs one request (RFC 8058)."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from pervichka.foundation import clock
from pervichka.register.branches.acting import acting_as
from pervichka.surfaces.web.messaging import words
from pervichka.surfaces.web.middleware import PageRequest
from pervichka.work.messaging import actions
from pervichka.work.messaging.queries import letter_holder, opened_letter


# A mail program asks from elsewhere, without a cookie: the token alone says whose letter it was.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: PageRequest, token: str) -> HttpResponse:
    """A look changes nothing, since letter-boxes look ahead; the button does."""
    held = letter_holder(token)
    if held is None:
        return _private(render(request, "messaging/leave_unknown.html", status=404))
    delivery_id, reader = held
    with acting_as(reader):
        if request.method == "POST":
            actions.leave(delivery_id=delivery_id, by=reader, at=clock.now())
        opened = opened_letter(delivery_id)
        context = {"opened": opened, "aim": words.aim_text(opened.aim)}
        return _private(render(request, "messaging/leave.html", context))


def _private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response
