"""Inviting: whom, their personal links (shown once), and what they answered."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pervichka.foundation import clock
from pervichka.foundation.refusal import Refused, refuse
from pervichka.register.people.queries import people_by_affiliation
from pervichka.surfaces.web.drawings import qr
from pervichka.surfaces.web.events import words
from pervichka.surfaces.web.events.shared import event_by_name, head_of, show_names
from pervichka.surfaces.web.middleware import PageRequest
from pervichka.work.events import actions
from pervichka.work.events.actions import PersonalLink
from pervichka.work.events.queries import (
    Event,
    Participant,
    answers_of,
    invitees,
)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def invite_people(request: PageRequest, event_id: UUID) -> HttpResponse:
    """Whom to invite; sent, it shows the new links there and then, for none of them is kept."""
    event = event_by_name(request, event_id)
    head = head_of(request, event, at=clock.now())
    chosen = request.POST.getlist("affiliation") if request.method == "POST" else ["member"]
    errors: list[words.Problem] = []
    if request.method == "POST":
        try:
            links = _invite(request, event, chosen)
        except Refused as refused:
            errors = words.problems(refused)
        else:
            if links:
                return _links(request, event, links)
            messages.info(request, _("All of them were invited before."))
            return redirect("web:event-invited", event.id)
    numbers = people_by_affiliation(
        branch=event.branch, on=timezone.localdate(clock.now()), actor=request.actor
    )
    context = {
        "head": head,
        "errors": errors,
        "options": [
            (kind, words.affiliation_title(kind), number, kind in chosen)
            for kind, number in reversed(numbers.items())
        ],
    }
    return render(request, "events/invite.html", context, status=422 if errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def invited(request: PageRequest, event_id: UUID) -> HttpResponse:
    """Who was invited and what they answered; here the branch writes down what it was told."""
    event = event_by_name(request, event_id)
    errors: list[words.Problem] = []
    if request.method == "POST":
        try:
            return _changed(request, event)
        except Refused as refused:
            errors = words.problems(refused)
    people = invitees(request.actor, event)
    show_names(request, event, people)
    context = {
        "head": head_of(request, event, at=clock.now()),
        "answers": answers_of(event),
        "rows": [_row(person) for person in people],
        "options": words.answer_options(),
        "errors": errors,
    }
    return render(request, "events/invited.html", context, status=422 if errors else 200)


@transaction.atomic
def _invite(request: PageRequest, event: Event, chosen: list[str]) -> list[PersonalLink]:
    """Nobody is invited whose link the budget forbids to show: it is shown this once."""
    links = actions.invite(event=event, affiliations=chosen, by=request.actor, at=clock.now())
    show_names(request, event, links)
    return links


@transaction.atomic
def _renew(request: PageRequest, event: Event, person_id: UUID) -> PersonalLink:
    link = actions.renew_link(event=event, person_id=person_id, by=request.actor, at=clock.now())
    show_names(request, event, [link])
    return link


def _changed(request: PageRequest, event: Event) -> HttpResponse:
    person_id = _person(request.POST.get("person", ""))
    if request.POST.get("do") == "link":
        return _links(request, event, [_renew(request, event, person_id)])
    actions.record_answer(
        event=event,
        person_id=person_id,
        answer=request.POST.get("answer", ""),
        by=request.actor,
        at=clock.now(),
    )
    messages.success(request, _("Written down."))
    return redirect("web:event-invited", event.id)


def _links(request: PageRequest, event: Event, links: list[PersonalLink]) -> HttpResponse:
    context = {
        "head": head_of(request, event, at=clock.now()),
        "event": event,
        "slips": [_slip(request, link) for link in links],
        "typed_at": request.build_absolute_uri(reverse("web:link-enter")),
    }
    response = render(request, "events/links.html", context)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _slip(request: PageRequest, link: PersonalLink) -> dict[str, str]:
    address = request.build_absolute_uri(reverse("web:link", args=[link.token]))
    return {"name": link.full_name, "token": link.token, "address": address, "qr": qr(address)}


def _row(person: Participant) -> dict[str, object]:
    return {
        "id": person.person_id,
        "name": person.full_name,
        "affiliation": person.affiliation,
        "answer": person.answer,
        "answer_title": words.answer_title(person.answer),
        "own": person.answered_through == "link",
        "at": person.answered_at,
    }


def _person(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise refuse("this person was not invited") from error
