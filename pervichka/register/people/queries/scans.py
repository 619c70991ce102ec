"""Pictures of sheets that wait: for their number, or for who signed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from pervichka.register.access.actor import Actor
from pervichka.register.access.permissions import Permission
from pervichka.register.branches.queries.units import branch_label
from pervichka.register.people.models import SheetScan
from pervichka.register.people.sheet_numbers import grouped

MOST = 200


@dataclass(frozen=True, kw_only=True)
class Scan:
    """`number` is that of the sheet it is filed to; empty while it waits for one."""

    id: UUID
    number: str
    shown_number: str
    branch: str
    taken_at: datetime


def scans_waiting(actor: Actor) -> Sequence[Scan]:
    """Those without a number first, each the oldest first; where the actor keeps people."""
    if actor.scope is None or not actor.may(Permission.CHANGE_PEOPLE):
        return []
    inside = SheetScan.objects.filter(place__range=(actor.scope.start, actor.scope.end))
    rows = inside.select_related("branch", "sheet").defer("sealed").order_by("taken_at", "id")
    return sorted(map(_scan, rows[:MOST]), key=lambda one: one.number != "")


def _scan(row: SheetScan) -> Scan:
    number = row.sheet.number if row.sheet else ""
    return Scan(
        id=row.id,
        number=number,
        shown_number=grouped(number),
        branch=branch_label(row.branch),
        taken_at=row.taken_at,
    )
