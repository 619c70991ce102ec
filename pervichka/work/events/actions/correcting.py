"""An event is put right or called off."""

from dataclasses import dataclass, fields
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from pervichka.foundation.refusal import refuse
from pervichka.register.access.actor import Actor
from pervichka.work.events.actions.holding import settle_quorum
from pervichka.work.events.actions.planning import check_plan
from pervichka.work.events.actions.steps import (
    DOORS_OPEN_BEFORE,
    demand_not_cancelled,
    locked_to_run,
    note_correction,
    write_down,
)
from pervichka.work.events.models import Attendance, AttendanceMeans, Event, EventStatus


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What was planned, whole: what a correction puts in place of what stands there."""

    kind: str
    title: str
    starts_at: datetime
    ends_at: datetime | None = None
    venue: str = ""
    description: str = ""

    @classmethod
    def of(cls, event: Event) -> "Plan":
        return cls(**{each.name: getattr(event, each.name) for each in fields(cls)})


@transaction.atomic
def correct_event(*, event: Event, plan: Plan, reason: str, by: Actor, at: datetime) -> Event:
    """Put another plan in place of the one that stands; every change is kept with its reason.

    The day of an event that took place can't be moved away from check-ins that the system saw,
    nor into the future; on another day the head count must be confirmed anew. Raises `Refused`.
    """
    event = locked_to_run(event, by)
    demand_not_cancelled(event)
    check_plan(kind=plan.kind, title=plan.title, starts_at=plan.starts_at, ends_at=plan.ends_at)
    standing = Plan.of(event)
    changed = [
        each.name
        for each in fields(plan)
        if getattr(plan, each.name) != getattr(standing, each.name)
    ]
    if not changed:
        return event
    if "starts_at" in changed:
        _demand_movable(event, plan.starts_at, at)
        if _day(plan.starts_at) != _day(event.starts_at):
            # Whoever confirmed it spoke of the day that stood there.
            event.head_count_confirmed_at = event.head_count_confirmed_by = None
    for name in changed:
        note_correction(
            event,
            name,
            before=_shown(getattr(standing, name)),
            after=_shown(getattr(plan, name)),
            reason=reason,
            by=by,
            at=at,
        )
        setattr(event, name, getattr(plan, name))
    if "kind" in changed:
        event.needs_quorum = event.is_meeting
    event.save(
        update_fields=[
            *changed,
            "needs_quorum",
            "head_count_confirmed_at",
            "head_count_confirmed_by",
        ]
    )
    if event.status == EventStatus.HELD:
        settle_quorum(event)
    write_down(event, "event.corrected", by=by, at=at, fields=changed)
    return event


@transaction.atomic
def cancel_event(*, event: Event, reason: str, by: Actor, at: datetime) -> Event:
    """Call it off, or take back that it took place. Cancelled twice, it stays so."""
    event = locked_to_run(event, by)
    if event.status == EventStatus.CANCELLED:
        return event
    if not reason.strip():
        raise refuse("say why it is cancelled: those invited will read it")
    note_correction(
        event,
        "status",
        before=event.status,
        after=EventStatus.CANCELLED.value,
        reason=reason,
        by=by,
        at=at,
    )
    event.status = EventStatus.CANCELLED
    event.cancelled_at = at
    event.cancel_reason = reason.strip()
    event.held_at = event.electorate = event.quorum = None
    event.save(
        update_fields=[
            "status",
            "cancelled_at",
            "cancel_reason",
            "held_at",
            "electorate",
            "quorum",
        ]
    )
    write_down(event, "event.cancelled", by=by, at=at, fields=["status", "cancel_reason"])
    return event


def _demand_movable(event: Event, starts_at: datetime, at: datetime) -> None:
    if event.status != EventStatus.HELD:
        return
    if starts_at - DOORS_OPEN_BEFORE > at:
        raise refuse("it has taken place: it can't be moved into the future")
    seen = Attendance.objects.filter(event=event, means=AttendanceMeans.CODE).exists()
    if seen and _day(starts_at) != _day(event.starts_at):
        raise refuse("people checked in with the code that day: the day can't change")


def _day(moment: datetime) -> date:
    return timezone.localdate(moment)


def _shown(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else value
