"""The people of a branch: searched by name, phone or e-mail, or leafed through."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pervichka.foundation.refusal import Refused
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import demand
from pervichka.register.branches.queries.units import Unit, own_unit
from pervichka.register.people.queries import (
    MOST_FOUND,
    From,
    PersonLine,
    count_people,
    list_people,
    search_people,
)
from pervichka.surfaces.web.looking import show_people
from pervichka.surfaces.web.middleware import PageRequest
from pervichka.surfaces.web.paging import address_with, size_for
from pervichka.surfaces.web.people.words import AFFILIATIONS, affiliation_title
from pervichka.surfaces.web.refusals import reason_texts
from pervichka.surfaces.web.requested import requested_unit

_LONGEST = 100
# From the least bond to the closest.
_KINDS = tuple(reversed(AFFILIATIONS))


@login_required
@require_safe
def people(request: PageRequest) -> HttpResponse:
    """A search shows its first matches; without one the list goes on page by page."""
    unit = requested_unit(request)
    demand(request.actor, Permission.SEE_PEOPLE, unit)
    text = request.GET.get("q", "").strip()[:_LONGEST]
    kind = request.GET.get("affiliation", "")
    kind = kind if kind in AFFILIATIONS else ""
    context: dict[str, Any] = {
        "unit": unit,
        "is_own": unit == own_unit(request.actor),
        "is_primary": unit.level == "primary",
        "q": text,
        "affiliation": kind,
        "affiliations": [("", _("Everybody")), *((one, affiliation_title(one)) for one in _KINDS)],
    }
    try:
        context |= _found(request, unit, text) if text else _listed(request, unit, kind)
    except Refused as refused:
        context["errors"] = reason_texts(refused)
    return render(request, "people/list.html", context, status=422 if "errors" in context else 200)


def _found(request: PageRequest, unit: Unit, text: str) -> dict[str, object]:
    lines = search_people(text, actor=request.actor, within=unit.interval)
    return {"people": _shown(request, unit, lines), "cut_short": len(lines) == MOST_FOUND}


def _listed(request: PageRequest, unit: Unit, kind: str) -> dict[str, object]:
    part = list_people(
        unit, actor=request.actor, affiliation=kind, start=_start(request), most=size_for(request)
    )
    # Above a primary branch there may be a million, which are not counted for a heading.
    is_primary = unit.level == "primary"
    total = count_people(unit, actor=request.actor, affiliation=kind) if is_primary else None
    return {
        "people": _shown(request, unit, part.lines),
        "total": total,
        "before": part.before and address_with(request, before=str(part.before), after=None),
        "after": part.after and address_with(request, after=str(part.after), before=None),
    }


def _shown(
    request: PageRequest, unit: Unit, lines: Sequence[PersonLine]
) -> list[tuple[PersonLine, str]]:
    show_people(request, [line.branch_id for line in lines], unit)
    return [(line, affiliation_title(line.affiliation)) for line in lines]


def _start(request: PageRequest) -> From:
    return From(after=_mark(request, "after"), before=_mark(request, "before"))


def _mark(request: PageRequest, name: str) -> UUID | None:
    try:
        return UUID(request.GET.get(name, ""))
    except ValueError:
        return None
