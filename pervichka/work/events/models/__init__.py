"""Meetings and events of branches: the plan, who was asked, who came, what was decided."""

from pervichka.work.events.models.corrections import Correction
from pervichka.work.events.models.event import MEETINGS, Event, EventKind, EventStatus
from pervichka.work.events.models.meeting import AgendaItem, Minutes, Resolution
from pervichka.work.events.models.participants import (
    Answer,
    AnswerMeans,
    Attendance,
    AttendanceMeans,
    Invitation,
)

__all__ = [
    "MEETINGS",
    "AgendaItem",
    "Answer",
    "AnswerMeans",
    "Attendance",
    "AttendanceMeans",
    "Correction",
    "Event",
    "EventKind",
    "EventStatus",
    "Invitation",
    "Minutes",
    "Resolution",
]
