"""Granting a role: to whom, what, until when; a look at the answers; then it holds or waits."""

from dataclasses import dataclass
from datetime import date

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from pervichka.foundation import clock
from pervichka.foundation.refusal import Refused
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import demand
from pervichka.register.access.roles import ROLES
from pervichka.register.accounts.queries import user_named
from pervichka.register.branches.queries.units import Unit, visible_to
from pervichka.register.people.queries import person_seen
from pervichka.register.posts.actions import grant
from pervichka.register.posts.kinds import role_about, role_label
from pervichka.register.posts.queries import is_proposal, roles_to_grant, waits_for_second
from pervichka.surfaces.web.access.choosing import Chosen, choose, may_search
from pervichka.surfaces.web.account.fresh import confirmed_first
from pervichka.surfaces.web.crumbs import Crumb
from pervichka.surfaces.web.middleware import PageRequest
from pervichka.surfaces.web.refusals import reason_texts
from pervichka.surfaces.web.requested import requested_unit

_NAME_LENGTH = 100


class GrantForm(forms.Form):
    """To whom, what and until when."""

    user = forms.CharField(
        max_length=_NAME_LENGTH,
        error_messages={"required": gettext_lazy("Write who gets the post")},
    )
    person = forms.CharField(required=False)
    role = forms.CharField(error_messages={"required": gettext_lazy("Choose a role")})
    ends = forms.DateField(
        required=False,
        error_messages={"invalid": gettext_lazy("Choose the last day, or leave it empty")},
    )


@dataclass(frozen=True)
class Problem:
    """What is wrong, and the field it is about, if one."""

    text: str
    field: str = ""


@dataclass(frozen=True)
class RoleChoice:
    code: str
    title: str
    about: str


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def grant_page(request: PageRequest) -> HttpResponse:
    unit = requested_unit(request)
    demand(request.actor, Permission.CHANGE_POSTS, unit)
    choices = [
        RoleChoice(role.code, role_label(role.code), role_about(role.code))
        for role in roles_to_grant(request.actor, unit)
    ]
    if not choices:
        raise Http404
    # Asked before anything is written, so that nothing written is lost.
    grave = any(waits_for_second(request.actor, ROLES[one.code], unit) for one in choices)
    if grave and (asked := confirmed_first(request, request.get_full_path())):
        return asked
    if request.method != "POST":
        return _ask(request, unit, choices, {}, [], Chosen())
    typed = {name: request.POST.get(name, "").strip() for name in GrantForm.base_fields}
    form = GrantForm(typed)
    problems = _problems(form, choices)
    chosen = choose(request.actor, typed["user"], typed["person"]) if typed["user"] else Chosen()
    if chosen.problem:
        problems.append(Problem(chosen.problem, "person" if chosen.several else "user"))
    step = request.POST.get("step")
    if problems or step == "change":
        return _ask(request, unit, choices, typed, problems, chosen)
    if step == "save":
        return _save(request, unit, choices, typed, chosen, form.cleaned_data["ends"])
    typed["person"] = str(chosen.person.id) if chosen.person else ""
    role = ROLES[typed["role"]]
    context = {
        "unit": unit,
        "crumbs": _crumbs(),
        "chosen": chosen,
        "role": next(one for one in choices if one.code == role.code),
        "ends": form.cleaned_data["ends"],
        "typed": typed.items(),
        "second": waits_for_second(request.actor, role, unit),
        "mfa": role.demands_mfa,
    }
    return render(request, "access/grant_check.html", context)


def _problems(form: GrantForm, choices: list[RoleChoice]) -> list[Problem]:
    problems = [Problem(str(text), name) for name, texts in form.errors.items() for text in texts]
    known = {one.code for one in choices}
    if form.data.get("role") and form.data["role"] not in known:
        problems.append(Problem(_("Choose a role"), "role"))
    return problems


def _save(
    request: PageRequest,
    unit: Unit,
    choices: list[RoleChoice],
    typed: dict[str, str],
    chosen: Chosen,
    ends: date | None,
) -> HttpResponse:
    person = None
    if chosen.person is not None:
        person = person_seen(person_id=chosen.person.id, actor=request.actor)
    now = clock.now()
    try:
        made = grant(
            branch=visible_to(request.actor).get(id=unit.id),
            role=typed["role"],
            user=None if person else user_named(chosen.user_name),
            person=person,
            starts_on=timezone.localdate(now),
            term_ends_on=ends,
            by=request.actor,
            at=now,
        )
    except Refused as refused:
        problems = [Problem(text) for text in reason_texts(refused)]
        return _ask(request, unit, choices, typed, problems, chosen)
    if is_proposal(made):
        messages.info(request, _("It is proposed. Another person must agree within 14 days."))
        return redirect("web:access-waiting")
    messages.success(request, _("It is granted and in force from now on."))
    if person is not None and Permission.ISSUE_SLIPS in request.actor.permissions:
        # Who has no sign-in yet gets a slip: it stands at hand there.
        return redirect("web:sign-ins")
    return redirect("web:access")


def _ask(
    request: PageRequest,
    unit: Unit,
    choices: list[RoleChoice],
    typed: dict[str, str],
    errors: list[Problem],
    chosen: Chosen,
) -> HttpResponse:
    context = {
        "unit": unit,
        "crumbs": _crumbs(),
        "choices": choices,
        "typed": typed,
        "several": chosen.several,
        "may_search": may_search(request.actor),
        "errors": errors,
        "wrong": {error.field: error.text for error in errors},
    }
    return render(request, "access/grant.html", context, status=422 if errors else 200)


def _crumbs() -> list[Crumb]:
    return [Crumb(_("Access"), reverse("web:access"))]
