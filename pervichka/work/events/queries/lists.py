"""Events that an actor may see: one by its identifier, many by branch, period and status."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import BooleanField, Count, ExpressionWrapper, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from pervichka.register.access.actor import Actor, Interval
from pervichka.register.access.permissions import Permission
from pervichka.register.branches.queries.units import branch_label
from pervichka.work.events.models import Attendance, Event, EventStatus, Invitation, Minutes


@dataclass(frozen=True, kw_only=True)
class EventRow:
    """An event in a list, with how many were invited and came. No names."""

    id: UUID
    branch_id: UUID
    branch_code: str
    branch_name: str
    branch_name_ru: str
    branch_label: str  # in the reader's language, as is that of the unit above it
    above_label: str
    kind: str
    title: str
    venue: str
    starts_at: datetime
    status: str
    invited: int
    came: int
    electorate: int | None
    quorum: int | None
    with_vote: int
    minutes_published: bool

    @property
    def has_quorum(self) -> bool | None:
        """None where nothing is decided, or where it is not settled yet."""
        return None if self.quorum is None else self.with_vote >= self.quorum


@dataclass(frozen=True, kw_only=True)
class EventFilter:
    """What a list is narrowed to. `within` is a subtree; days are whole, both included."""

    within: Interval | None = None
    branch_id: UUID | None = None
    kinds: Collection[str] = ()
    status: str = ""
    since: date | None = None
    until: date | None = None


def awaits_ticks(event: Event | EventRow, *, on: date) -> bool:
    """Whether its day is past and nobody has said who came."""
    return event.status == EventStatus.PLANNED and event.starts_at < start_of(on)


def visible_to(actor: Actor) -> QuerySet[Event]:
    """Events of the actor's part of the tree; none without the right to see events."""
    if Permission.SEE_EVENTS not in actor.permissions or actor.scope is None:
        return Event.objects.none()
    return Event.objects.filter(place__range=(actor.scope.start, actor.scope.end))


def event_of(actor: Actor, event_id: UUID) -> Event:
    """The event, with its branch. Raises `Event.DoesNotExist` also for one out of sight."""
    return visible_to(actor).select_related("branch").get(id=event_id)


def events_of(
    actor: Actor,
    narrowed: EventFilter,
    *,
    offset: int = 0,
    limit: int = 50,
    unticked_on: date | None = None,
) -> tuple[Sequence[EventRow], int]:
    """A part of the list, the latest first, and how long the whole is. Two queries.

    `unticked_on`: those that await their ticks on that day stand before all others.
    """
    events = _narrowed(visible_to(actor), narrowed)
    total = events.count()
    if unticked_on is not None:
        unticked = Q(status=EventStatus.PLANNED, starts_at__lt=start_of(unticked_on))
        first = ExpressionWrapper(unticked, output_field=BooleanField())
        events = events.annotate(unticked=first).order_by("-unticked", "-starts_at", "-id")
    else:
        events = events.order_by("-starts_at", "-id")
    rows = events.select_related("branch__parent").annotate(
        invited=_number(Invitation.objects.all()),
        came=_number(Attendance.objects.all()),
        with_vote=_number(Attendance.objects.filter(has_vote=True)),
        published=Subquery(Minutes.objects.filter(event=OuterRef("id")).values("published_at")[:1]),
    )[offset : offset + limit]
    return [_row(event) for event in rows], total


def _narrowed(events: QuerySet[Event], narrowed: EventFilter) -> QuerySet[Event]:
    where = Q()
    if narrowed.within is not None:
        where &= Q(place__range=(narrowed.within.start, narrowed.within.end))
    if narrowed.branch_id is not None:
        where &= Q(branch_id=narrowed.branch_id)
    if narrowed.kinds:
        where &= Q(kind__in=list(narrowed.kinds))
    if narrowed.status:
        where &= Q(status=narrowed.status)
    if narrowed.since is not None:
        where &= Q(starts_at__gte=start_of(narrowed.since))
    if narrowed.until is not None:
        where &= Q(starts_at__lt=start_of(narrowed.until + timedelta(days=1)))
    return events.filter(where)


def start_of(day: date) -> datetime:
    """The first moment of the day in the organisation's time zone."""
    return datetime.combine(day, time.min, timezone.get_default_timezone())


def _number(rows: QuerySet[Attendance] | QuerySet[Invitation]) -> Coalesce:
    counted = (
        rows.filter(event=OuterRef("id"))
        .order_by()
        .values("event")
        .annotate(number=Count("id"))
        .values("number")
    )
    return Coalesce(Subquery(counted), 0)


def _row(event: Event) -> EventRow:
    # Annotations are read by name: the model's type does not know of them.
    counts = vars(event)
    return EventRow(
        id=event.id,
        branch_id=event.branch_id,
        branch_code=event.branch.code,
        branch_name=event.branch.name,
        branch_name_ru=event.branch.name_ru,
        branch_label=branch_label(event.branch),
        above_label=branch_label(event.branch.parent) if event.branch.parent else "",
        kind=event.kind,
        title=event.title,
        venue=event.venue,
        starts_at=event.starts_at,
        status=event.status,
        invited=counts["invited"],
        came=counts["came"],
        electorate=event.electorate,
        quorum=event.quorum,
        with_vote=counts["with_vote"],
        minutes_published=counts["published"] is not None,
    )
