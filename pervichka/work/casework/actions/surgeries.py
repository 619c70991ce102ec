"""Open hours: announced, held or called off; slots booked by visitors without an account."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction

from pervichka.foundation.journal import journal
from pervichka.foundation.refusal import Reason, Refused, refuse
from pervichka.register.access.actor import Actor
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import Forbidden, demand
from pervichka.register.branches.models import Branch
from pervichka.register.people.contact_values import phone_number
from pervichka.work.casework import sealed
from pervichka.work.casework.models import Booking, Surgery, SurgeryStatus
from pervichka.work.casework.sealed import Applicant
from pervichka.work.casework.subjects import subjects

MOST_WEEKS = 26
_MOST_HOURS = timedelta(hours=12)
_WEEK = timedelta(weeks=1)


@transaction.atomic
def announce_surgeries(
    *,
    branch: Branch,
    begins_at: datetime,
    ends_at: datetime,
    venue: str,
    slot_minutes: int = 15,
    weeks: int = 1,
    by: Actor,
    at: datetime,
) -> list[Surgery]:
    """Open hours on that day and the same weekday of the weeks after it, `weeks` in all.

    Announced twice, they stand once. Raises `Refused` with every reason.
    """
    demand(by, Permission.HANDLE_APPEALS, branch)
    _check(begins_at, ends_at, venue, slot_minutes, weeks, at)
    made = []
    for week in range(weeks):
        begins = begins_at + week * _WEEK
        if Surgery.objects.filter(branch=branch, begins_at=begins).exists():
            continue
        surgery = Surgery.objects.create(
            branch=branch,
            begins_at=begins,
            ends_at=ends_at + week * _WEEK,
            slot_minutes=slot_minutes,
            venue=venue.strip(),
            announced_at=at,
        )
        _write_down(surgery, "surgery.announced", by=by, at=at, fields=["begins_at", "venue"])
        made.append(surgery)
    return made


@transaction.atomic
def cancel_surgery(*, surgery: Surgery, reason: str, by: Actor, at: datetime) -> Surgery:
    """Call them off. Cancelled twice, they stay so."""
    surgery = _locked_to_run(surgery, by)
    if surgery.status == SurgeryStatus.CANCELLED:
        return surgery
    if not reason.strip():
        raise Refused(Reason(message="say why: visitors will read it", column="reason"))
    surgery.status = SurgeryStatus.CANCELLED
    surgery.cancel_reason, surgery.cancelled_at = reason.strip(), at
    surgery.held_at = surgery.came = None
    surgery.save(update_fields=["status", "cancel_reason", "cancelled_at", "held_at", "came"])
    _write_down(surgery, "surgery.cancelled", by=by, at=at, fields=["status"])
    return surgery


@transaction.atomic
def hold_surgery(*, surgery: Surgery, came: int, by: Actor, at: datetime) -> Surgery:
    """Say that they were held and how many came; nobody came is an answer too."""
    surgery = _locked_to_run(surgery, by)
    if surgery.status == SurgeryStatus.CANCELLED:
        raise refuse("the open hours were cancelled")
    if at < surgery.begins_at:
        raise refuse("they have not begun yet")
    if not 0 <= came <= 1000:
        raise Refused(Reason(message="write how many came, in figures", column="came"))
    if (surgery.status, surgery.came) == (SurgeryStatus.HELD, came):
        return surgery
    surgery.status, surgery.came = SurgeryStatus.HELD, came
    surgery.held_at = surgery.held_at or at
    surgery.held_from_above = by.branch_id is not None and by.branch_id != surgery.branch_id
    surgery.save(update_fields=["status", "came", "held_at", "held_from_above"])
    _write_down(surgery, "surgery.held", by=by, at=at, fields=["came"])
    return surgery


@transaction.atomic
def book_slot(
    *,
    surgery: Surgery,
    begins_at: datetime,
    name: str,
    phone: str,
    subject: str,
    agreed: bool,
    booking_id: UUID,
    by: Actor,
    at: datetime,
) -> Booking:
    """Book a slot. `by` is the visitor, under the booking's own id. Sent twice, it is booked once.

    Raises `Refused`: also where somebody else was quicker.
    """
    if by.person_id != booking_id:
        raise Forbidden(by, Permission.HANDLE_APPEALS)
    there = Booking.objects.filter(id=booking_id).first()
    if there is not None:
        return there
    visitor = _visitor(name, phone, subject, agreed=agreed)
    with connection.cursor() as cursor:
        # Two who want the same slot come one after the other; neither sees the other's booking.
        cursor.execute("select pg_advisory_xact_lock(hashtext(%s))", [f"surgery {surgery.id}"])
    if begins_at not in free_slots(surgery, at=at):
        raise Refused(Reason(message="this time is taken: choose another", column="slot"))
    booking = Booking(
        id=booking_id,
        surgery=surgery,
        branch=surgery.branch,
        begins_at=begins_at,
        subject=subject,
        booked_at=at,
        sealed_visitor=sealed.VISITOR.seal(booking_id, visitor.as_text()),
    )
    booking.save()
    booking.refresh_from_db(fields=["number"])
    _write_down(surgery, "surgery.booked", by=by, at=at, fields=["booking"])
    return booking


@transaction.atomic
def cancel_booking(*, booking: Booking, by: Actor, at: datetime) -> Booking:
    """The visitor can't come: the slot is free again."""
    booking = _locked_booking(booking, by)
    if booking.cancelled_at is None:
        if at >= booking.begins_at:
            raise refuse("the time is over")
        booking.cancelled_at = at
        booking.save(update_fields=["cancelled_at"])
        _write_down(booking.surgery, "surgery.unbooked", by=by, at=at, fields=["booking"])
    return booking


