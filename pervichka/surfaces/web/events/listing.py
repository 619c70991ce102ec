"""The list of events; its filters live in the address."""

from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pervichka.foundation import clock
from pervichka.foundation.periods import Month
from pervichka.foundation.refusal import Refused
from pervichka.foundation.tabular.writing import Cell
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import demand
from pervichka.register.branches.queries.units import Unit, unit_coded
from pervichka.surfaces.web.events import words
from pervichka.surfaces.web.files import export_links, file_response, wanted_form
from pervichka.surfaces.web.middleware import PageRequest
from pervichka.surfaces.web.paging import offset_of, page_of
from pervichka.surfaces.web.templatetags.pervichka import month as month_text
from pervichka.work.events.queries import (
    EventFilter,
    EventKind,
    EventRow,
    EventStatus,
    awaits_ticks,
    events_of,
)

SIZE = 25
MOST_EXPORTED = 5_000
COLUMNS = ("starts_at", "title", "kind", "branch", "unit_above", "state", "came", "quorum")
_MONTHS_AHEAD = 2
_MONTHS_BACK = 12


@dataclass(frozen=True)
class Line:
    """An event of the list; `came` and `quorum` are empty where there is nothing to say."""

    title: str
    kind: str
    branch: str
    above: str
    starts_at: datetime
    status: words.Tag
    address: str
    came: int | None
    quorum: str


@dataclass(frozen=True)
class Filters:
    """What the address asks for; anything unknown in it is as if it were not there."""

    branch: Unit | None
    month: Month | None
    status: str
    kind: str

    @property
    def any(self) -> bool:
        return bool(self.branch or self.chosen)

    @property
    def chosen(self) -> bool:
        """Whether one of the form's own is set."""
        return bool(self.month or self.status or self.kind)


@login_required
@require_safe
def events(request: PageRequest) -> HttpResponse:
    demand(request.actor, Permission.SEE_EVENTS)
    filters = _filters(request)
    today = timezone.localdate(clock.now())
    may_plan = request.actor.may(Permission.RUN_EVENTS)
    form = wanted_form(request)
    rows, total = events_of(
        request.actor,
        _narrowed(filters),
        offset=0 if form else offset_of(request, SIZE),
        limit=MOST_EXPORTED if form else SIZE,
        unticked_on=today if may_plan else None,
    )
    lines = [_line(row, request, today) for row in rows]
    if form is not None:
        return file_response(form, "events", COLUMNS, map(_cells, lines))
    context = {
        "filters": filters,
        "paging": page_of(request, lines, total=total, size=SIZE),
        "months": [("", _("Any month")), *_months(today)],
        "month": str(filters.month or ""),
        "statuses": [("", _("Any state")), *words.status_options()],
        "kinds": [("", _("Of any kind")), *words.kind_options()],
        "may_plan": may_plan,
        "export": export_links(request),
    }
    return render(request, "events/list.html", context)


def _filters(request: PageRequest) -> Filters:
    asked = request.GET
    try:
        month = Month.parse(asked["period"]) if asked.get("period") else None
    except Refused:
        month = None
    code = asked.get("branch", "")
    return Filters(
        branch=unit_coded(code, actor=request.actor) if code else None,
        month=month,
        status=asked["status"] if asked.get("status") in EventStatus.values else "",
        kind=asked["kind"] if asked.get("kind") in EventKind.values else "",
    )


def _narrowed(filters: Filters) -> EventFilter:
    return EventFilter(
        within=filters.branch.interval if filters.branch else None,
        kinds=[filters.kind] if filters.kind else [],
        status=filters.status,
        since=filters.month.start if filters.month else None,
        until=filters.month.end if filters.month else None,
    )


def _months(today: date) -> list[tuple[str, str]]:
    this = Month.of(today)
    months = [this.plus(step) for step in range(_MONTHS_AHEAD, -_MONTHS_BACK - 1, -1)]
    return [(str(month), month_text(month)) for month in months]


def _line(row: EventRow, request: PageRequest, today: date) -> Line:
    return Line(
        title=row.title,
        kind=words.kind_title(row.kind),
        branch=row.branch_label,
        above="" if row.branch_id == request.actor.branch_id else row.above_label,
        starts_at=row.starts_at,
        status=words.status_tag(row.status, awaits=awaits_ticks(row, on=today)),
        address=reverse("web:event", args=[row.id]),
        came=row.came if row.status == EventStatus.HELD else None,
        quorum=_quorum(row),
    )


def _cells(line: Line) -> tuple[Cell, ...]:
    starts_at = f"{timezone.localtime(line.starts_at):%Y-%m-%d %H:%M}"
    where = (line.branch, line.above)
    return (starts_at, line.title, line.kind, *where, line.status.text, line.came, line.quorum)


def _quorum(row: EventRow) -> str:
    if row.has_quorum is None:
        return ""
    return _("quorum") if row.has_quorum else _("no quorum")
