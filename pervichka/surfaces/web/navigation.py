"""The sections in the header: which there are for whom."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from pervichka.register.access.permissions import Permission


@dataclass(frozen=True)
class Section:
    """A link of the header; `current` while one of its pages is shown."""

    title: str
    address: str
    current: bool


# Title, page it leads to, beginnings of its pages' names, permission without which it isn't there.
_SECTIONS: list[tuple[str, str, tuple[str, ...], Permission | None]] = [
    (
        gettext_noop("Overview"),
        "web:home",
        ("home", "overview", "branch", "silent", "evidence", "request"),
        Permission.SEE_SCORES,
    ),
    (gettext_noop("People"), "web:people", ("people", "person"), Permission.SEE_PEOPLE),
    (gettext_noop("Events"), "web:event-list", ("event",), Permission.SEE_EVENTS),
    (gettext_noop("Messages"), "web:message-list", ("message",), Permission.SEE_MESSAGES),
    (gettext_noop("Consents"), "web:sheets", ("sheet",), Permission.CHANGE_PEOPLE),
    (gettext_noop("Reach"), "web:reach", ("reach",), Permission.SEE_BRANCHES),
    (gettext_noop("Access"), "web:access", ("access",), Permission.SEE_ACCESS),
    (gettext_noop("Sign-ins"), "web:sign-ins", ("sign-ins",), Permission.ISSUE_SLIPS),
    (gettext_noop("Texts"), "web:texts", ("text",), Permission.PUBLISH_TEXTS),
    (gettext_noop("Ledger"), "web:ledger", ("ledger",), Permission.READ_LEDGER),
    (gettext_noop("Journal"), "web:journal", ("journal",), Permission.READ_JOURNAL),
    (gettext_noop("Pressure"), "web:pressure", ("pressure",), Permission.RECEIVE_PRESSURE),
    (gettext_noop("Standard"), "web:standard", ("standard",), None),
]


def navigation(request: HttpRequest) -> list[Section]:
    actor = getattr(request, "actor", None)
    match = request.resolver_match
    here = (match.url_name or "") if match else ""
    sections = []
    for title, name, beginnings, permission in _SECTIONS:
        if permission is not None and (actor is None or permission not in actor.permissions):
            continue
        try:
            address = reverse(name)
        except NoReverseMatch:
            continue
        sections.append(Section(_(title), address, here.startswith(beginnings)))
    return sections
