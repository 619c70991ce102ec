"""A call list of one's own branch: ticked, then printed with the numbers; each is journalled."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pervichka.foundation import clock
from pervichka.foundation.refusal import Refused
from pervichka.register.branches.queries.units import own_unit
from pervichka.register.disclosure.actions import print_call_list
from pervichka.register.disclosure.queries import most_on_a_call_list, to_call
from pervichka.surfaces.web.crumbs import Crumb
from pervichka.surfaces.web.looking import show_people
from pervichka.surfaces.web.middleware import PageRequest
from pervichka.surfaces.web.paging import offset_of, page_of
from pervichka.surfaces.web.people.words import affiliation_options, affiliation_title
from pervichka.surfaces.web.refusals import reason_texts


@dataclass(frozen=True)
class Box:
    """Somebody to tick."""

    id: UUID
    name: str
    note: str


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def call_list(request: PageRequest) -> HttpResponse:
    errors: list[str] = []
    if request.method == "POST":
        try:
            return _printed(request)
        except Refused as refused:
            errors = reason_texts(refused)
    kinds = affiliation_options()
    asked = request.GET.get("affiliation", "")
    chosen = asked if asked in dict(kinds) else ""
    size = most_on_a_call_list()
    people, total = to_call(
        actor=request.actor,
        on=timezone.localdate(clock.now()),
        affiliations=[chosen] if chosen else [],
        offset=offset_of(request, size),
    )
    own = own_unit(request.actor)
    show_people(request, [own.id for _one in people] if own else [], own)
    boxes = [Box(one.id, one.full_name, affiliation_title(one.affiliation)) for one in people]
    context = {
        "paging": page_of(request, boxes, total=total, size=size),
        "most": size,
        "kinds": kinds,
        "chosen": chosen,
        "errors": errors,
        "crumbs": [Crumb(_("Exports"), reverse("web:exports"))],
    }
    return render(request, "people/calls.html", context, status=422 if errors else 200)


def _printed(request: PageRequest) -> HttpResponse:
    now = clock.now()
    ids = [one for one in map(_uuid, request.POST.getlist("person")) if one is not None]
    lines = print_call_list(person_ids=ids, by=request.actor, at=now)
    context = {
        "lines": lines,
        "unit": own_unit(request.actor),
        "now": now,
        "crumbs": [
            Crumb(_("Exports"), reverse("web:exports")),
            Crumb(_("Call list"), reverse("web:call-list")),
        ],
    }
    response = render(request, "people/calls_printed.html", context)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