@transaction.atomic
def say_received(*, booking: Booking, by: Actor, at: datetime) -> Booking:
    """The visitor says that somebody was there: so it is known that the hours were held."""
    booking = _locked_booking(booking, by)
    if booking.cancelled_at is not None:
        raise refuse("the booking was cancelled")
    if at < booking.begins_at:
        raise refuse("they have not begun yet")
    if booking.received_at is None:
        booking.received_at = at
        booking.save(update_fields=["received_at"])
        _write_down(booking.surgery, "surgery.visited", by=by, at=at, fields=["booking"])
    return booking


def free_slots(surgery: Surgery, *, at: datetime) -> list[datetime]:
    """The beginnings of what can still be booked."""
    if surgery.status != SurgeryStatus.ANNOUNCED:
        return []
    with connection.cursor() as cursor:
        cursor.execute("select surgery_taken(%s)", [surgery.id])
        (taken,) = cursor.fetchone()
    slot, free = timedelta(minutes=surgery.slot_minutes), []
    begins = surgery.begins_at
    while begins + slot <= surgery.ends_at:
        if begins > at and begins not in taken:
            free.append(begins)
        begins += slot
    return free


def _check(
    begins_at: datetime, ends_at: datetime, venue: str, slot: int, weeks: int, at: datetime
) -> None:
    reasons = []
    if begins_at <= at:
        reasons.append(Reason(message="open hours are announced beforehand", column="day"))
    if not timedelta() < ends_at - begins_at <= _MOST_HOURS:
        reasons.append(Reason(message="they must end after they begin", column="ends"))
    if not venue.strip() or len(venue.strip()) > 200:
        reasons.append(Reason(message="say where, and how to find the door", column="venue"))
    if not 5 <= slot <= 120:
        reasons.append(Reason(message="a visit takes 5 to 120 minutes", column="slot"))
    if not 1 <= weeks <= MOST_WEEKS:
        reasons.append(
            Reason(
                message="they repeat for 1 to {most} weeks",
                params={"most": MOST_WEEKS},
                column="weeks",
            )
        )
    if reasons:
        raise Refused(*reasons)


def _visitor(name: str, phone: str, subject: str, *, agreed: bool) -> Applicant:
    reasons = []
    plain = phone_number(phone) if phone.strip() else ""
    if not name.strip() or len(name.strip()) > 200:
        reasons.append(Reason(message="say how to address you", column="name"))
    if not plain:
        reasons.append(
            Reason(message="give a phone number, in case the hours are called off", column="phone")
        )
    if subject not in subjects():
        reasons.append(Reason(message="choose what it is about", column="subject"))
    if not agreed:
        reasons.append(
            Reason(message="without your consent we can't keep your contacts", column="agreed")
        )
    if reasons:
        raise Refused(*reasons)
    return Applicant(name=name.strip(), phone=plain or "")


def _locked_to_run(surgery: Surgery, by: Actor) -> Surgery:
    fresh = Surgery.objects.select_for_update(of=("self",)).select_related("branch")
    found = fresh.filter(id=surgery.id).first()
    if found is None:
        # Anyone reads the notice; only whose scope it lies in may hold the row.
        raise Forbidden(by, Permission.HANDLE_APPEALS)
    demand(by, Permission.HANDLE_APPEALS, found)
    return found


def _locked_booking(booking: Booking, by: Actor) -> Booking:
    if by.person_id != booking.id:
        raise Forbidden(by, Permission.HANDLE_APPEALS)
    fresh = Booking.objects.select_for_update(of=("self",)).select_related("surgery__branch")
    return fresh.get(id=booking.id)


def _write_down(
    surgery: Surgery, action: str, *, by: Actor, at: datetime, fields: list[str]
) -> None:
    journal.append(
        by=by, at=at, action=action, subject=surgery, branch=surgery.branch, fields=fields
    )
