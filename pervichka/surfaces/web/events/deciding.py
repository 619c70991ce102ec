"""«What was decided», the second screen, and the minutes to print, the third."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pervichka.foundation import clock
from pervichka.foundation.refusal import Refused
from pervichka.surfaces.web.events import words
from pervichka.surfaces.web.events.forms import number_typed
from pervichka.surfaces.web.events.page import quorum_sentence
from pervichka.surfaces.web.events.shared import event_or_404, event_to_run, head_of
from pervichka.surfaces.web.middleware import PageRequest
from pervichka.work.events import actions
from pervichka.work.events.actions import Decided
from pervichka.work.events.queries import Event, event_page

LEAST_LINES, SPARE_LINES = 3, 1
_VOTES = ("for", "against", "abstained")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def decided(request: PageRequest, event_id: UUID) -> HttpResponse:
    event = event_to_run(request, event_id)
    page = event_page(request.actor, event)
    published = page.minutes is not None and page.minutes.published_at is not None
    agenda = "\n".join(item.text for item in page.agenda)
    lines = [
        (row.text, str(row.votes_for), str(row.votes_against), str(row.votes_abstained))
        for row in page.resolutions
    ]
    text = page.minutes.text if page.minutes else ""
    errors: list[words.Problem] = []
    if request.method == "POST":
        agenda, text = request.POST.get("agenda", agenda), request.POST.get("text", "")
        lines = _typed(request)
        try:
            _save(request, event, agenda, lines, text, published=published)
        except Refused as refused:
            errors = words.problems(refused)
        else:
            return redirect("web:event-minutes", event.id)
    wrong = {error.field for error in errors}
    lines = [*lines, *[("", "", "", "")] * max(LEAST_LINES - len(lines), SPARE_LINES)]
    context = {
        "head": head_of(request, event, at=clock.now()),
        "event": event,
        "agenda": agenda,
        "lines": [
            (place, line, [name for name in _VOTES if f"{name}-{place}" in wrong])
            for place, line in enumerate(lines, start=1)
        ],
        "text": text,
        "published": published,
        "reason": request.POST.get("reason", ""),
        "errors": errors,
    }
    return render(request, "events/decided.html", context, status=422 if errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def minutes(request: PageRequest, event_id: UUID) -> HttpResponse:
    """Everyone who sees the event reads them; whoever runs it publishes them."""
    event = event_or_404(request, event_id)
    errors: list[words.Problem] = []
    if request.method == "POST":
        try:
            actions.publish_minutes(event=event, by=request.actor, at=clock.now())
        except Refused as refused:
            errors = words.problems(refused)
        else:
            messages.success(request, _("The minutes are published."))
            return redirect("web:event-minutes", event.id)
    page = event_page(request.actor, event)
    context = {
        "head": head_of(request, event, at=clock.now()),
        "event": event,
        "page": page,
        "minutes": page.minutes,
        "quorum": quorum_sentence(page.presence, settled=True),
        "errors": errors,
    }
    return render(request, "events/minutes.html", context, status=422 if errors else 200)


def _save(
    request: PageRequest,
    event: Event,
    agenda: str,
    lines: list[tuple[str, str, str, str]],
    text: str,
    *,
    published: bool,
) -> None:
    at, by, reason = clock.now(), request.actor, request.POST.get("reason", "")
    decisions = _decisions(lines)
    if not published:
        actions.record_agenda(event=event, items=agenda.splitlines(), by=by, at=at)
    actions.record_resolutions(event=event, resolutions=decisions, reason=reason, by=by, at=at)
    minutes = event_page(by, event).minutes
    actions.record_minutes(
        event=event,
        text=text,
        chair_id=minutes.chair_id if minutes else None,
        secretary_id=minutes.secretary_id if minutes else None,
        reason=reason,
        by=by,
        at=at,
    )


def _typed(request: PageRequest) -> list[tuple[str, str, str, str]]:
    """The lines that hold anything, as typed."""
    columns = [request.POST.getlist(name) for name in ("decision", *_VOTES)]
    lines = zip(*columns, strict=False)
    return [
        (text, for_, against, abstained)
        for text, for_, against, abstained in lines
        if any(part.strip() for part in (text, for_, against, abstained))
    ]


def _decisions(lines: list[tuple[str, str, str, str]]) -> list[Decided]:
    """The lines as decisions; refused with every vote that is no number, each by its field."""
    decisions, reasons = [], []
    for place, (text, *typed) in enumerate(lines, start=1):
        votes = []
        for name, vote in zip(_VOTES, typed, strict=True):
            try:
                votes.append(number_typed(vote) or 0)
            except ValueError:
                reasons.append(words.not_a_number(f"{name}-{place}"))
        if len(votes) == len(_VOTES):
            said = dict(zip(("votes_for", "votes_against", "votes_abstained"), votes, strict=True))
            decisions.append(Decided(text=text.strip(), **said))
    if reasons:
        raise Refused(*reasons)
    return decisions
