"""Meetings and events: seen, planned, called off, and who came."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from ninja import Header, Query, Router, Schema, Status
from pydantic import Field

from pervichka.foundation import clock
from pervichka.register.access.actor import Interval
from pervichka.surfaces.api.answers import Conflict, Problem, Refusal, Text, Wanted
from pervichka.surfaces.api.branches import branch_coded
from pervichka.surfaces.api.signed_in import ApiRequest
from pervichka.work.events import actions
from pervichka.work.events.queries import EventFilter, event_of, event_page, events_of

if TYPE_CHECKING:
    from pervichka.work.events.models import Event

router = Router()


class EventRowOut(Schema):
    id: UUID
    branch_code: str
    kind: str
    title: str
    venue: str
    starts_at: datetime
    status: str
    invited: int
    came: int
    quorum: int | None
    with_vote: int
    minutes_published: bool


class EventList(Schema):
    total: int
    rows: list[EventRowOut]


class PresenceOut(Schema):
    came: int
    by_code: int
    by_tick: int
    by_sheet: int
    head_count: int | None
    electorate: int | None
    quorum: int | None
    with_vote: int
    has_quorum: bool


class AnswersOut(Schema):
    invited: int
    yes: int
    no: int
    unsure: int


class EventOut(Schema):
    id: UUID
    branch: str
    kind: str
    title: str
    description: str
    venue: str
    starts_at: datetime
    ends_at: datetime | None
    status: str
    cancel_reason: str
    answers: AnswersOut
    presence: PresenceOut


class EventsWanted(Schema):
    branch: Annotated[Text, Field(description="A branch's code; with all below it.")] = ""
    kind: Text = ""
    status: Text = ""
    since: date | None = None
    until: date | None = None


class PlanIn(Schema):
    branch: Annotated[Text, Field(description="A branch's code.")]
    kind: Text
    title: Text
    starts_at: datetime
    ends_at: datetime | None = None
    venue: Text = ""
    description: Text = ""


class CancelIn(Schema):
    reason: Text


class TicksIn(Schema):
    """Everyone who came, in place of earlier ticks; who checked in with the code stays."""

    people: Annotated[list[UUID], Field(max_length=10_000)]
    reason: Annotated[Text, Field(description="Needed once the event has been held.")] = ""


class TicksOut(Schema):
    came: int


@router.get("/events", response=EventList, summary="Events, the latest first")
def list_events(
    request: ApiRequest, wanted: Query[EventsWanted], part: Wanted
) -> dict[str, object]:
    within = None
    if wanted.branch:
        branch = branch_coded(wanted.branch, request.actor)
        within = Interval(branch.place, branch.place_end)
    narrowed = EventFilter(
        within=within,
        kinds=[wanted.kind] if wanted.kind else (),
        status=wanted.status,
        since=wanted.since,
        until=wanted.until,
    )
    rows, total = events_of(request.actor, narrowed, offset=part.offset, limit=part.limit)
    return {"total": total, "rows": list(rows)}


@router.get("/events/{uuid:id}", response={200: EventOut, 404: Problem}, summary="One event")
def one_event(request: ApiRequest, id: UUID) -> dict[str, object]:
    return _told(request, event_of(request.actor, id))


@router.post(
    "/events",
    response={201: EventOut, 404: Problem, 409: Problem, 422: Refusal},
    summary="Plan an event",
)
def plan(
    request: ApiRequest,
    body: PlanIn,
    key: Annotated[
        UUID | None,
        Header(alias="Idempotency-Key", description="Becomes the event's id."),
    ] = None,
) -> Status[dict[str, object]]:
    event = actions.plan_event(
        branch=branch_coded(body.branch, request.actor),
        kind=body.kind,
        title=body.title,
        starts_at=body.starts_at,
        ends_at=body.ends_at,
        venue=body.venue,
        description=body.description,
        event_id=key,
        by=request.actor,
        at=clock.now(),
    )
    if not _as_planned(event, body):
        raise Conflict(f"{key} is the key of another plan")
    # Read anew, so that the answer is the same word for word when the request is sent again.
    return Status(201, _told(request, event_of(request.actor, event.id)))


@router.post(
    "/events/{uuid:id}/cancel",
    response={200: EventOut, 404: Problem, 422: Refusal},
    summary="Call an event off",
)
def cancel(request: ApiRequest, id: UUID, body: CancelIn) -> dict[str, object]:
    event = actions.cancel_event(
        event=event_of(request.actor, id), reason=body.reason, by=request.actor, at=clock.now()
    )
    return _told(request, event)


@router.put(
    "/events/{uuid:id}/ticks",
    response={200: TicksOut, 404: Problem, 422: Refusal},
    summary="Say who came",
)
def tick(request: ApiRequest, id: UUID, body: TicksIn) -> dict[str, object]:
    came = actions.tick_attendance(
        event=event_of(request.actor, id),
        person_ids=body.people,
        reason=body.reason,
        by=request.actor,
        at=clock.now(),
    )
    return {"came": came}


def _as_planned(event: "Event", body: PlanIn) -> bool:
    planned = (event.kind, event.title, event.starts_at, event.ends_at, event.venue)
    asked = (body.kind, body.title.strip(), body.starts_at, body.ends_at, body.venue.strip())
    return planned == asked and event.description == body.description.strip()


def _told(request: ApiRequest, event: "Event") -> dict[str, object]:
    page = event_page(request.actor, event)
    return {
        "id": event.id,
        "branch": event.branch.code,
        "kind": event.kind,
        "title": event.title,
        "description": event.description,
        "venue": event.venue,
        "starts_at": event.starts_at,
        "ends_at": event.ends_at,
        "status": event.status,
        "cancel_reason": event.cancel_reason,
        "answers": page.answers,
        "presence": page.presence,
    }
