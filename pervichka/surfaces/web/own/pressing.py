"""«На меня давили»: told to the control commission, seen by nobody else."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from pervichka.foundation import clock
from pervichka.foundation.refusal import Refused
from pervichka.register.access.actor import Actor
from pervichka.register.accounts.actions import TryLater
from pervichka.register.accounts.limits import PRESSURE_OF_PERSON, take
from pervichka.register.people.actions import report_pressure
from pervichka.register.people.queries import own_person
from pervichka.surfaces.web.account.entering import METHODS, later_page
from pervichka.surfaces.web.middleware import PageRequest
from pervichka.surfaces.web.own import standing, words
from pervichka.surfaces.web.refusals import reason_texts


@require_http_methods(METHODS)
@standing.for_oneself
def pressed(request: PageRequest, *, actor: Actor) -> HttpResponse:
    at = clock.now()
    context: dict[str, object] = {"choices": words.pressed_to(), "errors": []}
    if request.method != "POST":
        return render(request, "own/pressed.html", context)
    person = own_person(actor)
    assert person is not None  # noqa: S101 - for the types alone: see `for_oneself`
    pressed_to = request.POST.get("to", "")
    # A form sent with nothing ticked tells nobody anything, so it doesn't count.
    taken = take(PRESSURE_OF_PERSON, str(person.id), at=at) if pressed_to else None
    if taken is not None and taken.rests_until is not None:
        return later_page(request, "own/pressed.html", context, TryLater(taken.rests_until))
    try:
        report_pressure(
            person=person,
            pressed_to=pressed_to,
            may_call="call" in request.POST,
            by=actor,
            at=at,
        )
    except Refused as refused:
        context["errors"] = reason_texts(refused)
        return render(request, "own/pressed.html", context, status=422)
    return render(request, "own/pressed.html", context | {"done": True})
