"""Booking a slot in open hours, with no sign-in; and the visitor's own page."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from pervichka.foundation import clock
from pervichka.foundation.ids import new_id
from pervichka.foundation.refusal import Refused
from pervichka.register.branches.acting import acting_as
from pervichka.register.branches.queries.finding import branch_of_territory, regions_to_choose
from pervichka.register.branches.queries.units import branch_label
from pervichka.surfaces.web.casework import words
from pervichka.surfaces.web.casework.shared import address_of, private, typed_in
from pervichka.surfaces.web.casework.words import Problem
from pervichka.surfaces.web.middleware import PageRequest
from pervichka.work.casework import actions
from pervichka.work.casework.queries import (
    Surgery,
    announced,
    announced_near,
    applicant,
    code_of,
    known_visitor,
    may_send,
    own_booking,
)

_METHODS = ["GET", "HEAD", "POST"]
_FIELDS = ("slot", "name", "phone", "subject", "agreed")


@require_safe
def find(request: PageRequest) -> HttpResponse:
    """Open hours of a region; the region lives in the address."""
    at = clock.now()
    regions = regions_to_choose(on=timezone.localdate(at))
    chosen = request.GET.get("region", "")
    branch = branch_of_territory(region=chosen, local="", precinct=None, on=timezone.localdate(at))
    found: Sequence[Surgery] = [] if branch is None else announced_near(branch, at=at)
    context = {
        "regions": [("", ""), *((one.code, one.name) for one in regions)],
        "chosen": chosen,
        "asked": bool(chosen),
        "lines": [{"hours": one, "branch": branch_label(one.branch)} for one in found],
    }
    return render(request, "casework/visit.html", context)


@sensitive_post_parameters(*_FIELDS)
@require_http_methods(_METHODS)
def book(request: PageRequest, surgery_id: UUID) -> HttpResponse:
    surgery = announced(surgery_id)
    if surgery is None:
        raise Http404
    if request.method != "POST":
        return _ask(request, surgery, dict.fromkeys(_FIELDS, ""), [])
    typed = typed_in(request, _FIELDS)
    at = clock.now()
    if not may_send(address_of(request), at=at):
        many = _("Many appeals have come from this network within the hour. Try again later.")
        return _ask(request, surgery, typed, [Problem(many)])
    visitor = applicant(_id(request.POST.get("booking_id", "")))
    with acting_as(visitor):
        try:
            booking = actions.book_slot(
                surgery=surgery,
                begins_at=_moment(typed["slot"]),
                name=typed["name"],
                phone=typed["phone"],
                subject=typed["subject"],
                agreed=bool(typed["agreed"]),
                booking_id=visitor.person_id or new_id(),
                by=visitor,
                at=at,
            )
        except Refused as refused:
            return _ask(request, surgery, typed, words.problems(refused))
    return redirect("web:visit-own", booking.number, code_of(booking.id))


@require_http_methods(_METHODS)
def own(request: PageRequest, number: int, code: str) -> HttpResponse:
    """The visitor's own booking: when and where, calling it off, saying that one was received."""
    at = clock.now()
    actor = known_visitor(number=str(number), code=code, address=address_of(request), at=at)
    if actor is None:
        return private(render(request, "casework/follow_unknown.html", status=404))
    with acting_as(actor):
        booking = own_booking(actor)
        if booking is None:
            raise Http404
        errors: list[Problem] = []
        if request.method == "POST":
            act = (
                actions.cancel_booking
                if request.POST.get("do") == "cancel"
                else actions.say_received
            )
            try:
                booking = act(booking=booking, by=actor, at=at)
            except Refused as refused:
                errors = words.problems(refused)
        context = {
            "booking": booking,
            "hours": booking.surgery,
            "code": code,
            "branch": branch_label(booking.surgery.branch),
            "subject": words.subject_title(booking.subject),
            "ahead": at < booking.begins_at,
            "errors": errors,
        }
        page = render(request, "casework/visit_own.html", context, status=422 if errors else 200)
        return private(page)


def _ask(
    request: PageRequest, surgery: Surgery, typed: dict[str, str], errors: list[Problem]
) -> HttpResponse:
    slots = actions.free_slots(surgery, at=clock.now())
    context = {
        "hours": surgery,
        "branch": branch_label(surgery.branch),
        "slots": [(slot.isoformat(), timezone.localtime(slot)) for slot in slots],
        "subjects": [("", ""), *words.subject_options()],
        "typed": typed,
        "booking_id": request.POST.get("booking_id") or new_id(),
        "errors": errors,
        "wrong": words.by_field(errors),
    }
    page = render(request, "casework/visit_book.html", context, status=422 if errors else 200)
    return private(page)


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return datetime.fromtimestamp(0, tz=timezone.get_default_timezone())
    return moment if timezone.is_aware(moment) else timezone.make_aware(moment)


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return new_id()
