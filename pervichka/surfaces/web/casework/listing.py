"""The inbox: appeals by deadline, overdue first; its filters live in the address."""

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
from pervichka.foundation.tabular.writing import Cell
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import demand
from pervichka.register.branches.queries.units import Unit, unit_coded
from pervichka.register.disclosure.actions import show
from pervichka.register.posts.kinds import post_label
from pervichka.surfaces.web.casework import words
from pervichka.surfaces.web.files import export_links, file_response, wanted_form
from pervichka.surfaces.web.middleware import PageRequest
from pervichka.surfaces.web.paging import offset_of, page_of
from pervichka.work.casework.queries import AppealFilter, AppealRow, appeals_of, subjects

SIZE = 25
MOST_EXPORTED = 5_000
COLUMNS = ("number", "subject", "branch", "received_on", "due_on", "state", "overdue", "channel")


@dataclass(frozen=True)
class Line:
    """An appeal of the inbox. Who asks does not stand here."""

    number: int
    subject: str
    channel: str
    branch: str
    is_own: bool
    assigned: str
    received_at: datetime
    due_on: date
    status: words.Tag
    waits: bool
    overdue: bool
    soon: bool
    address: str


@dataclass(frozen=True)
class Filters:
    """What the address asks for; anything unknown in it is as if it were not there."""

    branch: Unit | None
    own: bool
    state: str
    subject: str

    @property
    def chosen(self) -> bool:
        return self.state != "open" or bool(self.subject)


@login_required
@require_safe
def inbox(request: PageRequest) -> HttpResponse:
    demand(request.actor, Permission.HANDLE_APPEALS)
    today = timezone.localdate(clock.now())
    filters = _filters(request)
    form = wanted_form(request)
    rows, total = appeals_of(
        request.actor,
        AppealFilter(
            within=filters.branch.interval if filters.branch else None,
            branch_id=request.actor.branch_id if filters.own else None,
            state=filters.state,
            subject=filters.subject,
        ),
        on=today,
        offset=0 if form else offset_of(request, SIZE),
        limit=MOST_EXPORTED if form else SIZE,
    )
    # Branch, day and subject are often enough to know someone by.
    show(people=[row.branch_id for row in rows], by=request.actor, at=clock.now())
    lines = [_line(row, request) for row in rows]
    if form is not None:
        return file_response(form, "appeals", COLUMNS, map(_cells, lines))
    context = {
        "filters": filters,
        "paging": page_of(request, lines, total=total, size=SIZE),
        "states": words.state_options(),
        "subjects": [("", _("About anything")), *words.subject_options()],
        "whose": [("own", _("Our own")), ("all", _("Ours and of branches below"))],
        "who": "own" if filters.own else "all",
        "reaches_below": request.actor.level != "primary",
        "export": export_links(request),
    }
    return render(request, "casework/list.html", context)


def _filters(request: PageRequest) -> Filters:
    asked = request.GET
    code = asked.get("branch", "")
    state = asked.get("state", "open")
    return Filters(
        branch=unit_coded(code, actor=request.actor) if code else None,
        own=request.actor.branch_id is not None and not code and asked.get("whose", "own") != "all",
        state=state if state in dict(words.state_options()) else "open",
        subject=asked["subject"] if asked.get("subject") in subjects() else "",
    )


def _line(row: AppealRow, request: PageRequest) -> Line:
    return Line(
        number=row.number,
        subject=words.subject_title(row.subject),
        channel=words.channel_title(row.channel),
        branch=row.branch_label,
        is_own=row.branch_id == request.actor.branch_id,
        assigned=post_label(row.assigned) if row.assigned else "",
        received_at=row.received_at,
        due_on=row.due_on,
        status=words.status_tag(row.status, overdue=row.overdue),
        waits=row.status in {"received", "open"},
        overdue=row.overdue,
        soon=row.soon,
        address=reverse("web:appeal", args=[row.id]),
    )


def _cells(line: Line) -> tuple[Cell, ...]:
    return (
        line.number,
        line.subject,
        line.branch,
        f"{timezone.localtime(line.received_at):%Y-%m-%d}",
        f"{line.due_on:%Y-%m-%d}",
        line.status.text,
        "1" if line.overdue else "",
        line.channel,
    )
