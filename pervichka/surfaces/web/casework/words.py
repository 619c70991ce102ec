"""Subjects, states, ways and steps of appeals in the reader's words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from pervichka.foundation.refusal import Refused
from pervichka.surfaces.web.refusals import reason_text
from pervichka.surfaces.web.templatetags.pervichka import text_of
from pervichka.work.casework.queries import (
    Channel,
    Status,
    StepKind,
    SurgeryStatus,
    TellBy,
    subjects,
)


@dataclass(frozen=True)
class Tag:
    """A word with its colour and icon."""

    text: str
    color: str
    icon: str


@dataclass(frozen=True)
class Problem:
    """A reason for the error summary, leading to its field."""

    text: str
    field: str = ""


_CHANNELS = {
    Channel.PAGE: gettext_noop("from the public page"),
    Channel.PHONE: gettext_noop("by phone"),
    Channel.SURGERY: gettext_noop("in open hours"),
    Channel.DOOR: gettext_noop("at the door"),
}
_WAYS = {
    TellBy.PAGE: gettext_noop("I'll look here by number and code"),
    TellBy.EMAIL: gettext_noop("By e-mail"),
    TellBy.PHONE: gettext_noop("Call me"),
    TellBy.PAPER: gettext_noop("On paper, by post"),
}
_WANTED = {
    TellBy.PAGE: gettext_noop("on the site, by number and code"),
    TellBy.EMAIL: gettext_noop("by e-mail"),
    TellBy.PHONE: gettext_noop("by phone"),
    TellBy.PAPER: gettext_noop("on paper"),
}
_STATUSES = {
    Status.RECEIVED: gettext_noop("Not registered yet"),
    Status.OPEN: gettext_noop("Being worked on"),
    Status.ANSWERED: gettext_noop("Answered"),
    Status.CLOSED: gettext_noop("Closed"),
}
_STEPS = {
    StepKind.RECEIVED: gettext_noop("The appeal came"),
    StepKind.REGISTERED: gettext_noop("Registered"),
    StepKind.SUBJECT_CHANGED: gettext_noop("The subject was changed"),
    StepKind.ASSIGNED: gettext_noop("Given to a post of the branch"),
    StepKind.FORWARDED: gettext_noop("Handed over"),
    StepKind.EXTENDED: gettext_noop("The deadline was moved"),
    StepKind.NOTE: gettext_noop("Note"),
    StepKind.ANSWERED: gettext_noop("Answered"),
    StepKind.SOLVED: gettext_noop("Solved"),
    StepKind.SILENT: gettext_noop("Closed: nobody objected"),
    StepKind.REOPENED: gettext_noop("Not solved: opened again"),
    StepKind.RATED: gettext_noop("The answer was rated"),
    StepKind.LETTER_SENT: gettext_noop("Letter to an authority"),
    StepKind.LETTER_REPLIED: gettext_noop("The authority replied"),
    StepKind.FILE_ADDED: gettext_noop("A file was added"),
    StepKind.WITHDRAWN: gettext_noop("The applicant deleted their data"),
}
_HOURS = {
    SurgeryStatus.ANNOUNCED: gettext_noop("Announced"),
    SurgeryStatus.HELD: gettext_noop("Took place"),
    SurgeryStatus.CANCELLED: gettext_noop("Cancelled"),
}


def subject_title(code: str) -> str:
    known = subjects().get(code)
    return code if known is None else text_of(known.title)


def subject_options() -> list[tuple[str, str]]:
    return [(code, text_of(one.title)) for code, one in subjects().items()]


def channel_title(channel: str) -> str:
    return _(_CHANNELS[Channel(channel)])


def channel_options() -> list[tuple[str, str]]:
    """The ways in which a branch takes an appeal down."""
    taken = (Channel.PHONE, Channel.SURGERY, Channel.DOOR)
    return [(str(one), _(_CHANNELS[one]).capitalize()) for one in taken]


def way_title(way: str) -> str:
    """How the applicant wants the answer, as others say it."""
    return _(_WANTED[TellBy(way)])


def way_options() -> list[tuple[str, str]]:
    return [(str(way), _(title)) for way, title in _WAYS.items()]


def step_title(kind: str) -> str:
    return _(_STEPS[StepKind(kind)])


def state_options() -> list[tuple[str, str]]:
    return [
        ("open", _("Waiting for an answer")),
        ("overdue", _("Overdue")),
        (Status.RECEIVED, _(_STATUSES[Status.RECEIVED])),
        (Status.ANSWERED, _(_STATUSES[Status.ANSWERED])),
        (Status.CLOSED, _(_STATUSES[Status.CLOSED])),
        ("all", _("All")),
    ]


def status_tag(status: str, *, overdue: bool = False) -> Tag:
    text = _(_STATUSES[Status(status)])
    if overdue:
        return Tag(text, color="danger", icon="clock-alert")
    if status == Status.ANSWERED:
        return Tag(text, color="info", icon="message-square-reply")
    if status == Status.CLOSED:
        return Tag(text, color="success", icon="circle-check")
    return Tag(text, color="warning", icon="hourglass")


def hours_tag(status: str) -> Tag:
    text = _(_HOURS[SurgeryStatus(status)])
    if status == SurgeryStatus.HELD:
        return Tag(text, color="success", icon="calendar-check")
    if status == SurgeryStatus.CANCELLED:
        return Tag(text, color="warning", icon="calendar-x")
    return Tag(text, color="info", icon="calendar-days")


def day(value: date) -> str:
    return date_format(value, "DATE_FORMAT")


def masked_phone(phone: str) -> str:
    """`+7 ••• ••• 45 67`: enough to tell one's own from another."""
    return f"{phone[:2]} ••• ••• {phone[-4:-2]} {phone[-2:]}" if phone else ""


def masked_email(email: str) -> str:
    name, _at, domain = email.partition("@")
    return f"{name[:1]}•••@{domain}" if email else ""


def problems(refused: Refused) -> list[Problem]:
    """The reasons of a refusal, as sentences: with a capital, whatever wrote them."""
    texts = ((reason_text(reason), reason.column or "") for reason in refused.reasons)
    return [Problem(text[:1].upper() + text[1:], field) for text, field in texts]


def by_field(errors: list[Problem]) -> Mapping[str, str]:
    """The texts of errors by the field that they stand at."""
    return {error.field: error.text for error in errors}
