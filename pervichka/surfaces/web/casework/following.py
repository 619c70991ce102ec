"""The applicant's own page: how far it is, the answer, and whether that solves it."""

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from pervichka.foundation import clock
from pervichka.foundation.refusal import Refused
from pervichka.register.access.actor import Actor
from pervichka.register.branches.acting import acting_as
from pervichka.register.branches.queries.policy import appeal_policy
from pervichka.register.branches.queries.units import branch_label
from pervichka.surfaces.web.casework import words
from pervichka.surfaces.web.casework.files import sent
from pervichka.surfaces.web.casework.shared import address_of, private, typed_in
from pervichka.surfaces.web.casework.words import Problem
from pervichka.surfaces.web.middleware import PageRequest
from pervichka.work.casework import actions
from pervichka.work.casework.queries import (
    Follow,
    Outcome,
    Status,
    StepKind,
    code_of,
    files_of,
    follow,
    known_applicant,
)

_METHODS = ["GET", "HEAD", "POST"]


@sensitive_post_parameters("number", "code")
@require_http_methods(_METHODS)
def enter(request: PageRequest) -> HttpResponse:
    """For those who have number and code on paper. A wrong one and an unknown one look alike."""
    typed = typed_in(request, ("number", "code"))
    errors: list[Problem] = []
    if request.method == "POST":
        actor = known_applicant(
            number=typed["number"],
            code=typed["code"],
            address=address_of(request),
            at=clock.now(),
        )
        if actor is not None and actor.person_id is not None:
            typed_number = "".join(
                one for one in typed["number"] if one.isascii() and one.isdigit()
            )
            return redirect("web:ask-own", int(typed_number), code_of(actor.person_id))
        errors = [Problem(_("No appeal has this number and code. Check both."), "number")]
    context = {"typed": typed, "errors": errors, "wrong": words.by_field(errors)}
    page = render(request, "casework/follow_enter.html", context, status=422 if errors else 200)
    return private(page)


@require_http_methods(_METHODS)
def own(request: PageRequest, number: int, code: str) -> HttpResponse:
    """One's own appeal; whoever else may be signed in here, it is the applicant who looks."""
    actor = known_applicant(
        number=str(number), code=code, address=address_of(request), at=clock.now()
    )
    if actor is None:
        return private(render(request, "casework/follow_unknown.html", status=404))
    with acting_as(actor):
        return _own_page(request, actor, code)


def _own_page(request: PageRequest, actor: Actor, code: str) -> HttpResponse:
    found = follow(actor)
    if found is None:
        return private(render(request, "casework/follow_unknown.html", status=404))
    errors: list[Problem] = []
    done = ""
    if request.method == "POST":
        try:
            done = _act(request, found, actor)
        except Refused as refused:
            errors = words.problems(refused)
        found = follow(actor) or found
    context = _context(found) | {
        "files": files_of(actor, found.appeal),
        "errors": errors,
        "wrong": words.by_field(errors),
        "done": done,
        "code": code,
        "sent": "sent" in request.GET,
        "why": request.POST.get("why", "") if errors else "",
    }
    return private(render(request, "casework/follow.html", context, status=422 if errors else 200))


def _act(request: PageRequest, found: Follow, by: Actor) -> str:
    """Do what was asked; the sentence that says it is done."""
    at, what = clock.now(), request.POST.get("do")
    if what == "solved":
        actions.confirm_solved(appeal=found.appeal, by=by, at=at)
        return _("Thank you. The appeal is closed as solved.")
    if what == "reopen":
        why = typed_in(request, ("why",))["why"]
        actions.reopen(appeal=found.appeal, why=why, by=by, at=at)
        return _("The appeal is open again, and a new deadline runs.")
    if what == "file":
        actions.add_file(appeal=found.appeal, content=sent(request), by=by, at=at)
        return _("The file is added.")
    if what == "rate":
        typed = request.POST.get("rating", "")
        rating = int(typed) if typed.isascii() and typed.isdigit() else 0
        actions.rate(appeal=found.appeal, rating=rating, by=by, at=at)
        return _("Thank you, your mark is written down.")
    return ""


def _context(found: Follow) -> dict[str, object]:
    answers = [step for step in found.steps if step.kind == StepKind.ANSWERED]
    return {
        "found": found,
        "appeal": found.appeal,
        "subject": words.subject_title(found.appeal.subject),
        "branch": branch_label(found.appeal.branch),
        "status": words.status_tag(found.appeal.status),
        "sentence": state_sentence(found),
        "answer": answers[-1] if answers and found.may_say else None,
        "ratings": range(1, 6),
        "steps": [
            {"title": words.step_title(step.kind), "step": step} for step in reversed(found.steps)
        ],
    }


def state_sentence(found: Follow) -> str:
    """How far it is, and what happens next by when."""
    appeal, today = found.appeal, timezone.localdate(clock.now())
    said = {
        "branch": branch_label(appeal.branch),
        "day": words.day(appeal.due_on),
        "registered": words.day(appeal.register_by),
    }
    if appeal.status == Status.RECEIVED:
        return _("It has come to: %(branch)s. It will be registered by %(registered)s.") % said
    if appeal.status == Status.OPEN:
        if appeal.due_on < today:
            return _("The answer was due on %(day)s and is late. It is with: %(branch)s.") % said
        return _("It is with: %(branch)s. The answer is due by %(day)s.") % said
    if appeal.status == Status.ANSWERED and found.round.answered_at is not None:
        last = timezone.localdate(found.round.answered_at) + timedelta(days=appeal_policy().silence)
        return _(
            "The answer is below. Does it solve the matter? If you say nothing by %(day)s, we take"
            " it that you don't object."
        ) % {"day": words.day(last)}
    if found.round.outcome == Outcome.SILENT:
        return _("It is closed, since nobody objected. If it is not solved, open it again.")
    return _("It is closed as solved. If it turns out that it is not, open it again.")
