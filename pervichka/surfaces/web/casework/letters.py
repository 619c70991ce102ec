"""Letters to authorities: written, printed, and what was replied."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pervichka.foundation import clock
from pervichka.foundation.refusal import Refused
from pervichka.register.branches.queries.units import branch_label
from pervichka.surfaces.web.casework import words
from pervichka.surfaces.web.casework.page import crumbs_below
from pervichka.surfaces.web.casework.shared import looked_at, private, read_or_404, typed_in
from pervichka.surfaces.web.casework.words import Problem
from pervichka.surfaces.web.middleware import PageRequest
from pervichka.work.casework.actions import TEXT_LENGTH, record_reply, send_letter
from pervichka.work.casework.queries import letter_of, letters_of

_METHODS = ["GET", "HEAD", "POST"]


@login_required
@require_http_methods(_METHODS)
def write(request: PageRequest, appeal_id: UUID) -> HttpResponse:
    found = read_or_404(request, appeal_id)
    typed = typed_in(request, ("authority", "letter"))
    errors: list[Problem] = []
    if request.method == "POST":
        try:
            letter = send_letter(
                appeal=found,
                authority=typed["authority"],
                text=typed["letter"],
                by=request.actor,
                at=clock.now(),
            )
        except Refused as refused:
            errors = words.problems(refused)
        else:
            messages.success(request, _("The letter is written down. Print it and send it."))
            return redirect("web:appeal-letter-page", appeal_id, letter.id)
    context = {
        "appeal": found,
        "crumbs": crumbs_below(found),
        "typed": typed,
        "most": TEXT_LENGTH,
        "errors": errors,
        "wrong": words.by_field(errors),
    }
    return render(request, "casework/letter_write.html", context, status=422 if errors else 200)


@login_required
@require_http_methods(_METHODS)
def letter(request: PageRequest, appeal_id: UUID, letter_id: UUID) -> HttpResponse:
    """To print; and where the reply is written down."""
    found = read_or_404(request, appeal_id)
    today = timezone.localdate(clock.now())
    lines = letters_of(request.actor, found, on=today)
    line = next((one for one in lines if one.id == letter_id), None)
    if line is None:
        raise Http404
    errors: list[Problem] = []
    reply = typed_in(request, ("reply",))["reply"]
    if request.method == "POST":
        try:
            record_reply(
                letter=letter_of(found, letter_id), text=reply, by=request.actor, at=clock.now()
            )
        except ObjectDoesNotExist as missing:
            raise Http404 from missing
        except Refused as refused:
            errors = words.problems(refused)
        else:
            messages.success(request, _("The reply is written down."))
            return redirect("web:appeal", appeal_id)
    looked_at(request, found)
    context = {
        "appeal": found,
        "letter": line,
        "branch": branch_label(found.branch),
        "subject": words.subject_title(found.subject),
        "crumbs": crumbs_below(found),
        "reply": reply,
        "errors": errors,
        "wrong": words.by_field(errors),
    }
    page = render(request, "casework/letter.html", context, status=422 if errors else 200)
    return private(page)
