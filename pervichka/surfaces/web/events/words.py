"""Kinds, states, answers and evidence of events in the reader's words."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from pervichka.foundation.refusal import Reason, Refused
from pervichka.surfaces.web.refusals import reason_text
from pervichka.work.events.queries import (
    Answer,
    AttendanceMeans,
    EventKind,
    EventStatus,
    Evidence,
)


@dataclass(frozen=True)
class Tag:
    """A word with its colour and icon."""

    text: str
    color: str
    icon: str


_KINDS = {
    EventKind.GENERAL_MEETING: gettext_noop("General meeting"),
    EventKind.COUNCIL: gettext_noop("Council meeting"),
    EventKind.PRESIDIUM: gettext_noop("Presidium meeting"),
    EventKind.CONFERENCE: gettext_noop("Conference"),
    EventKind.RESIDENTS: gettext_noop("Meeting with residents"),
    EventKind.COMMUNITY_WORK: gettext_noop("Community work day"),
    EventKind.LECTURE: gettext_noop("Talk or lecture"),
    EventKind.CELEBRATION: gettext_noop("Celebration"),
    EventKind.OTHER: gettext_noop("Other event"),
}
_STATUSES = {
    EventStatus.PLANNED: gettext_noop("Planned"),
    EventStatus.HELD: gettext_noop("Took place"),
    EventStatus.CANCELLED: gettext_noop("Cancelled"),
}
_ANSWERS = {
    Answer.YES: gettext_noop("I'll come"),
    Answer.NO: gettext_noop("I can't come"),
    Answer.UNSURE: gettext_noop("I don't know yet"),
}
_MEANS = {
    AttendanceMeans.CODE: gettext_noop("code on own phone"),
    AttendanceMeans.TICKS: gettext_noop("ticked in the list"),
    AttendanceMeans.SHEET: gettext_noop("from the paper sheet"),
}
_EVIDENCE = {
    Evidence.SELF_REPORTED: gettext_noop("reported by the branch"),
    Evidence.OBSERVED: gettext_noop("seen by the system"),
    Evidence.VERIFIED: gettext_noop("confirmed by a second party"),
}
_AFFILIATIONS = {
    "member": gettext_noop("Members"),
    "candidate": gettext_noop("Candidates"),
    "supporter": gettext_noop("Supporters"),
    "contact": gettext_noop("Contacts"),
}
_FIELDS = {
    "kind": gettext_noop("What it is"),
    "title": gettext_noop("Title"),
    "starts_at": gettext_noop("Beginning"),
    "ends_at": gettext_noop("End"),
    "venue": gettext_noop("Where"),
    "description": gettext_noop("Details"),
    "attendance": gettext_noop("How many came"),
    "resolutions": gettext_noop("Decisions"),
    "minutes": gettext_noop("Minutes"),
    "status": gettext_noop("State"),
}


@dataclass(frozen=True)
class Problem:
    """A reason for the error summary, leading to its field."""

    text: str
    field: str = ""


def kind_title(kind: str) -> str:
    return _(_KINDS[EventKind(kind)])


def kind_options() -> list[tuple[str, str]]:
    return [(str(kind), _(title)) for kind, title in _KINDS.items()]


def status_options() -> list[tuple[str, str]]:
    return [(str(status), _(title)) for status, title in _STATUSES.items()]


def status_tag(status: str, *, awaits: bool = False) -> Tag:
    """`awaits`: planned, its day is past, and nobody has said who came."""
    if awaits:
        return Tag(_("Awaiting who came"), color="warning", icon="user-round-check")
    text = _(_STATUSES[EventStatus(status)])
    if status == EventStatus.HELD:
        return Tag(text, color="success", icon="calendar-check")
    if status == EventStatus.CANCELLED:
        return Tag(text, color="warning", icon="calendar-x")
    return Tag(text, color="info", icon="calendar-days")


def answer_options() -> list[tuple[str, str]]:
    return [(str(answer), _(title)) for answer, title in _ANSWERS.items()]


def answer_title(answer: str | None) -> str:
    """What an invited person answered; nothing for those who have not."""
    return _(_ANSWERS[Answer(answer)]) if answer else ""


def means_title(means: str) -> str:
    return _(_MEANS[AttendanceMeans(means)])


def evidence_title(known: Evidence) -> str:
    return _(_EVIDENCE[known])


def affiliation_title(affiliation: str) -> str:
    return _(_AFFILIATIONS[affiliation])


def field_title(field: str) -> str:
    return _(_FIELDS[field]) if field in _FIELDS else field


def value_title(field: str, value: str) -> str:
    """A value that a correction kept, where it is a word of ours."""
    if field == "kind" and value in EventKind.values:
        return kind_title(value)
    if field == "status" and value in EventStatus.values:
        return status_tag(value).text
    return value


def problems(refused: Refused) -> list[Problem]:
    """The reasons of a refusal, as sentences: with a capital, whatever wrote them."""
    texts = ((reason_text(reason), reason.column or "") for reason in refused.reasons)
    return [Problem(text[:1].upper() + text[1:], field) for text, field in texts]


def not_a_number(field: str) -> Reason:
    return Reason(message="write a whole number in figures", column=field)
