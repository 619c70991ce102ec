"""Precincts with no living branch: a list to read, to filter and to take away."""

from collections.abc import Iterator

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pervichka.foundation import clock
from pervichka.foundation.tabular.writing import Cell
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import demand
from pervichka.register.branches.queries.bare_precincts import BarePrecinct, Reach
from pervichka.register.branches.queries.bare_precincts import reach as find_reach
from pervichka.register.branches.queries.pack import current_pack
from pervichka.surfaces.web.files import export_links, file_response, wanted_form
from pervichka.surfaces.web.middleware import PageRequest
from pervichka.surfaces.web.paging import offset_of, page_of
from pervichka.surfaces.web.templatetags.pervichka import number, text_of

SIZE = 25


@login_required
@require_safe
def reach(request: PageRequest) -> HttpResponse:
    """A page of the list; the whole of what the filters leave, as a file."""
    demand(request.actor, Permission.SEE_BRANCHES)
    form = wanted_form(request)
    if form is not None:
        whole = _found(request, offset=0, limit=None)
        return file_response(form, "precincts-without-branch", _header(), _cells(whole))
    found = _found(request, offset=offset_of(request, SIZE), limit=SIZE)
    rows = [_shown(row) for row in found.rows]
    region, search = request.GET.get("region", ""), request.GET.get("q", "")
    filtered = bool(region or search)
    context = {
        "sentence": _sentence(found),
        "bare": found.bare,
        "regions": [
            ("", _("All")),
            *((code, _region_name(code)) for code in sorted(found.regions, key=_region_name)),
        ],
        "region": region,
        "q": search,
        "found": ngettext("Found: %(count)s precinct", "Found: %(count)s precincts", found.found)
        % {"count": number(found.found)},
        "paging": page_of(request, rows, total=found.found, size=SIZE),
        "export": export_links(request),
        "empty_title": _("Nothing is found") if filtered else _("There are no such precincts"),
        "empty_text": _("Take a filter away, or write less of the name.")
        if filtered
        else _("Wherever you look here, there is someone to turn to."),
    }
    return render(request, "reach/reach.html", context)


def _found(request: PageRequest, *, offset: int, limit: int | None) -> Reach:
    return find_reach(
        actor=request.actor,
        on=timezone.localdate(clock.now()),
        region=request.GET.get("region", ""),
        search=request.GET.get("q", ""),
        order=_order(),
        offset=offset,
        limit=limit,
    )


def _order() -> list[str]:
    """The regions' codes as the reader's alphabet has their names."""
    return sorted((one.code for one in current_pack().regions), key=_region_name)


def _sentence(found: Reach) -> str:
    """310 of 90 298 precincts have no living branch."""
    if not found.precincts:
        return _("No precincts are in the register yet")
    if not found.bare:
        return _("Every precinct here has a living branch")
    return ngettext(
        "%(bare)s of %(precincts)s precinct has no living branch",
        "%(bare)s of %(precincts)s precincts have no living branch",
        found.precincts,
    ) % {"bare": number(found.bare), "precincts": number(found.precincts)}


def _shown(row: BarePrecinct) -> dict[str, object]:
    return {
        "number": row.number,
        "region_name": _region_name(row.region),
        "territory": row.territory,
        "voters": row.voters,
        "unit_code": row.unit_code,
        "unit_name": _unit_name(row),
    }


def _region_name(code: str) -> str:
    region = next((one for one in current_pack().regions if one.code == code), None)
    return code if region is None else text_of(region.name)


def _unit_name(row: BarePrecinct) -> str:
    russian = (get_language() or "ru").startswith("ru")
    return row.unit_name_ru if russian and row.unit_name_ru else row.unit_name


def _header() -> list[str]:
    return ["region", "territory", "number", "registered_voters", "nearest_unit"]


def _cells(found: Reach) -> Iterator[list[Cell]]:
    for row in found.rows:
        yield [row.region, row.territory, row.number, row.voters, row.unit_code]
