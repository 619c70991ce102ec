"""A person puts right what is held of them: names, address, how they are reached."""

from datetime import datetime

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from pervichka.foundation import clock
from pervichka.foundation.refusal import Refused
from pervichka.register.access.actor import Actor
from pervichka.register.accounts.actions import ask_for_confirmation
from pervichka.register.people import actions
from pervichka.register.people.queries import OwnData, own_contact, own_data
from pervichka.surfaces.web.account.entering import METHODS
from pervichka.surfaces.web.middleware import PageRequest
from pervichka.surfaces.web.own import standing
from pervichka.surfaces.web.refusals import reason_texts

_FIELDS = ("last_name", "first_name", "patronymic", "address")
_MOST_CONTACTS = 6


@sensitive_post_parameters()
@require_http_methods(METHODS)
@standing.for_oneself
def correct(request: PageRequest, *, actor: Actor) -> HttpResponse:
    data = own_data(actor)
    assert data is not None  # noqa: S101 - for the types alone: see `for_oneself`
    given = {name: getattr(data.person, name) for name in _FIELDS}
    errors: list[str] = []
    if request.method == "POST":
        given = {name: request.POST.get(name, "") for name in (*_FIELDS, "phone", "email")}
        try:
            _write(request, data, given, actor, clock.now())
        except Refused as refused:
            errors = reason_texts(refused)
        else:
            messages.success(request, _("It is written down."))
            return redirect("web:own-data")
    context = {"data": data, "given": given, "errors": errors}
    return render(request, "own/correct.html", context, status=422 if errors else 200)


@transaction.atomic
def _write(
    request: PageRequest, data: OwnData, given: dict[str, str], by: Actor, at: datetime
) -> None:
    """All or nothing of what the form says. Raises `Refused`."""
    person = data.person
    values = {name: given[name] for name in _FIELDS}
    actions.correct_person(person=person, **values, by=by, at=at)
    ticked = set(request.POST.getlist("remove"))
    for contact in data.contacts:
        point = own_contact(by, contact.id) if str(contact.id) in ticked else None
        if point is not None:
            actions.remove_contact_point(point=point, by=by, at=at)
    for kind in ("phone", "email"):
        if given[kind].strip() and len(data.contacts) - len(ticked) < _MOST_CONTACTS:
            _add(request, kind, given[kind], by, at)


def _add(request: PageRequest, kind: str, value: str, by: Actor, at: datetime) -> None:
    data = own_data(by)
    assert data is not None  # noqa: S101 - as above
    point = actions.add_contact_point(person=data.person, kind=kind, value=value, by=by, at=at)
    if kind == "email" and point.unconfirmed:
        ask_for_confirmation(
            point=point,
            site=request.build_absolute_uri("/").rstrip("/"),
            language=get_language() or "ru",
        )
