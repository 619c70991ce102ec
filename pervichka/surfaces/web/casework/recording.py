"""An appeal that somebody made by phone, in open hours or at the door is taken down."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from pervichka.foundation import clock
from pervichka.foundation.ids import new_id
from pervichka.foundation.refusal import Refused
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import demand
from pervichka.register.branches.queries.units import Unit, own_unit, unit_coded, visible_to
from pervichka.surfaces.web.casework import words
from pervichka.surfaces.web.casework.page import crumbs
from pervichka.surfaces.web.casework.shared import given_typed, private, typed_in
from pervichka.surfaces.web.casework.words import Problem
from pervichka.surfaces.web.middleware import PageRequest
from pervichka.work.casework.actions import TEXT_LENGTH, record_appeal
from pervichka.work.casework.queries import TellBy

_FIELDS = ("channel", "subject", "words", "name", "phone", "email", "address", "tell_by")


@login_required
@sensitive_post_parameters(*_FIELDS)
@require_http_methods(["GET", "HEAD", "POST"])
def record(request: PageRequest) -> HttpResponse:
    """Taken down, it shows number and code once: to be read out, or printed and handed over."""
    unit = _unit(request)
    demand(request.actor, Permission.HANDLE_APPEALS, unit)
    if request.method != "POST":
        typed = dict.fromkeys(_FIELDS, "") | {"channel": "phone", "tell_by": TellBy.PHONE}
        return _ask(request, unit, typed, [])
    typed = typed_in(request, _FIELDS)
    try:
        received = record_appeal(
            branch=visible_to(request.actor).get(id=unit.id),
            channel=typed["channel"],
            given=given_typed(typed),
            appeal_id=_id(request.POST.get("appeal_id", "")),
            by=request.actor,
            at=clock.now(),
        )
    except Refused as refused:
        return _ask(request, unit, typed, words.problems(refused))
    context = {"appeal": received.appeal, "code": received.code, "crumbs": crumbs(), "unit": unit}
    return private(render(request, "casework/recorded.html", context))


def _ask(
    request: PageRequest, unit: Unit, typed: dict[str, str], errors: list[Problem]
) -> HttpResponse:
    context = {
        "unit": unit,
        "crumbs": crumbs(),
        "channels": words.channel_options(),
        "subjects": [("", ""), *words.subject_options()],
        "ways": words.way_options(),
        "typed": typed,
        "most": TEXT_LENGTH,
        "appeal_id": request.POST.get("appeal_id") or new_id(),
        "errors": errors,
        "wrong": words.by_field(errors),
    }
    page = render(request, "casework/record.html", context, status=422 if errors else 200)
    return private(page)


def _unit(request: PageRequest) -> Unit:
    """The branch that the address names, else one's own."""
    code = request.GET.get("branch", "")
    unit = unit_coded(code, actor=request.actor) if code else own_unit(request.actor)
    if unit is None:
        raise Http404
    return unit


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return new_id()
