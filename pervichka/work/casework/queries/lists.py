"""The inbox: appeals by deadline, overdue first; who asks stands in none of its lines."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from pervichka.register.access.actor import Actor, Interval
from pervichka.register.access.permissions import Permission
from pervichka.register.branches.queries.units import branch_label
from pervichka.work.casework.models import OPEN, Appeal, Status

SOON_DAYS = 5


@dataclass(frozen=True, kw_only=True)
class AppealRow:
    """An appeal in a list. `due_on` is that of registration while it is not registered."""

    id: UUID
    number: int
    subject: str
    channel: str
    status: str
    received_at: datetime
    due_on: date
    branch_id: UUID
    branch_label: str
    assigned: str
    overdue: bool
    soon: bool


@dataclass(frozen=True, kw_only=True)
class AppealFilter:
    """What a list is narrowed to. `state`: a status, or `open`, `overdue`, `all`."""

    within: Interval | None = None
    branch_id: UUID | None = None
    state: str = "open"
    subject: str = ""


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """How many appeals wait in a branch and below it."""

    open: int
    overdue: int
    unregistered: int


def visible_to(actor: Actor) -> QuerySet[Appeal]:
    """Appeals of the actor's part of the tree; none without the right to see to them."""
    if Permission.HANDLE_APPEALS not in actor.permissions or actor.scope is None:
        return Appeal.objects.none()
    return Appeal.objects.filter(place__range=(actor.scope.start, actor.scope.end))


def appeal_of(actor: Actor, appeal_id: UUID) -> Appeal:
    """The appeal, with its branch. Raises `Appeal.DoesNotExist` also for one out of sight."""
    return visible_to(actor).select_related("branch", "assigned_to").get(id=appeal_id)


def appeal_numbered(actor: Actor, number: int) -> Appeal:
    """The same by its number."""
    return visible_to(actor).select_related("branch", "assigned_to").get(number=number)


def appeals_of(
    actor: Actor, narrowed: AppealFilter, *, on: date, offset: int = 0, limit: int = 50
) -> tuple[Sequence[AppealRow], int]:
    """A part of the inbox and how long the whole is. Two queries.

    What waits for something stands first, by its deadline; what is done after it, the latest first.
    """
    found = _narrowed(visible_to(actor), narrowed, on)
    waits = Case(
        When(status__in=OPEN, then=Value(0)), default=Value(1), output_field=IntegerField()
    )
    due = Case(When(status=Status.RECEIVED, then="register_by"), default="due_on")
    ordered = found.annotate(waits=waits, next_due=due).order_by(
        "waits",
        Case(When(status__in=OPEN, then="next_due")),
        "-received_at",
        "id",
    )
    rows = ordered.select_related("branch", "assigned_to")[offset : offset + limit]
    return [_row(appeal, on) for appeal in rows], found.count()


def waiting_in(actor: Actor, within: Interval, *, on: date) -> Waiting:
    """One query."""
    found = visible_to(actor).filter(place__range=(within.start, within.end), status__in=OPEN)
    states = list(found.values_list("status", "due_on", "register_by"))
    return Waiting(
        open=len(states),
        overdue=sum(_overdue(status, due, by, on) for status, due, by in states),
        unregistered=sum(status == Status.RECEIVED for status, _, _ in states),
    )


def overdue_on(on: date) -> Q:
    """Not registered, or not answered, by the end of that term."""
    return Q(status=Status.RECEIVED, register_by__lt=on) | Q(status__in=OPEN, due_on__lt=on)


def _overdue(status: str, due_on: date, register_by: date, on: date) -> bool:
    return (status in OPEN and due_on < on) or (status == Status.RECEIVED and register_by < on)


def _narrowed(appeals: QuerySet[Appeal], narrowed: AppealFilter, on: date) -> QuerySet[Appeal]:
    where = Q()
    if narrowed.within is not None:
        where &= Q(place__range=(narrowed.within.start, narrowed.within.end))
    if narrowed.branch_id is not None:
        where &= Q(branch_id=narrowed.branch_id)
    if narrowed.subject:
        where &= Q(subject=narrowed.subject)
    if narrowed.state == "open":
        where &= Q(status__in=OPEN)
    elif narrowed.state == "overdue":
        where &= overdue_on(on)
    elif narrowed.state in Status.values:
        where &= Q(status=narrowed.state)
    return appeals.filter(where)


def _row(appeal: Appeal, on: date) -> AppealRow:
    due_on = appeal.register_by if appeal.status == Status.RECEIVED else appeal.due_on
    overdue = _overdue(appeal.status, appeal.due_on, appeal.register_by, on)
    return AppealRow(
        id=appeal.id,
        number=appeal.number,
        subject=appeal.subject,
        channel=appeal.channel,
        status=appeal.status,
        received_at=appeal.received_at,
        due_on=due_on,
        branch_id=appeal.branch_id,
        branch_label=branch_label(appeal.branch),
        assigned="" if appeal.assigned_to is None else appeal.assigned_to.kind,
        overdue=overdue,
        soon=appeal.status in OPEN and not overdue and due_on <= on + timedelta(days=SOON_DAYS),
    )
