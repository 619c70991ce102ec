"""Rows of events to be written."""

from dataclasses import dataclass, field

from pervichka.work.events.actions.loading import (
    AgendaItemRow,
    AttendanceRow,
    EventRow,
    InvitationRow,
    MinutesRow,
    ResolutionRow,
)


@dataclass(kw_only=True)
class Events:
    events: list[EventRow] = field(default_factory=list)
    agenda: list[AgendaItemRow] = field(default_factory=list)
    resolutions: list[ResolutionRow] = field(default_factory=list)
    minutes: list[MinutesRow] = field(default_factory=list)
    invitations: list[InvitationRow] = field(default_factory=list)
    attendances: list[AttendanceRow] = field(default_factory=list)
