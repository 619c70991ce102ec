"""A branch's events and posts, as lines of its page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from pervichka.register.access.actor import Actor
from pervichka.register.access.permissions import Permission
from pervichka.register.branches.queries.units import Unit
from pervichka.register.posts.queries import posts_of_branch
from pervichka.surfaces.web.templatetags.pervichka import number
from pervichka.work.casework.queries import waiting_in
from pervichka.work.events.queries import (
    EventFilter,
    EventRow,
    EventStatus,
    awaits_ticks,
    events_of,
)

MOST_EVENTS = 6
MOST_UNTICKED = 3


@dataclass(frozen=True)
class EventLine:
    title: str
    detail: str
    address: str


@dataclass(frozen=True)
class PostLine:
    title: str
    filled: bool
    detail: str


def unticked_here(unit: Unit, actor: Actor, today: date) -> list[EventLine]:
    """The branch's own events whose day is past and of which nobody has said who came."""
    planned = EventFilter(
        branch_id=unit.id, status=EventStatus.PLANNED, until=today - timedelta(days=1)
    )
    rows, _total = events_of(actor, planned, limit=MOST_UNTICKED)
    return [_event(row, unit) for row in rows]


def events_here(unit: Unit, actor: Actor, today: date) -> list[EventLine]:
    """The latest events of the branch and below it."""
    if Permission.SEE_EVENTS not in actor.permissions:
        return []
    rows, _total = events_of(actor, EventFilter(within=unit.interval), limit=MOST_EVENTS)
    return [_event(row, unit, today) for row in rows]


def _event(row: EventRow, unit: Unit, today: date | None = None) -> EventLine:
    parts = [date_format(localtime(row.starts_at), "DATE_FORMAT")]
    if row.branch_id != unit.id:
        russian = (get_language() or "ru").startswith("ru")
        parts.append(row.branch_name_ru if russian and row.branch_name_ru else row.branch_name)
    if row.came:
        parts.append(
            ngettext("%(count)s came", "%(count)s came", row.came) % {"count": number(row.came)}
        )
    if today is not None and awaits_ticks(row, on=today):
        parts.append(_("awaiting who came"))
    return EventLine(row.title, " · ".join(parts), _address(row))


def _address(row: EventRow) -> str:
    try:
        return reverse("web:event", args=[row.id])
    except NoReverseMatch:
        return ""


@dataclass(frozen=True)
class AppealsLine:
    """How many appeals wait for an answer in the branch and below it."""

    text: str
    overdue: str
    address: str


def appeals_here(unit: Unit, actor: Actor, today: date) -> AppealsLine | None:
    """None for whoever doesn't see to appeals there, and where nobody waits."""
    if not actor.may(Permission.HANDLE_APPEALS, unit.place):
        return None
    waiting = waiting_in(actor, unit.interval, on=today)
    if not waiting.open:
        return None
    text = ngettext(
        "%(count)s appeal waits for an answer", "%(count)s appeals wait for an answer", waiting.open
    )
    late = ngettext("%(count)s is overdue", "%(count)s are overdue", waiting.overdue)
    return AppealsLine(
        text % {"count": number(waiting.open)},
        late % {"count": number(waiting.overdue)} if waiting.overdue else "",
        f"{reverse('web:appeal-list')}?{urlencode({'branch': unit.code})}",
    )


def posts_here(unit: Unit, actor: Actor, on: date) -> Sequence[PostLine]:
    """The branch's posts, filled or vacant, without the names of those who hold them."""
    posts = posts_of_branch(branch=unit, on=on, actor=actor)
    return [
        PostLine(post.title, post.filled, _term(post.term_ends_on, over=post.term_over))
        for post in posts
    ]


def _term(ends: date | None, *, over: bool) -> str:
    if ends is None:
        return ""
    day = date_format(ends, "DATE_FORMAT")
    if over:
        return _("the term ended on %(day)s") % {"day": day}
    return _("term until %(day)s") % {"day": day}
