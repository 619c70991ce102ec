"""The branch's own secretary says that what the branch above entered is true."""

from datetime import datetime

from django.db import transaction

from pervichka.register.access.actor import Actor
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import Forbidden, demand
from pervichka.work.events.actions.steps import demand_not_cancelled, from_above, locked, write_down
from pervichka.work.events.models import Attendance, Event


@transaction.atomic
def confirm_entries(*, event: Event, by: Actor, at: datetime) -> int:
    """Ticks and a head count from above count like the branch's own. Returns how many ticks.

    Confirmed twice, it stays so. Nobody above the branch confirms their own entries.
    """
    event = locked(event)
    demand(by, Permission.CONFIRM_ENTRIES, event)
    if from_above(event, by):
        raise Forbidden(by, Permission.CONFIRM_ENTRIES)
    demand_not_cancelled(event)
    confirmed = Attendance.objects.filter(event=event, from_above=True).update(from_above=False)
    if not confirmed and not event.head_count_from_above:
        return 0
    event.head_count_from_above = False
    event.save(update_fields=["head_count_from_above"])
    write_down(event, "event.entries_confirmed", by=by, at=at, fields=["attendance", "head_count"])
    return confirmed
