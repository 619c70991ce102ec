"""What every page of an event needs: the event itself, the way to it, what may be done."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from pervichka.foundation import clock
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import demand
from pervichka.register.branches.queries.units import unit_coded
from pervichka.register.people.actions import look_at_people
from pervichka.surfaces.web.crumbs import Crumb, crumbs_to
from pervichka.surfaces.web.events import words
from pervichka.surfaces.web.middleware import PageRequest
from pervichka.work.events.actions import DOORS_OPEN_BEFORE
from pervichka.work.events.queries import (
    Event,
    EventStatus,
    awaits_ticks,
    event_of,
    may_read_names,
)


@dataclass(frozen=True, kw_only=True)
class Head:
    """The heading of an event's page, and what this reader may do with it at this moment."""

    event: Event
    kind: str
    status: words.Tag
    branch: str
    crumbs: list[Crumb]
    may_run: bool
    may_see_names: bool
    may_see_records: bool
    may_confirm: bool
    may_invite: bool
    may_write: bool
    doors_open: bool

    @property
    def is_planned(self) -> bool:
        return self.event.status == EventStatus.PLANNED

    @property
    def is_held(self) -> bool:
        return self.event.status == EventStatus.HELD

    @property
    def is_cancelled(self) -> bool:
        return self.event.status == EventStatus.CANCELLED


def event_or_404(request: PageRequest, event_id: UUID) -> Event:
    """The event, if the reader sees it; one out of sight is answered like one that isn't."""
    try:
        return event_of(request.actor, event_id)
    except ObjectDoesNotExist as missing:
        raise Http404 from missing


def event_to_run(request: PageRequest, event_id: UUID) -> Event:
    """The event, for whoever may run events there. Raises `Http404`, `Forbidden`."""
    event = event_or_404(request, event_id)
    demand(request.actor, Permission.RUN_EVENTS, event)
    return event


def event_by_name(request: PageRequest, event_id: UUID) -> Event:
    """The event, for whoever runs it and reads the names of its people. Raises `Http404`."""
    event = event_to_run(request, event_id)
    if not may_read_names(request.actor, event):
        raise Http404
    return event


def note_names(request: PageRequest, event: Event, shown: int) -> None:
    """Write down that so many names of the event's people were shown."""
    look_at_people(
        what="participants",
        rows=shown,
        branch=event.branch,
        subject=event,
        by=request.actor,
        at=clock.now(),
    )


def head_of(request: PageRequest, event: Event, *, at: datetime, itself: bool = True) -> Head:
    """`itself`: the page stands below the event's own and leads back to it."""
    actor = request.actor
    unit = unit_coded(event.branch.code, actor=actor)
    crumbs = [] if unit is None else crumbs_to(unit, actor, itself=True)[-1:]
    crumbs.insert(0, Crumb(_("Events"), reverse("web:event-list")))
    if itself:
        crumbs.append(Crumb(event.title, reverse("web:event", args=[event.id])))
    return Head(
        event=event,
        kind=words.kind_title(event.kind),
        status=words.status_tag(event.status, awaits=awaits_ticks(event, on=localdate(at))),
        branch=event.branch.code if unit is None else unit.name,
        crumbs=crumbs,
        may_run=actor.may(Permission.RUN_EVENTS, event.place),
        may_see_names=may_read_names(actor, event),
        may_see_records=actor.may(Permission.SEE_EVIDENCE, event.place),
        may_confirm=(
            actor.may(Permission.CONFIRM_ENTRIES, event.place)
            and actor.branch_id == event.branch_id
        ),
        may_invite=(
            actor.may(Permission.RUN_EVENTS, event.place)
            and may_read_names(actor, event)
            and event.status == EventStatus.PLANNED
            and at <= event.starts_at
        ),
        may_write=(
            actor.may(Permission.SEND_MESSAGES, event.place) and may_read_names(actor, event)
        ),
        doors_open=at >= event.starts_at - DOORS_OPEN_BEFORE,
    )
