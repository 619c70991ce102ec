"""Answers to begin with: a branch's own, and those of the branches above."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pervichka.foundation import clock
from pervichka.foundation.refusal import Refused
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import demand
from pervichka.register.branches.queries.units import own_unit, visible_to
from pervichka.surfaces.web.casework import words
from pervichka.surfaces.web.casework.page import crumbs
from pervichka.surfaces.web.casework.shared import typed_in
from pervichka.surfaces.web.casework.words import Problem
from pervichka.surfaces.web.middleware import PageRequest
from pervichka.work.casework.actions import TEXT_LENGTH, withdraw_template, write_template
from pervichka.work.casework.queries import NAMES, template_of, templates_for


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def templates(request: PageRequest) -> HttpResponse:
    demand(request.actor, Permission.HANDLE_APPEALS)
    typed = typed_in(request, ("title", "subject", "text"))
    errors: list[Problem] = []
    if request.method == "POST":
        try:
            done = _withdraw(request) if "withdraw" in request.POST else _write(request, typed)
        except Refused as refused:
            errors = words.problems(refused)
        else:
            messages.success(request, done)
            return redirect("web:appeal-templates")
    lines = templates_for(request.actor)
    context = {
        "crumbs": crumbs(),
        "lines": [
            {"line": line, "subject": words.subject_title(line.subject) if line.subject else ""}
            for line in lines
        ],
        "subjects": [("", _("About anything")), *words.subject_options()],
        "names": NAMES.get(get_language() or "ru", NAMES["en"]),
        "typed": typed,
        "most": TEXT_LENGTH,
        "errors": errors,
        "wrong": words.by_field(errors),
    }
    return render(request, "casework/templates.html", context, status=422 if errors else 200)


def _write(request: PageRequest, typed: dict[str, str]) -> str:
    unit = own_unit(request.actor)
    if unit is None:
        raise Http404
    branch = visible_to(request.actor).get(id=unit.id)
    write_template(branch=branch, **typed, by=request.actor, at=clock.now())
    return _("The template is kept; the branches below see it too.")


def _withdraw(request: PageRequest) -> str:
    try:
        template = template_of(request.actor, UUID(request.POST["withdraw"]))
    except (ObjectDoesNotExist, ValueError) as missing:
        raise Http404 from missing
    withdraw_template(template=template, by=request.actor, at=clock.now())
    return _("The template is offered no more.")
