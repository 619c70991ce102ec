"""Whoever wrote or booked deletes what is kept of them, by number and code: they are on no list."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from pervichka.foundation import clock
from pervichka.register.access.actor import Actor
from pervichka.register.branches.acting import acting_as
from pervichka.standard.facts.actions.erasing import erase_own_appeal
from pervichka.surfaces.web.casework.shared import address_of, private
from pervichka.surfaces.web.middleware import PageRequest
from pervichka.surfaces.web.own.deleting import erased_lines
from pervichka.work.casework.queries import follow, known_applicant, known_visitor, own_booking

_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(_METHODS)
def appeal(request: PageRequest, number: int, code: str) -> HttpResponse:
    actor = known_applicant(
        number=str(number), code=code, address=address_of(request), at=clock.now()
    )
    if actor is None:
        return _unknown(request)
    with acting_as(actor):
        found = follow(actor)
        back = reverse("web:ask-own", args=[number, code])
        context = {"is_open": found is not None and found.is_open, "back": back}
        return _delete(request, actor, context)


@require_http_methods(_METHODS)
def visit(request: PageRequest, number: int, code: str) -> HttpResponse:
    at = clock.now()
    actor = known_visitor(number=str(number), code=code, address=address_of(request), at=at)
    if actor is None:
        return _unknown(request)
    with acting_as(actor):
        booking = own_booking(actor)
        ahead = booking is not None and booking.cancelled_at is None and booking.begins_at > at
        back = reverse("web:visit-own", args=[number, code])
        return _delete(request, actor, {"is_visit": True, "ahead": ahead, "back": back})


def _delete(request: PageRequest, actor: Actor, context: dict[str, object]) -> HttpResponse:
    """Said plainly, confirmed once, done at once; then the act of it, to be printed."""
    if request.method != "POST" or actor.person_id is None:
        return private(render(request, "casework/delete.html", context))
    act = erase_own_appeal(record_id=actor.person_id, by=actor, at=clock.now())
    if act is None:
        return _unknown(request)
    return private(render(request, "own/act.html", {"act": act, "erased": erased_lines(act)}))


def _unknown(request: PageRequest) -> HttpResponse:
    return private(render(request, "casework/follow_unknown.html", status=404))
