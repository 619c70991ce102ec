"""A person's page, and one tap to call or to write to them; each look is journalled."""

from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseRedirectBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pervichka.foundation import clock
from pervichka.register.access.permissions import Permission
from pervichka.register.branches.queries.units import branch_label
from pervichka.register.people.actions import dial, look_at_person, show
from pervichka.register.people.queries import person_page
from pervichka.register.people.reasons import ReasonNeeded
from pervichka.surfaces.web.middleware import PageRequest
from pervichka.surfaces.web.people import words
from pervichka.surfaces.web.people.reason import ask_reason
from pervichka.surfaces.web.sheets.choices import consents_to_print

_SCHEMES = {"phone": "tel", "email": "mailto"}


class _ToTheDevice(HttpResponseRedirectBase):
    """Hands the number or address over to whatever on this device calls or writes."""

    status_code = 303
    allowed_schemes = list(_SCHEMES.values())  # noqa: RUF012 - as Django declares it


@login_required
@require_safe
def person(request: PageRequest, person_id: UUID) -> HttpResponse:
    try:
        page = look_at_person(person_id=person_id, by=request.actor, at=clock.now())
    except ReasonNeeded:
        return redirect("web:person-reason", person_id)
    if page is None:
        raise Http404
    may_print = request.actor.may(Permission.CHANGE_PEOPLE, page.person.place)
    context = {
        "page": page,
        "branch": branch_label(page.person.branch),
        "affiliation": words.affiliation(page),
        "consents": words.consents(page),
        "texts": consents_to_print() if may_print else [],
        "languages": settings.LANGUAGES,
        "language": (get_language() or "ru")[:2],
    }
    return render(request, "people/person.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def reason(request: PageRequest, person_id: UUID) -> HttpResponse:
    """Asked above the person's branch before the page opens."""
    if person_page(person_id=person_id, actor=request.actor) is None:
        raise Http404
    return ask_reason(request, person_id)


@login_required
@require_POST
def reach(request: PageRequest, contact_id: UUID) -> HttpResponse:
    """Dials or opens a letter at once; or shows it, for whoever dials on another device."""
    shown = request.POST.get("use") == "show"
    act = show if shown else dial
    try:
        reached = act(contact_id=contact_id, by=request.actor, at=clock.now())
    except ReasonNeeded as needed:
        # Only a page that stood open for longer than a reason holds leads here.
        raise Http404 from needed
    if reached is None:
        raise Http404
    address = f"{_SCHEMES[reached.kind]}:{reached.value}"
    if shown:
        return render(request, "people/shown.html", {"reached": reached, "address": address})
    return _ToTheDevice(address)
