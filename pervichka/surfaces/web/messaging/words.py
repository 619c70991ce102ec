"""States, reasons and purposes of messages in the reader's words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from pervichka.foundation.refusal import Refused
from pervichka.surfaces.web.refusals import reason_text
from pervichka.work.messaging.queries import CampaignStatus, Halt, LeftOut, purposes


@dataclass(frozen=True)
class Tag:
    """A word with its colour and icon."""

    text: str
    color: str
    icon: str


@dataclass(frozen=True)
class Problem:
    """Something to correct, and the field it is about."""

    text: str
    field: str = ""


_STATUSES = {
    CampaignStatus.DRAFT: (gettext_noop("Draft"), "neutral", "pencil"),
    CampaignStatus.WAITING: (gettext_noop("Waits for a second person"), "warning", "hourglass"),
    CampaignStatus.PLANNED: (gettext_noop("Will go out"), "info", "clock"),
    CampaignStatus.SENDING: (gettext_noop("Going out"), "info", "mail"),
    CampaignStatus.PAUSED: (gettext_noop("Paused"), "warning", "circle-minus"),
    CampaignStatus.DONE: (gettext_noop("Sent out"), "success", "circle-check"),
    CampaignStatus.STOPPED: (gettext_noop("Stopped"), "neutral", "list-x"),
}
_LEFT_OUT = {
    LeftOut.NO_CONSENT: gettext_noop("did not agree to it, or agree no longer"),
    LeftOut.NO_ADDRESS: gettext_noop("have no e-mail address that works"),
    LeftOut.CAPPED: gettext_noop("got as many letters this week as anybody may"),
    LeftOut.UNDER_AGE: gettext_noop("are under age"),
    LeftOut.SILENCE: gettext_noop("were in a silence period"),
    LeftOut.STOPPED: gettext_noop("were left when it was stopped"),
    LeftOut.GONE: gettext_noop("are in the register no longer"),
}
_HALTS = {
    Halt.NO_CALENDAR: gettext_noop(
        "No calendar of silence periods covers this day: nobody knows whether letters may go."
    ),
    Halt.NO_IMPRINT: gettext_noop("There is no imprint: nobody may campaign without one."),
}
_AFFILIATIONS = {
    "member": gettext_noop("Members"),
    "candidate": gettext_noop("Candidates"),
    "supporter": gettext_noop("Supporters"),
    "contact": gettext_noop("Contacts"),
}
_PARTS = {
    "invited": gettext_noop("All who were invited"),
    "accepted": gettext_noop("Those who will come"),
    "silent": gettext_noop("Those who have not answered"),
    "came": gettext_noop("Those who came"),
}


def status_tag(status: str) -> Tag:
    text, color, icon = _STATUSES[CampaignStatus(status)]
    return Tag(_(text), color, icon)


def status_options() -> list[tuple[str, str]]:
    return [(status.value, _(text)) for status, (text, _color, _icon) in _STATUSES.items()]


def left_out(counted: Mapping[str, int]) -> list[tuple[str, int]]:
    """Reasons in words and how many people each, the most first."""
    rows = sorted(counted.items(), key=lambda row: (-row[1], row[0]))
    return [(_(_LEFT_OUT[LeftOut(reason)]), number) for reason, number in rows]


def halt_text(halt: str) -> str:
    return _(_HALTS[Halt(halt)]) if halt else ""


def affiliation_options() -> list[tuple[str, str]]:
    return [(code, _(text)) for code, text in _AFFILIATIONS.items()]


def part_options() -> list[tuple[str, str]]:
    return [(code, _(text)) for code, text in _PARTS.items()]


def purpose_options() -> list[tuple[str, str]]:
    return [(code, _aim(aim)) for code, aim in purposes().items()]


def purpose_text(code: str) -> str:
    return dict(purpose_options()).get(code, code)


def aim_text(aim: Mapping[str, str]) -> str:
    return _aim(aim)


def problems(refused: Refused) -> Sequence[Problem]:
    return [Problem(reason_text(reason), reason.column or "") for reason in refused.reasons]


def _aim(aim: Mapping[str, str]) -> str:
    language = (get_language() or "ru")[:2]
    return aim.get(language) or aim.get("en", "")
