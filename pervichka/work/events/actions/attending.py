"""Who came: by the code on the screen, by ticks in the list, by ticks copied from a sheet."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from pervichka.foundation.refusal import refuse
from pervichka.register.access.actor import Actor
from pervichka.register.people.models import Person
from pervichka.work.events.actions.holding import settle_quorum
from pervichka.work.events.actions.steps import (
    demand_doors_open,
    demand_going_on,
    from_above,
    locked,
    locked_to_run,
    note_correction,
    participant_id,
    write_down,
)
from pervichka.work.events.codes import is_current
from pervichka.work.events.models import (
    Attendance,
    AttendanceMeans,
    Event,
    EventStatus,
    Invitation,
)

_BATCH = 2_000


@transaction.atomic
def open_check_in(*, event: Event, by: Actor, at: datetime) -> Event:
    """Show the rotating code from now on. Opened twice, it stays open."""
    event = locked_to_run(event, by)
    demand_going_on(event, at)
    if event.status == EventStatus.HELD:
        raise refuse("the event is over")
    if event.check_in_opened_at is not None and event.check_in_closed_at is None:
        return event
    event.check_in_opened_at = event.check_in_opened_at or at
    event.check_in_closed_at = None
    event.save(update_fields=["check_in_opened_at", "check_in_closed_at"])
    write_down(event, "event.check_in_opened", by=by, at=at, fields=["check_in_opened_at"])
    return event


@transaction.atomic
def close_check_in(*, event: Event, by: Actor, at: datetime) -> Event:
    """No code counts from now on."""
    event = locked_to_run(event, by)
    if event.check_in_opened_at is None or event.check_in_closed_at is not None:
        return event
    event.check_in_closed_at = at
    event.save(update_fields=["check_in_closed_at"])
    write_down(event, "event.check_in_closed", by=by, at=at, fields=["check_in_closed_at"])
    return event


@transaction.atomic
def check_in_with_code(*, event: Event, code: str, by: Actor, at: datetime) -> Attendance:
    """A participant enters the code that stands on the screen. Entered twice, it counts once.

    They must have been invited or belong to the branch's part of the tree; a tick that the branch
    had set for them becomes what the system has seen.
    """
    event = locked(event)
    demand_going_on(event, at)
    person = Person.objects.get(id=participant_id(by))
    _demand_of_event(event, person)
    there = Attendance.objects.filter(event=event, person=person).first()
    if there is not None and there.means == AttendanceMeans.CODE:
        return there
    _demand_open(event)
    if not is_current(event.check_in_secret, code, at):
        raise refuse("this is not the code on the screen now: look again, it changes")
    if there is None:
        there = Attendance(event=event, branch=event.branch, person=person)
    there.means = AttendanceMeans.CODE
    there.from_above = False
    there.recorded_at = at
    there.save()
    write_down(event, "event.checked_in", by=by, at=at, fields=["attendance"])
    return there


@transaction.atomic
def tick_attendance(
    *,
    event: Event,
    person_ids: Collection[UUID],
    means: str = AttendanceMeans.TICKS,
    reason: str = "",
    by: Actor,
    at: datetime,
) -> int:
    """Say who came: the whole set at once, in place of earlier ticks. Returns how many came.

    Whoever checked in with the code stays. Once the event is held, a change is a correction and
    needs its reason. Only people of the branch's part of the tree and the invited can be ticked.
    """
    event = locked_to_run(event, by)
    demand_doors_open(event, at)
    if means not in {AttendanceMeans.TICKS, AttendanceMeans.SHEET}:
        raise refuse("ticks come from the list or from a sheet")
    wanted = set(person_ids)
    rows = Attendance.objects.filter(event=event)
    listed_before = rows.count()
    ticked = set(
        rows.exclude(means=AttendanceMeans.CODE)
        .filter(person__isnull=False)
        .values_list("person_id", flat=True)
    )
    with_code = rows.filter(means=AttendanceMeans.CODE).values_list("person_id", flat=True)
    added = wanted - ticked - set(with_code)
    removed = ticked - wanted
    if not added and not removed:
        return listed_before
    _demand_known(event, added)
    rows.filter(person_id__in=removed).exclude(means=AttendanceMeans.CODE).delete()
    Attendance.objects.bulk_create(
        [
            Attendance(
                event=event,
                branch=event.branch,
                place=event.place,
                person_id=person_id,
                means=means,
                recorded_at=at,
                from_above=from_above(event, by),
            )
            for person_id in sorted(added)
        ],
        batch_size=_BATCH,
    )
    listed = listed_before + len(added) - len(removed)
    if event.status == EventStatus.HELD:
        note_correction(
            event,
            "attendance",
            before=listed_before,
            after=listed,
            reason=reason,
            by=by,
            at=at,
        )
        settle_quorum(event)
    _drop_count_below(event, listed)
    write_down(event, "event.attendance_ticked", by=by, at=at, fields=["attendance"])
    return listed


def _drop_count_below(event: Event, listed: int) -> None:
    """A head count with fewer heads than people listed can't be right: it is asked for anew."""
    if event.head_count is None or event.head_count >= listed:
        return
    event.head_count = event.head_counted_at = event.head_counted_by = None
    event.head_count_confirmed_at = event.head_count_confirmed_by = None
    event.save(
        update_fields=[
            "head_count",
            "head_counted_at",
            "head_counted_by",
            "head_count_confirmed_at",
            "head_count_confirmed_by",
        ]
    )


def _demand_open(event: Event) -> None:
    if event.check_in_opened_at is None:
        raise refuse("check-in is not open yet")
    if event.check_in_closed_at is not None:
        raise refuse("check-in is closed")


def _demand_of_event(event: Event, person: Person) -> None:
    branch = event.branch
    of_branch = branch.place <= person.place <= branch.place_end
    if not of_branch and not Invitation.objects.filter(event=event, person=person).exists():
        raise refuse("this person was not invited and is not of this branch")


def _demand_known(event: Event, person_ids: set[UUID]) -> None:
    branch = event.branch
    of_branch = Person.objects.filter(
        id__in=person_ids, place__range=(branch.place, branch.place_end)
    )
    invited = Invitation.objects.filter(event=event, person_id__in=person_ids)
    known = set(of_branch.values_list("id", flat=True))
    known |= set(invited.values_list("person_id", flat=True))
    if person_ids - known:
        raise refuse(
            "{number} of those ticked were not invited and are not of this branch",
            number=len(person_ids - known),
        )
