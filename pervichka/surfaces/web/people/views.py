"""A person's page, and one tap to call or to write to them; each look is journalled."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseRedirectBase
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from pervichka.foundation import clock
from pervichka.register.branches.queries.units import branch_label
from pervichka.register.disclosure.actions import show
from pervichka.register.people.actions import dial
from pervichka.register.people.actions import show as reveal
from pervichka.register.people.queries import person_page
from pervichka.surfaces.web.middleware import PageRequest
from pervichka.surfaces.web.people import words

_SCHEMES = {"phone": "tel", "email": "mailto"}


class _ToTheDevice(HttpResponseRedirectBase):
    """Hands the number or address over to whatever on this device calls or writes."""

    status_code = 303
    allowed_schemes = list(_SCHEMES.values())  # noqa: RUF012 - as Django declares it


@login_required
@require_safe
def person(request: PageRequest, person_id: UUID) -> HttpResponse:
    page = person_page(person_id=person_id, actor=request.actor)
    if page is None:
        raise Http404
    show(people=[page.person.branch_id], by=request.actor, at=clock.now())
    context = {
        "page": page,
        "branch": branch_label(page.person.branch),
        "affiliation": words.affiliation(page),
        "consents": words.consents(page),
    }
    return render(request, "people/person.html", context)


@login_required
@require_POST
def reach(request: PageRequest, contact_id: UUID) -> HttpResponse:
    """Dials or opens a letter at once; or shows it, for whoever dials on another device."""
    shown = request.POST.get("use") == "show"
    act = reveal if shown else dial
    now = clock.now()
    # A look that the budget forbids is not journalled as one.
    with transaction.atomic():
        reached = act(contact_id=contact_id, by=request.actor, at=now)
        if reached is None:
            raise Http404
        show(people=[reached.branch_id], by=request.actor, at=now)
    address = f"{_SCHEMES[reached.kind]}:{reached.value}"
    if shown:
        return render(request, "people/shown.html", {"reached": reached, "address": address})
    return _ToTheDevice(address)
