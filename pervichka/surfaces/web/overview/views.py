"""The overview of the actor's own unit."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from pervichka.foundation.tabular.writing import Cell
from pervichka.register.access.permissions import Permission
from pervichka.register.branches.queries.units import own_unit
from pervichka.surfaces.web.files import file_response, wanted_form
from pervichka.surfaces.web.middleware import PageRequest
from pervichka.surfaces.web.overview.page import overview_page
from pervichka.surfaces.web.periods import chosen_month
from pervichka.surfaces.web.units import UnitRow

COLUMNS = ("branch", "name", "shown", "change", "level", "primary_branches", "silent_branches")


@login_required
@require_safe
def overview(request: PageRequest) -> HttpResponse:
    """The whole subtree at a glance; a primary branch has its own page instead."""
    unit = own_unit(request.actor) if request.actor.may(Permission.SEE_SCORES) else None
    if unit is None:
        return redirect("web:choose-post")
    if unit.level == "primary":
        return redirect("web:branch", unit.code)
    page = overview_page(request, unit, chosen_month(request), request.actor)
    form = wanted_form(request)
    if form is not None:
        return file_response(form, f"units-{page.period}", COLUMNS, map(_cells, page.every_unit))
    return render(request, "overview/overview.html", {"page": page})


def _cells(row: UnitRow) -> tuple[Cell, ...]:
    change = None if row.change is None else round(row.change, 1)
    return (row.code, row.name, row.figure, change, row.level.title, row.primaries, row.silent)
