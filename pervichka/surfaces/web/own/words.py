"""What is held of a person, in that person's words."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from pervichka.register.people.queries import OwnData
from pervichka.register.posts.queries import Look
from pervichka.work.events.queries import OwnEvent

_AFFILIATIONS = {
    "member": gettext_noop("Member"),
    "candidate": gettext_noop("Candidate for membership"),
    "supporter": gettext_noop("Supporter"),
    "contact": gettext_noop("Contact"),
}
_ANSWERS = {
    "yes": gettext_noop("you answered: I will come"),
    "no": gettext_noop("you answered: I cannot"),
    "unsure": gettext_noop("you answered: not sure yet"),
}
_LOOKS = {
    "contact.dialled": gettext_noop("called or wrote to you"),
    "contact.shown": gettext_noop("saw your number or address"),
    "name.opened": gettext_noop("opened your name from above your branch"),
    "own_link.printed": gettext_noop("printed a link to this page"),
}
_WAYS = {
    "operator": gettext_noop("The server's administrator"),
    "system": gettext_noop("The system"),
}
_SOURCES = {
    "import": gettext_noop("from a list that was taken in"),
    "paper": gettext_noop("from a paper that you signed"),
    "link": gettext_noop("from a link that you opened"),
    "in_person": gettext_noop("from what you said in person"),
}
PRESSED_TO = {
    "join": gettext_noop("To join"),
    "agree": gettext_noop("To agree to my data being held"),
    "come": gettext_noop("To come to a meeting or an event"),
    "other": gettext_noop("To something else"),
}


@dataclass(frozen=True, kw_only=True)
class Bond:
    title: str
    since: date | None
    until: date | None


@dataclass(frozen=True, kw_only=True)
class Line:
    """Something that happened: when, where or by whom, and what."""

    at: datetime
    title: str
    where: str
    what: str
    reason: str = ""


def affiliations(data: OwnData) -> list[Bond]:
    return [
        Bond(title=_(_AFFILIATIONS[one.kind]), since=one.valid_from, until=one.valid_to)
        for one in data.affiliations
    ]


def event(one: OwnEvent) -> Line:
    said = [
        *([_("you were invited")] if one.invited else []),
        *([_(_ANSWERS[one.answer])] if one.answer else []),
        *([_("you came")] if one.came else []),
    ]
    return Line(at=one.starts_at, title=one.title, where=one.branch, what=", ".join(said))


def look(one: Look) -> Line:
    return Line(
        at=one.at,
        title=one.post or _(_WAYS.get(one.way, "Somebody who holds this post no more")),
        where=one.branch,
        what=_(_LOOKS.get(one.action, "looked at your record")),
        reason=one.reason,
    )


gettext_noop("Somebody who holds this post no more")
gettext_noop("looked at your record")


def sources(data: OwnData, entered: Look | None) -> list[str]:
    """How what is held came in, one sentence each."""
    said = [_(_SOURCES[one]) for one in data.sources if one in _SOURCES]
    if entered is not None:
        by = look(entered)
        who = ", ".join(part for part in (by.title, by.where) if part)
        said.append(
            _("entered on %(day)s: %(who)s") % {"day": f"{entered.at:%d.%m.%Y}", "who": who}
        )
    return said


def pressed_to() -> list[tuple[str, str]]:
    return [(code, _(title)) for code, title in PRESSED_TO.items()]
