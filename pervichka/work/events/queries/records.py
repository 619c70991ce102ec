"""The records of who came, each with how it is known: what a score opens down to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from pervichka.register.access.actor import Actor
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import demand
from pervichka.work.events import evidence
from pervichka.work.events.evidence import Came, Count, Evidence
from pervichka.work.events.models import Attendance, Event
from pervichka.work.events.queries.naming import may_read_names


@dataclass(frozen=True, kw_only=True)
class AttendanceRecord:
    """`name` is there for the branch's own post-holders alone; for others "participant 7"."""

    id: UUID
    number: int
    name: str | None
    means: str
    recorded_at: datetime
    has_vote: bool
    known: Evidence


def records_of(actor: Actor, event: Event) -> Sequence[AttendanceRecord]:
    """Everyone who came, numbered in the order in which they were recorded. One query."""
    demand(actor, Permission.SEE_EVIDENCE, event)
    named = may_read_names(actor, event)
    rows = list(
        Attendance.objects.filter(event=event)
        .select_related("person")
        .order_by("recorded_at", "id")
    )
    count = Count(heads=event.head_count, confirmed_at=event.head_count_confirmed_at)
    return [
        AttendanceRecord(
            id=row.id,
            number=number,
            name=row.person.short_name if named and row.person else None,
            means=row.means,
            recorded_at=row.recorded_at,
            has_vote=row.has_vote,
            known=evidence.of_attendance(
                Came(means=row.means, recorded_at=row.recorded_at), count, listed=len(rows)
            ),
        )
        for number, row in enumerate(rows, start=1)
    ]
