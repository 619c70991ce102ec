"""A person's page, and one tap to call or to write to them; each look is journalled."""

from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseRedirectBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pervichka.foundation import clock
from pervichka.register.access.permissions import Permission
from pervichka.register.accounts.actions import print_own_link
from pervichka.register.branches.queries.units import branch_label
from pervichka.register.disclosure.actions import show
from pervichka.register.people.actions import confirm_contact_point, dial, look_at_person
from pervichka.register.people.actions import show as reveal
from pervichka.register.people.queries import contact_point_of, person_page
from pervichka.register.people.reasons import ReasonNeeded
from pervichka.surfaces.web.drawings import qr
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
    now = clock.now()
    try:
        # A look that the budget forbids is not journalled as one.
        with transaction.atomic():
            page = look_at_person(person_id=person_id, by=request.actor, at=now)
            if page is None:
                raise Http404
            show(people=[page.person.branch_id], by=request.actor, at=now)
    except ReasonNeeded:
        return redirect("web:person-reason", person_id)
    may_change = request.actor.may(Permission.CHANGE_PEOPLE, page.person.place)
    context = {
        "page": page,
        "branch": branch_label(page.person.branch),
        "affiliation": words.affiliation(page),
        "consents": words.consents(page),
        "texts": consents_to_print() if may_change else [],
        "languages": settings.LANGUAGES,
        "language": (get_language() or "ru")[:2],
        "may_change": may_change,
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
    act = reveal if shown else dial
    now = clock.now()
    try:
        # A look that the budget forbids is not journalled as one.
        with transaction.atomic():
            reached = act(contact_id=contact_id, by=request.actor, at=now)
            if reached is None:
                raise Http404
            show(people=[reached.branch_id], by=request.actor, at=now)
    except ReasonNeeded as needed:
        # Only a page that stood open for longer than a reason holds leads here.
        raise Http404 from needed
    address = f"{_SCHEMES[reached.kind]}:{reached.value}"
    if shown:
        return render(request, "people/shown.html", {"reached": reached, "address": address})
    return _ToTheDevice(address)


@login_required
@require_POST
def print_link(request: PageRequest, person_id: UUID) -> HttpResponse:
    """A link to what is held of the person, to be handed to them on paper; shown once."""
    page = person_page(person_id=person_id, actor=request.actor)
    if page is None:
        raise Http404
    now = clock.now()
    # No link is printed that the budget forbids to show: it is shown this once.
    with transaction.atomic():
        link = print_own_link(person=page.person, by=request.actor, at=now)
        show(people=[page.person.branch_id], by=request.actor, at=now)
    address = request.build_absolute_uri(reverse("web:own-link", args=[link.token]))
    context = {
        "page": page,
        "qr": qr(address),
        "address": address.partition("//")[2],
        "expires": timezone.localtime(link.expires_at),
    }
    response = render(request, "people/own_link.html", context)
    response.headers["Cache-Control"] = "private, no-store"
    return response


@login_required
@require_POST
def confirm(request: PageRequest, contact_id: UUID) -> HttpResponse:
    """The branch has reached the person there: the number or address is theirs."""
    point = contact_point_of(contact_id=contact_id, actor=request.actor)
    if point is None:
        raise Http404
    confirm_contact_point(point=point, by=request.actor, at=clock.now())
    return redirect("web:person", point.person_id)
