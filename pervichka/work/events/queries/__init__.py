"""What is true of events. Reads of personal data take the actor."""

from pervichka.work.events.evidence import Evidence
from pervichka.work.events.models import (
    MEETINGS,
    Answer,
    AttendanceMeans,
    Correction,
    Event,
    EventKind,
    EventStatus,
)
from pervichka.work.events.queries.for_facts import EventForFacts, ParticipantRow, facts_of
from pervichka.work.events.queries.links import Opened, link_holder, open_as, open_link
from pervichka.work.events.queries.lists import (
    EventFilter,
    EventRow,
    awaits_ticks,
    event_of,
    events_of,
)
from pervichka.work.events.queries.naming import may_read_names
from pervichka.work.events.queries.own import OwnEvent, own_events, participations
from pervichka.work.events.queries.page import (
    Answers,
    EventPage,
    Presence,
    answers_of,
    event_page,
    presence_of,
)
from pervichka.work.events.queries.participants import (
    Namelist,
    Participant,
    invitees,
    namelist,
)
from pervichka.work.events.queries.reached import people_of_event
from pervichka.work.events.queries.records import AttendanceRecord, records_of
from pervichka.work.events.queries.screen import CodeOnScreen, code_on_screen

__all__ = [
    "MEETINGS",
    "Answer",
    "Answers",
    "AttendanceMeans",
    "AttendanceRecord",
    "CodeOnScreen",
    "Correction",
    "Event",
    "EventFilter",
    "EventForFacts",
    "EventKind",
    "EventPage",
    "EventRow",
    "EventStatus",
    "Evidence",
    "Namelist",
    "Opened",
    "OwnEvent",
    "Participant",
    "ParticipantRow",
    "Presence",
    "answers_of",
    "awaits_ticks",
    "code_on_screen",
    "event_of",
    "event_page",
    "events_of",
    "facts_of",
    "invitees",
    "link_holder",
    "may_read_names",
    "namelist",
    "open_as",
    "open_link",
    "own_events",
    "participations",
    "people_of_event",
    "presence_of",
    "records_of",
]
