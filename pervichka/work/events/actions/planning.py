"""An event is planned."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from pervichka.foundation.ids import new_id
from pervichka.foundation.postgres.errors import is_taken
from pervichka.foundation.refusal import Reason, Refused, refuse
from pervichka.register.access.actor import Actor
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import demand
from pervichka.register.branches.models import Branch
from pervichka.work.events.actions.steps import write_down
from pervichka.work.events.models import MEETINGS, Event, EventKind

TITLE_LENGTH = 200


@transaction.atomic
def plan_event(
    *,
    branch: Branch,
    kind: str,
    title: str,
    starts_at: datetime,
    ends_at: datetime | None = None,
    venue: str = "",
    description: str = "",
    needs_quorum: bool | None = None,
    event_id: UUID | None = None,
    by: Actor,
    at: datetime,
) -> Event:
    """Plan a meeting or an event of the branch. Raises `Refused` with every reason at once.

    Meetings need a quorum unless said otherwise. A plan may lie in the past: it is then known to
    have been entered late. With an `event_id` of the caller's own the same call may be repeated:
    the event that is there already comes back unchanged.
    """
    demand(by, Permission.RUN_EVENTS, branch)
    if event_id is not None:
        there = Event.objects.select_related("branch").filter(id=event_id).first()
        if there is not None:
            return _the_same(there, branch)
    if branch.closed_on is not None:
        raise refuse("{code} is closed", code=branch.code)
    check_plan(kind=kind, title=title, starts_at=starts_at, ends_at=ends_at)
    event = _made(
        id=event_id or new_id(),
        branch=branch,
        kind=kind,
        title=title.strip(),
        description=description.strip(),
        venue=venue.strip(),
        starts_at=starts_at,
        ends_at=ends_at,
        needs_quorum=kind in MEETINGS if needs_quorum is None else needs_quorum,
        planned_at=at,
    )
    fields = ["kind", "title", "description", "venue", "starts_at", "ends_at", "needs_quorum"]
    write_down(event, "event.planned", by=by, at=at, fields=fields)
    return event


def check_plan(*, kind: str, title: str, starts_at: datetime, ends_at: datetime | None) -> None:
    """Refuse what no event can be; each reason names its field as `column`."""
    reasons = []
    if kind not in EventKind.values:
        allowed = ", ".join(EventKind.values)
        reasons.append(
            Reason(
                message="{kind} is no kind of event; there are: {allowed}",
                params={"kind": kind, "allowed": allowed},
                column="kind",
            )
        )
    if not title.strip():
        reasons.append(Reason(message="say what the event is called", column="title"))
    if len(title.strip()) > TITLE_LENGTH:
        reasons.append(
            Reason(
                message="the title is longer than {length} characters",
                params={"length": TITLE_LENGTH},
                column="title",
            )
        )
    if ends_at is not None and ends_at <= starts_at:
        reasons.append(Reason(message="the event must end after it begins", column="ends_at"))
    if reasons:
        raise Refused(*reasons)


def _made(**values: object) -> Event:
    """The event, unless one out of sight has its identifier: refused like one in sight."""
    try:
        with transaction.atomic():
            return Event.objects.create(**values)
    except IntegrityError as error:
        if not is_taken(error):
            raise
        raise refuse("this identifier belongs to another event") from None


def _the_same(event: Event, branch: Branch) -> Event:
    if event.branch_id != branch.id:
        raise refuse("this identifier belongs to another event")
    return event
