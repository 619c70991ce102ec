"""States, purposes and columns of exports in the reader's words."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from pervichka.foundation.refusal import Reason, Refused
from pervichka.register.disclosure.policy import policy
from pervichka.register.disclosure.queries import ExportRow
from pervichka.surfaces.web.events.words import affiliation_title
from pervichka.surfaces.web.refusals import reason_text
from pervichka.surfaces.web.templatetags.pervichka import text_of

_COLUMNS = {
    "code": gettext_noop("code"),
    "full_name": gettext_noop("name"),
    "branch": gettext_noop("branch"),
    "affiliation": gettext_noop("affiliation"),
    "affiliated_on": gettext_noop("since when"),
    "confirmed_on": gettext_noop("last confirmed"),
    "phone": gettext_noop("phone, of those who agreed to be called"),
    "email": gettext_noop("e-mail, of those who agreed to be written to"),
}
_KINDS = ("member", "candidate", "supporter", "contact")
# State: its word, colour and icon.
_STATES = {
    "waiting": (gettext_noop("Waits for a second person"), "warning", "hourglass"),
    "asked": (gettext_noop("Being made"), "info", "clock"),
    "made": (gettext_noop("Ready"), "success", "circle-check"),
    "failed": (gettext_noop("Not made"), "danger", "circle-alert"),
    "refused": (gettext_noop("Refused"), "danger", "circle-minus"),
    "gone": (gettext_noop("Destroyed"), "neutral", "circle-dashed"),
}


@dataclass(frozen=True)
class Tag:
    """A word with its colour and icon."""

    text: str
    color: str
    icon: str


@dataclass(frozen=True)
class Problem:
    """What is wrong, and the field it is about."""

    text: str
    field: str = ""


def problems(refused: Refused) -> list[Problem]:
    """The reasons as sentences, each with its field."""
    return [_problem(reason) for reason in refused.reasons]


def _problem(reason: Reason) -> Problem:
    text = reason_text(reason)
    return Problem(text[:1].upper() + text[1:], reason.column or "")


def state_tag(row: ExportRow) -> Tag:
    text, color, icon = _STATES[row.state]
    return Tag(_(text), color, icon)


def outcome(row: ExportRow) -> str:
    """Until when it can be had or decided, or what became of it, in a sentence."""
    until = {"moment": date_format(localtime(row.expires_at), "DATETIME_FORMAT")}
    if row.state == "made":
        return _("Can be downloaded until %(moment)s, then it is destroyed") % until
    if row.state == "waiting":
        return _("To be decided until %(moment)s") % until
    if row.state == "failed" and row.failure:
        return _problem(Reason(**row.failure)).text
    return row.reason


def purpose_title(code: str) -> str:
    """The purpose in words; its code where the policy no longer knows it."""
    purpose = policy().purposes.get(code)
    return code if purpose is None else text_of(purpose.title)


def purpose_options() -> list[tuple[str, str, str]]:
    """Each purpose with the columns that the file then has."""
    return [
        (purpose.code, text_of(purpose.title), columns_text(purpose.columns))
        for purpose in policy().purposes.values()
    ]


def columns_text(columns: Sequence[str]) -> str:
    return ", ".join(_(_COLUMNS[name]) for name in columns)


def affiliation_text(affiliation: str) -> str:
    return affiliation_title(affiliation) if affiliation in _KINDS else _("Everybody")


def affiliation_options() -> list[tuple[str, str]]:
    return [("", _("Everybody")), *((kind, affiliation_title(kind)) for kind in _KINDS)]
