"""What stands on the projector while check-in is open."""

from dataclasses import dataclass
from datetime import datetime

from pervichka.register.access.actor import Actor
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import demand
from pervichka.work.events.codes import code_at, seconds_left
from pervichka.work.events.models import Attendance, AttendanceMeans, Event


@dataclass(frozen=True, kw_only=True)
class CodeOnScreen:
    """The code of this moment, for how many seconds it stands, and how many have entered one."""

    code: str
    seconds_left: int
    checked_in: int


def code_on_screen(actor: Actor, event: Event, *, at: datetime) -> CodeOnScreen | None:
    """The current code; none while check-in is not open."""
    demand(actor, Permission.RUN_EVENTS, event)
    if event.check_in_opened_at is None or event.check_in_closed_at is not None:
        return None
    return CodeOnScreen(
        code=code_at(event.check_in_secret, at),
        seconds_left=seconds_left(at),
        checked_in=Attendance.objects.filter(event=event, means=AttendanceMeans.CODE).count(),
    )
