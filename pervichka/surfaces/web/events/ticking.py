"""«Who came»: the first of three screens; and the paper sheet that is ticked back on it."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pervichka.foundation import clock
from pervichka.foundation.refusal import Refused
from pervichka.surfaces.web.events import words
from pervichka.surfaces.web.events.forms import number_typed
from pervichka.surfaces.web.events.page import confirmed_sentence, quorum_sentence
from pervichka.surfaces.web.events.shared import event_by_name, head_of, show_names
from pervichka.surfaces.web.middleware import PageRequest
from pervichka.work.events import actions
from pervichka.work.events.queries import (
    AttendanceMeans,
    Event,
    EventStatus,
    Namelist,
    Participant,
    namelist,
    presence_of,
)

_EMPTY_LINES = 8


@dataclass(frozen=True)
class Box:
    """A line to tick. `fixed`: came by the code, so there is nothing to tick."""

    id: UUID
    name: str
    note: str
    ticked: bool
    fixed: bool


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def came(request: PageRequest, event_id: UUID) -> HttpResponse:
    event = event_by_name(request, event_id)
    if request.method == "GET":
        return _ask(request, event, None, [])
    ticked = {UUID(text) for text in request.POST.getlist("person") if _is_id(text)}
    try:
        _save(request, event, ticked)
    except Refused as refused:
        return _ask(request, event, ticked, words.problems(refused))
    return redirect("web:event-decided" if event.is_meeting else "web:event", event.id)


def _save(request: PageRequest, event: Event, ticked: set[UUID]) -> None:
    """Each step is kept by itself: what was ticked stays, though the heads be miscounted."""
    at, by = clock.now(), request.actor
    try:
        heads = number_typed(request.POST.get("heads", ""))
    except ValueError as error:
        raise Refused(words.not_a_number("heads")) from error
    means = AttendanceMeans.SHEET if request.POST.get("sheet") else AttendanceMeans.TICKS
    actions.tick_attendance(
        event=event,
        person_ids=ticked,
        means=means,
        reason=request.POST.get("reason", ""),
        by=by,
        at=at,
    )
    if heads is not None:
        actions.record_head_count(event=event, count=heads, by=by, at=at)
    actions.hold_event(event=event, by=by, at=at)


def _ask(
    request: PageRequest, event: Event, ticked: set[UUID] | None, errors: list[words.Problem]
) -> HttpResponse:
    names = _names(request, event)
    presence = presence_of(event)
    heads = request.POST.get("heads", presence.head_count or "")
    context = {
        "head": head_of(request, event, at=clock.now()),
        "event": event,
        "boxes": [_box(person, ticked) for person in names.people],
        "names": names,
        "presence": presence,
        "quorum": quorum_sentence(presence, settled=event.status == EventStatus.HELD),
        "confirmed": confirmed_sentence(presence),
        "heads": heads,
        "reason": request.POST.get("reason", ""),
        "sheet": request.GET.get("sheet") or request.POST.get("sheet"),
        "errors": errors,
        "wrong": {error.field: error.text for error in errors},
    }
    return render(request, "events/came.html", context, status=422 if errors else 200)


@login_required
@require_safe
def sheet(request: PageRequest, event_id: UUID) -> HttpResponse:
    """The list on paper: a line a person, with room for a signature and for guests."""
    event = event_by_name(request, event_id)
    names = _names(request, event)
    context = {
        "head": head_of(request, event, at=clock.now()),
        "event": event,
        "people": names.people,
        "empty_lines": range(len(names.people) + 1, len(names.people) + _EMPTY_LINES + 1),
    }
    return render(request, "events/sheet.html", context)


def _names(request: PageRequest, event: Event) -> Namelist:
    names = namelist(request.actor, event)
    show_names(request, event, names.people)
    return names


def _box(person: Participant, ticked: set[UUID] | None) -> Box:
    return Box(
        id=person.person_id,
        name=person.full_name,
        note=_note(person),
        ticked=person.came if ticked is None else person.person_id in ticked,
        fixed=person.by_code,
    )


def _note(person: Participant) -> str:
    if person.by_code:
        return _("came: code on own phone")
    if person.answer:
        return words.answer_title(person.answer)
    return "" if person.has_vote else _("no vote")


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
