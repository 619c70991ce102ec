"""Sending an appeal, with no sign-in: one question a page, then everything to be checked.

Nothing is kept before the last step: what was answered travels along with the form.
"""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from pervichka.foundation import clock
from pervichka.foundation.ids import new_id
from pervichka.foundation.refusal import Refused
from pervichka.register.branches.acting import acting_as
from pervichka.register.branches.queries.finding import (
    Named,
    branch_of_territory,
    locals_to_choose,
    regions_to_choose,
    unit_for,
)
from pervichka.register.branches.queries.policy import appeal_policy
from pervichka.register.branches.queries.units import branch_label
from pervichka.register.retention.rules import rules
from pervichka.surfaces.web.casework import words
from pervichka.surfaces.web.casework.shared import address_of, given_typed, private, typed_in
from pervichka.surfaces.web.casework.words import Problem
from pervichka.surfaces.web.middleware import PageRequest
from pervichka.work.casework.actions import TEXT_LENGTH, check_given, receive_appeal
from pervichka.work.casework.queries import applicant, may_send, subjects

_STEPS = ("subject", "region", "local", "words", "who", "check")
# What each step asks for: the fields that its own page shows.
_ASKED = {
    "subject": ("subject",),
    "region": ("region",),
    "local": ("local", "precinct"),
    "words": ("words",),
    "who": ("name", "phone", "email", "address", "tell_by", "agreed"),
    "check": (),
}
_FIELDS = tuple(field for fields in _ASKED.values() for field in fields)


@require_safe
def start(request: PageRequest) -> HttpResponse:
    """What one can do here without an account."""
    return render(
        request, "casework/ask.html", {"policy": appeal_policy(), "kept_days": _kept_days()}
    )


@sensitive_post_parameters(*_FIELDS)
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: PageRequest) -> HttpResponse:
    """The next question, or the same with what is wrong; at the end the appeal is sent."""
    if request.method != "POST":
        return _page(request, "subject", dict.fromkeys(_FIELDS, ""), new_id(), [])
    typed = typed_in(request, _FIELDS)
    step = request.POST.get("step", "")
    step = step if step in _STEPS else "subject"
    appeal_id = _id(request.POST.get("appeal_id", ""))
    if request.POST.get("to") in _STEPS:
        return _page(request, request.POST["to"], typed, appeal_id, [])
    errors = _wrong(step, typed)
    if errors:
        return _page(request, step, typed, appeal_id, errors)
    if step != "check":
        return _page(request, _STEPS[_STEPS.index(step) + 1], typed, appeal_id, [])
    return _send(request, typed, appeal_id)


def _send(request: PageRequest, typed: dict[str, str], appeal_id: UUID) -> HttpResponse:
    at = clock.now()
    branch = branch_of_territory(
        region=typed["region"],
        local=typed["local"],
        precinct=_precinct(typed),
        on=timezone.localdate(at),
    )
    subject = subjects().get(typed["subject"])
    if branch is None or subject is None:
        return _page(request, "subject", typed, appeal_id, _wrong("subject", typed))
    if not may_send(address_of(request), at=at):
        many = _("Many appeals have come from this network within the hour. Try again later.")
        return _page(request, "check", typed, appeal_id, [Problem(many)], status=429)
    sender = applicant(appeal_id)
    with acting_as(sender):
        try:
            received = receive_appeal(
                branch=unit_for(branch, level=subject.level, on=timezone.localdate(at)),
                given=given_typed(typed),
                agreed=bool(typed["agreed"]),
                appeal_id=appeal_id,
                by=sender,
                at=at,
            )
        except Refused as refused:
            return _page(request, "who", typed, appeal_id, words.problems(refused))
    response = redirect("web:ask-own", received.appeal.number, received.code)
    response.headers["Location"] += "?sent=1"
    return response


def _wrong(step: str, typed: dict[str, str]) -> list[Problem]:
    """What is wrong with the answers to this step's question."""
    today = timezone.localdate(clock.now())
    if step == "region" and typed["region"] not in {
        one.code for one in regions_to_choose(on=today)
    }:
        return [Problem(_("Choose the region"), "region")]
    if step == "local":
        return _wrong_local(typed, today)
    if step in {"subject", "words", "who"}:
        return _wrong_given(step, typed)
    return []


def _wrong_given(step: str, typed: dict[str, str]) -> list[Problem]:
    """Of all that an appeal may lack, what this step asks for."""
    try:
        check_given(given_typed(typed), agreed=bool(typed["agreed"]))
    except Refused as refused:
        return [each for each in words.problems(refused) if each.field in _ASKED[step]]
    return []


def _wrong_local(typed: dict[str, str], today: date) -> list[Problem]:
    there = locals_to_choose(typed["region"], on=today)
    if there and typed["local"] not in {one.code for one in there}:
        return [Problem(_("Choose the district or town"), "local")]
    if typed["precinct"].strip() and _precinct(typed) is None:
        return [Problem(_("The number of a precinct is written in figures"), "precinct")]
    return []


def _page(
    request: PageRequest,
    step: str,
    typed: dict[str, str],
    appeal_id: UUID,
    errors: list[Problem],
    status: int | None = None,
) -> HttpResponse:
    today = timezone.localdate(clock.now())
    number = _STEPS.index(step)
    context = {
        "step": step,
        "number": number + 1,
        "of": len(_STEPS),
        "before": _STEPS[number - 1] if number else "",
        "typed": typed,
        "carried": [(name, typed[name]) for name in _FIELDS if name not in _ASKED[step]],
        "appeal_id": appeal_id,
        "errors": errors,
        "wrong": words.by_field(errors),
        "subjects": words.subject_options(),
        "ways": words.way_options(),
        "most": TEXT_LENGTH,
        "policy": appeal_policy(),
        "kept_days": _kept_days(),
    }
    if step == "region":
        context["regions"] = [("", ""), *_options(regions_to_choose(on=today))]
    if step == "local":
        context["locals"] = _options(locals_to_choose(typed["region"], on=today))
    if step == "check":
        context |= _checked(typed, today)
    code = status or (422 if errors else 200)
    return private(render(request, "casework/ask_step.html", context, status=code))


def _checked(typed: dict[str, str], today: date) -> dict[str, object]:
    branch = branch_of_territory(
        region=typed["region"], local=typed["local"], precinct=_precinct(typed), on=today
    )
    subject = subjects().get(typed["subject"])
    to = (
        ""
        if branch is None or subject is None
        else branch_label(unit_for(branch, level=subject.level, on=today))
    )
    return {
        "to": to,
        "subject": words.subject_title(typed["subject"]),
        "where": "" if branch is None else branch_label(branch),
        "way": dict(words.way_options()).get(typed["tell_by"], ""),
    }


def _kept_days() -> int:
    """For how long after its end what an applicant gave is kept."""
    return rules()["applicants"].kept.days


def _options(found: Sequence[Named]) -> list[tuple[str, str]]:
    return [(one.code, one.name) for one in found]


def _precinct(typed: dict[str, str]) -> int | None:
    text = typed["precinct"].strip().removeprefix("№").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else None


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return new_id()
