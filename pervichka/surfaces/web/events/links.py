"""What a personal link opens, with no sign-in: answer, check in, confirm the head count.

The pages show the event and the first name of whose link it is, and nobody else's.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pervichka.foundation import clock
from pervichka.foundation.refusal import Refused
from pervichka.register.branches.acting import acting_as
from pervichka.surfaces.web.events import words
from pervichka.surfaces.web.middleware import PageRequest
from pervichka.work.events import actions
from pervichka.work.events.queries import EventStatus, Opened, link_holder, open_link

_KEPT_FOR = timedelta(days=60)


@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: PageRequest) -> HttpResponse:
    """For those who have their invitation on paper: type its code."""
    token = request.POST.get("token", "").strip()
    failed = False
    if request.method == "POST":
        if link_holder(token) is not None:
            return redirect("web:link", token)
        failed = True
    context = {"token": token, "failed": failed}
    return render(request, "events/link_enter.html", context, status=422 if failed else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def personal(request: PageRequest, token: str) -> HttpResponse:
    """One's own page of the event: what can be done there depends on the hour."""
    with _holding(token) as opened:
        if opened is None:
            return _private(render(request, "events/link_unknown.html", status=404))
        return _own_page(request, opened, token)


def _own_page(request: PageRequest, opened: Opened, token: str) -> HttpResponse:
    errors: list[words.Problem] = []
    done = ""
    if request.method == "POST":
        try:
            done = _act(request, opened)
        except Refused as refused:
            errors = words.problems(refused)
        opened = open_link(token) or opened
    context = _context(opened) | {"errors": errors, "done": done, "token": token}
    response = render(request, "events/link.html", context, status=422 if errors else 200)
    return _remembering(request, _private(response), opened, token)


@require_http_methods(["GET", "HEAD", "POST"])
def check_in(request: PageRequest, event_id: UUID, code: str) -> HttpResponse:
    """Where the QR on the screen leads: one button, if this phone has opened the link before."""
    token = request.POST.get("token") or request.COOKIES.get(_cookie(event_id), "")
    with _holding(token) as opened:
        return _checking_in(request, opened, event_id, code, token)


def _checking_in(
    request: PageRequest, opened: Opened | None, event_id: UUID, code: str, token: str
) -> HttpResponse:
    if opened is not None and opened.event.id != event_id:
        raise Http404
    errors: list[words.Problem] = []
    if request.method == "POST":
        if opened is None:
            errors = [words.Problem(_("No invitation has this code. Check it."), "token")]
        else:
            try:
                actions.check_in_with_code(
                    event=opened.event, code=code, by=opened.actor, at=clock.now()
                )
            except Refused as refused:
                errors = words.problems(refused)
            else:
                response = redirect("web:link", token)
                return _remembering(request, response, opened, token)
    context = {"opened": opened, "errors": errors, "token": request.POST.get("token", "")}
    page = render(request, "events/link_check_in.html", context, status=422 if errors else 200)
    return _private(page)


@contextmanager
def _holding(token: str) -> Iterator[Opened | None]:
    """What the token opens, seen by its holder alone, whoever else may be signed in here."""
    holder = link_holder(token) if token else None
    if holder is None:
        yield None
        return
    with acting_as(holder):
        yield open_link(token)


def _act(request: PageRequest, opened: Opened) -> str:
    """Do what was asked; the sentence that says it is done."""
    event, by, at = opened.event, opened.actor, clock.now()
    what = request.POST.get("do")
    if what == "answer":
        answer = request.POST.get("answer", "")
        actions.answer_invitation(event=event, answer=answer, by=by, at=at)
        return _(
            "Thank you, your answer is written down. You can change it until the event begins."
        )
    if what == "check-in":
        code = request.POST.get("code", "")
        actions.check_in_with_code(event=event, code=code, by=by, at=at)
        return _("You are checked in. Nothing else is needed.")
    if what == "confirm":
        count = request.POST.get("count", "")
        heads = int(count) if count.isascii() and count.isdigit() else 0
        actions.confirm_head_count(event=event, count=heads, by=by, at=at)
        return _("Thank you. The head count is confirmed.")
    return ""


def _context(opened: Opened) -> dict[str, object]:
    event, at = opened.event, clock.now()
    going_on = event.check_in_opened_at is not None and event.check_in_closed_at is None
    return {
        "opened": opened,
        "event": event,
        "kind": words.kind_title(event.kind),
        "answers": words.answer_options(),
        "cancelled": event.status == EventStatus.CANCELLED,
        "may_answer": event.status == EventStatus.PLANNED and at <= event.starts_at,
        "may_check_in": going_on and not opened.by_code,
        "may_confirm": (
            opened.in_list
            and event.head_count is not None
            and event.head_count_confirmed_at is None
            and event.head_counted_by_id != opened.actor.person_id
            and event.status != EventStatus.CANCELLED
        ),
    }


def _cookie(event_id: UUID) -> str:
    return f"invitation-{event_id.hex}"


def _private(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _remembering(
    request: PageRequest, response: HttpResponse, opened: Opened, token: str
) -> HttpResponse:
    """So that the QR on the screen knows whose phone it is; on this phone alone."""
    response.set_cookie(
        _cookie(opened.event.id),
        token,
        max_age=_KEPT_FOR,
        path="/c/",
        httponly=True,
        secure=request.is_secure(),
        samesite="Lax",
    )
    return response
