"""Who has not come in yet, and slips printed for them."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.http import require_POST, require_safe

from pervichka.foundation import clock
from pervichka.foundation.refusal import Refused
from pervichka.register.posts import actions, queries
from pervichka.surfaces.web.account.entering import to_confirm
from pervichka.surfaces.web.account.fresh import needs_confirming
from pervichka.surfaces.web.drawings import qr
from pervichka.surfaces.web.looking import show_holders
from pervichka.surfaces.web.middleware import PageRequest
from pervichka.surfaces.web.paging import SIZE, offset_of, page_of
from pervichka.surfaces.web.refusals import reason_texts


@login_required
@require_safe
def waiting(request: PageRequest) -> HttpResponse:
    return _list(request)


@login_required
@require_POST
def print_page(request: PageRequest) -> HttpResponse:
    """New slips, shown once. Above primary branches a fresh factor is asked for first."""
    # A button beside one person means that one, whoever else is ticked.
    only = request.GET.get("only")
    wanted = [only] if only else request.POST.getlist("holding")
    ids = [one for one in map(_uuid, wanted) if one is not None]
    at = clock.now()
    if queries.reaches_above_primary(ids, actor=request.actor, at=at) and needs_confirming(request):
        return to_confirm(reverse("web:sign-ins"))
    language = request.POST.get("language", "")
    try:
        slips = _print(request, ids, language, at)
    except Refused as refused:
        return _list(request, errors=reason_texts(refused))
    context = {"slips": [_slip(request, one) for one in slips], "number": len(slips)}
    response = render(request, "sign_ins/slips.html", context)
    response.headers["Cache-Control"] = "private, no-store"
    return response


@transaction.atomic
def _print(
    request: PageRequest, holding_ids: list[UUID], language: str, at: datetime
) -> list[actions.SlipOfHolder]:
    """No slip is written that the budget forbids to show: it is shown this once."""
    slips = actions.print_slips(holding_ids=holding_ids, language=language, by=request.actor, at=at)
    show_holders(request, slips)
    return slips


def _list(request: PageRequest, errors: list[str] | None = None) -> HttpResponse:
    everyone = request.GET.get("who") == "all"
    found = queries.coming_in(
        actor=request.actor,
        at=clock.now(),
        everyone=everyone,
        offset=offset_of(request),
        limit=SIZE,
    )
    show_holders(request, found.rows)
    total = found.total if everyone else found.not_in
    context = {
        "page": page_of(request, found.rows, total=total),
        "found": found,
        "everyone": everyone,
        "errors": errors or [],
        "languages": settings.LANGUAGES,
    }
    return render(request, "sign_ins/waiting.html", context, status=422 if errors else 200)


def _slip(request: PageRequest, one: actions.SlipOfHolder) -> dict[str, object]:
    slip = one.slip
    address = request.build_absolute_uri(reverse("web:slip", args=[slip.token]))
    # On paper in the language of its holder, whoever prints it.
    with translation.override(slip.language):
        typed_at = request.build_absolute_uri(reverse("web:slip-enter"))
        return {
            "language": slip.language,
            "holder": one.holder,
            "post": one.post,
            "branch": one.branch,
            "qr": qr(address),
            "typed_at": typed_at.partition("//")[2],
            "number": f"{slip.number[:3]}-{slip.number[3:5]}-{slip.number[5:]}",
            "digits": f"{slip.digits[:4]} {slip.digits[4:]}",
            "user_name": slip.user_name,
            "expires": timezone.localtime(slip.expires_at),
        }


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
