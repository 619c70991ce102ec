"""Open hours: a notice for anyone; who booked, for the branch's own people alone."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from pervichka.foundation.ids import new_id
from pervichka.register.access.actor import Actor
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import demand
from pervichka.register.accounts.limits import give_back, take
from pervichka.register.branches.models import Branch
from pervichka.register.branches.queries.units import branch_label
from pervichka.work.casework import codes, sealed
from pervichka.work.casework.evidence import Evidence
from pervichka.work.casework.models import Booking, Surgery, SurgeryStatus
from pervichka.work.casework.queries.applicants import (
    CODE_FROM_ADDRESS,
    CODE_OF_NUMBER,
    applicant,
)
from pervichka.work.casework.sealed import Applicant


@dataclass(frozen=True, kw_only=True)
class HoursLine:
    """Open hours in a list; `booked` is how many slots are taken."""

    id: UUID
    branch_label: str
    venue: str
    begins_at: datetime
    ends_at: datetime
    status: str
    came: int | None
    booked: int


@dataclass(frozen=True, kw_only=True)
class Visitor:
    """Who booked which slot. Shown to the branch's own people alone."""

    begins_at: datetime
    name: str
    phone: str
    subject: str
    received: bool


def announced_near(branch: Branch, *, at: datetime, limit: int = 30) -> Sequence[Surgery]:
    """What anyone may book in the branch, above it and right below it. One query."""
    near = Q(branch__place__lte=branch.place, branch__place_end__gte=branch.place_end)
    near |= Q(branch__parent=branch) | Q(branch__parent=branch.parent_id, branch__level="local")
    found = Surgery.objects.filter(near, status=SurgeryStatus.ANNOUNCED, ends_at__gt=at)
    return list(found.select_related("branch").order_by("begins_at", "id")[:limit])


def announced(surgery_id: UUID) -> Surgery | None:
    """Open hours that were announced, whoever asks."""
    return Surgery.objects.select_related("branch").filter(id=surgery_id).first()


def surgeries_of(
    actor: Actor, *, offset: int = 0, limit: int = 50
) -> tuple[Sequence[HoursLine], int]:
    """Those of the actor's part of the tree, the latest first. Three queries."""
    demand(actor, Permission.HANDLE_APPEALS)
    found = Surgery.objects.none()
    if actor.scope is not None:
        found = Surgery.objects.filter(place__range=(actor.scope.start, actor.scope.end))
    rows = list(
        found.select_related("branch").order_by("-begins_at", "id")[offset : offset + limit]
    )
    booked = Counter(
        Booking.objects.filter(surgery__in=rows, cancelled_at=None).values_list(
            "surgery_id", flat=True
        )
    )
    lines = [
        HoursLine(
            id=row.id,
            branch_label=branch_label(row.branch),
            venue=row.venue,
            begins_at=row.begins_at,
            ends_at=row.ends_at,
            status=row.status,
            came=row.came,
            booked=booked[row.id],
        )
        for row in rows
    ]
    return lines, found.count()


def surgery_of(actor: Actor, surgery_id: UUID) -> Surgery:
    """Raises `Surgery.DoesNotExist` also for one out of the actor's sight."""
    demand(actor, Permission.HANDLE_APPEALS)
    found = Surgery.objects.select_related("branch").get(id=surgery_id)
    if not actor.may(Permission.HANDLE_APPEALS, found.place):
        raise Surgery.DoesNotExist
    return found


def visitors_of(actor: Actor, surgery: Surgery) -> Sequence[Visitor]:
    """Who booked, by time; none above the branch. One query."""
    if actor.branch_id not in {None, surgery.branch_id}:
        return []
    found = Booking.objects.filter(surgery=surgery, cancelled_at=None, sealed_visitor__isnull=False)
    visitors = []
    for row in found.order_by("begins_at"):
        known = Applicant.of_text(sealed.VISITOR.open(row.id, row.sealed_visitor or b""))
        visitors.append(
            Visitor(
                begins_at=row.begins_at,
                name=known.name,
                phone=known.phone,
                subject=row.subject,
                received=row.received_at is not None,
            )
        )
    return visitors


def known_visitor(*, number: str, code: str, address: str, at: datetime) -> Actor | None:
    """The visitor whose number and code these are; none in one way, whatever is wrong."""
    typed = codes.number_typed(number)
    from_address = take(CODE_FROM_ADDRESS, address, at=at)
    of_number = take(CODE_OF_NUMBER, f"booking {typed}", at=at)
    if from_address.rests_until is not None or of_number.rests_until is not None:
        return None
    found = None
    if typed is not None:
        with connection.cursor() as cursor:
            cursor.execute("select booking_numbered(%s)", [typed])
            (found,) = cursor.fetchone()
    if not codes.opens(found or new_id(), code) or found is None:
        return None
    give_back(from_address)
    give_back(of_number)
    return applicant(found)


def own_booking(actor: Actor) -> Booking | None:
    """The booking of a visitor, who asks."""
    found = Booking.objects.select_related("surgery__branch").filter(id=actor.person_id or new_id())
    return found.first()


@dataclass(frozen=True, slots=True, kw_only=True)
class SurgeryForFacts:
    """Open hours as a plain row. `held` is none where they were not held."""

    id: UUID
    branch_id: UUID
    place: int
    day: date
    hours: int  # in thousandths
    called_off_ahead: bool
    held: Evidence | None


def surgery_facts(ids: Collection[UUID] | None) -> Iterator[SurgeryForFacts]:
    """These open hours (none named: all). One query."""
    visited = Booking.objects.filter(surgery=OuterRef("id"), received_at__isnull=False)
    found = Surgery.objects.annotate(visited=Exists(visited)).order_by("id")
    if ids is not None:
        found = found.filter(id__in=list(ids))
    for row in found.iterator(chunk_size=2_000):
        day = timezone.localdate(row.begins_at)
        held = None
        if row.status == SurgeryStatus.HELD:
            # An empty room says of itself that it was open: only a visitor knows.
            known = vars(row)["visited"] and not row.held_from_above
            held = Evidence.VERIFIED if known else Evidence.SELF_REPORTED
        yield SurgeryForFacts(
            id=row.id,
            branch_id=row.branch_id,
            place=row.place,
            day=day,
            hours=round((row.ends_at - row.begins_at).total_seconds() / 3.6),
            called_off_ahead=row.cancelled_at is not None
            and timezone.localdate(row.cancelled_at) < day,
            held=held,
        )
