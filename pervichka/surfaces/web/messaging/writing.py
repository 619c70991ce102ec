"""Writing a campaign: to whom, for what, in which words; a kept wording fills the form."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pervichka.foundation import clock
from pervichka.foundation.ids import new_id
from pervichka.foundation.refusal import Refused
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import demand
from pervichka.register.branches.queries.units import visible_to
from pervichka.surfaces.web.messaging import words
from pervichka.surfaces.web.messaging.shared import campaign_to_send, crumbs
from pervichka.surfaces.web.middleware import PageRequest
from pervichka.surfaces.web.requested import requested_id, requested_unit
from pervichka.work.events.queries import event_of
from pervichka.work.messaging import actions
from pervichka.work.messaging.actions import Draft
from pervichka.work.messaging.queries import templates_for

_TEXTS = ("title", "purpose", "subject_ru", "body_ru", "subject_en", "body_en", "event_part")
_WORDING = ("subject_ru", "body_ru", "subject_en", "body_en")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: PageRequest) -> HttpResponse:
    """Sent twice, it is written once."""
    unit = requested_unit(request)
    demand(request.actor, Permission.SEND_MESSAGES, unit)
    event_id = _event_of(request)
    if request.method != "POST":
        typed = _kept_wording(request) | {"affiliations": ["member", "supporter"]}
        return _ask(request, typed, [], branch=unit.name, event_id=event_id)
    typed = _typed(request)
    try:
        campaign = actions.write_campaign(
            branch=visible_to(request.actor).get(id=unit.id),
            draft=_draft(typed, event_id),
            campaign_id=requested_id(request.POST.get("campaign_id", "") or str(new_id())),
            by=request.actor,
            at=clock.now(),
        )
    except Refused as refused:
        errors = list(words.problems(refused))
        return _ask(request, typed, errors, branch=unit.name, event_id=event_id)
    return redirect("web:message", campaign.id)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: PageRequest, campaign_id: UUID) -> HttpResponse:
    campaign = campaign_to_send(request, campaign_id)
    draft = Draft.of(campaign)
    typed: dict[str, object] = {name: getattr(draft, name) for name in _TEXTS}
    typed["affiliations"] = list(draft.affiliations)
    errors: list[words.Problem] = []
    if request.method == "POST":
        typed = _typed(request)
        try:
            actions.change_campaign(
                campaign=campaign,
                draft=_draft(typed, campaign.event_id),
                by=request.actor,
                at=clock.now(),
            )
        except Refused as refused:
            errors = list(words.problems(refused))
        else:
            return redirect("web:message", campaign.id)
    return _ask(request, typed, errors, branch="", event_id=campaign.event_id, back=campaign.id)


def _ask(
    request: PageRequest,
    typed: dict[str, object],
    errors: list[words.Problem],
    *,
    branch: str,
    event_id: UUID | None,
    back: UUID | None = None,
) -> HttpResponse:
    chosen = typed.get("affiliations") or []
    context = {
        "crumbs": crumbs(),
        "branch": branch,
        "typed": typed,
        "errors": errors,
        "wrong": {error.field: error.text for error in errors},
        "purposes": words.purpose_options(),
        "affiliations": [
            (code, text, isinstance(chosen, list) and code in chosen)
            for code, text in words.affiliation_options()
        ],
        "event_id": event_id,
        "parts": words.part_options(),
        "templates": [("", _("My own words")), *_templates(request)] if back is None else [],
        "template": request.GET.get("template", ""),
        "campaign_id": request.POST.get("campaign_id") or new_id(),
        "back": back,
    }
    return render(request, "messaging/write.html", context, status=422 if errors else 200)


def _typed(request: PageRequest) -> dict[str, object]:
    typed: dict[str, object] = {name: request.POST.get(name, "") for name in _TEXTS}
    typed["affiliations"] = request.POST.getlist("affiliation")
    return typed


def _draft(typed: dict[str, object], event_id: UUID | None) -> Draft:
    chosen = typed["affiliations"]
    return Draft(
        **{name: str(typed[name]).replace("\r\n", "\n") for name in _TEXTS},
        affiliations=chosen if isinstance(chosen, list) and event_id is None else [],
        event_id=event_id,
    )


def _event_of(request: PageRequest) -> UUID | None:
    """The event to whose people it goes, if the address names one. Raises `Http404`."""
    named = request.GET.get("event", "")
    if not named:
        return None
    try:
        return event_of(request.actor, requested_id(named)).id
    except ObjectDoesNotExist as missing:
        raise Http404 from missing


def _templates(request: PageRequest) -> list[tuple[str, str]]:
    return [(str(one.id), one.name) for one in templates_for(request.actor)]


def _kept_wording(request: PageRequest) -> dict[str, object]:
    wanted = request.GET.get("template", "")
    for one in templates_for(request.actor) if wanted else []:
        if str(one.id) == wanted:
            return {"title": one.name} | {name: getattr(one, name) for name in _WORDING}
    return {}
