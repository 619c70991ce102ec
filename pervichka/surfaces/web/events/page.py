"""One event: when and where, who came and how that is known, what was decided and put right."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from pervichka.foundation import clock
from pervichka.register.disclosure.actions import show
from pervichka.register.people.actions import look_at_people
from pervichka.surfaces.web.events import words
from pervichka.surfaces.web.events.shared import event_or_404, head_of
from pervichka.surfaces.web.middleware import PageRequest
from pervichka.surfaces.web.paging import page_of, sliced
from pervichka.surfaces.web.templatetags.pervichka import number
from pervichka.work.events.queries import (
    AttendanceRecord,
    Correction,
    EventPage,
    Presence,
    event_page,
    records_of,
)

RECORDS = 30


@dataclass(frozen=True)
class RecordLine:
    who: str
    how: str
    known: str
    at: datetime
    has_vote: bool


@dataclass(frozen=True)
class CorrectionLine:
    field: str
    before: str
    after: str
    reason: str
    at: datetime


@login_required
@require_safe
def event(request: PageRequest, event_id: UUID) -> HttpResponse:
    found = event_or_404(request, event_id)
    now = clock.now()
    head = head_of(request, found, at=now, itself=False)
    page = event_page(request.actor, found)
    records = records_of(request.actor, found) if head.may_see_records else []
    shown = sliced(request, records, RECORDS).items
    # A number says little less than a name, and draws on the budget like one.
    show(people=[found.branch_id] * len(shown), by=request.actor, at=now)
    look_at_people(
        what="participants",
        rows=sum(record.name is not None for record in shown),
        branch=found.branch,
        subject=found,
        by=request.actor,
        at=now,
    )
    context = {
        "head": head,
        "event": found,
        "page": page,
        "minutes": page.minutes,
        "known": words.evidence_title(page.presence.known),
        "quorum": quorum_sentence(page.presence, settled=head.is_held),
        "confirmed": confirmed_sentence(page.presence),
        "paging": page_of(
            request,
            [_record(record) for record in shown],
            total=len(records),
            size=RECORDS,
        ),
        "corrections": [_correction(row) for row in page.corrections],
        "next": _next(page),
    }
    return render(request, "events/event.html", context)


def quorum_sentence(presence: Presence, *, settled: bool) -> str:
    """There was a quorum: 9 of the 11 needed …; empty where nothing is decided."""
    if presence.quorum is None:
        return ""
    counts = {
        "came": number(presence.with_vote),
        "needed": number(presence.quorum),
        "all": number(presence.electorate),
    }
    if not settled:
        return (
            _("With a vote: %(all)s. For a quorum %(needed)s must come; so far: %(came)s.") % counts
        )
    if presence.has_quorum:
        return (
            _("There was a quorum: %(came)s with a vote came, %(needed)s were needed of %(all)s.")
            % counts
        )
    return (
        _("There was no quorum: %(came)s with a vote came, %(needed)s were needed of %(all)s.")
        % counts
    )


def confirmed_sentence(presence: Presence) -> str:
    """What is known of the head count."""
    if presence.head_count is None:
        return _("The heads were not counted.")
    heads = ngettext("%(count)s head counted", "%(count)s heads counted", presence.head_count) % {
        "count": number(presence.head_count)
    }
    if presence.confirmed_at is None:
        return _("%(heads)s; no other participant has confirmed it yet.") % {"heads": heads}
    return _("%(heads)s; another participant confirmed it on %(day)s.") % {
        "heads": heads,
        "day": date_format(timezone.localtime(presence.confirmed_at), "DATE_FORMAT"),
    }


def _next(page: EventPage) -> str:
    """The one blue action of the page: what to do next."""
    if page.event.status == "cancelled":
        return ""
    if page.event.status == "planned":
        return "invite" if page.answers.invited == 0 else "came"
    if page.event.is_meeting and (page.minutes is None or page.minutes.published_at is None):
        return "decided"
    return ""


def _record(record: AttendanceRecord) -> RecordLine:
    return RecordLine(
        who=record.name or _("Participant %(number)s") % {"number": record.number},
        how=words.means_title(record.means),
        known=words.evidence_title(record.known),
        at=record.recorded_at,
        has_vote=record.has_vote,
    )


def _correction(row: Correction) -> CorrectionLine:
    return CorrectionLine(
        field=words.field_title(row.field),
        before=_shown(row.field, row.before),
        after=_shown(row.field, row.after),
        reason=row.reason,
        at=row.corrected_at,
    )


def _shown(field: str, value: str) -> str:
    if field in {"starts_at", "ends_at"} and value:
        moment = timezone.localtime(datetime.fromisoformat(value))
        return str(date_format(moment, "DATETIME_FORMAT"))
    return words.value_title(field, value)
