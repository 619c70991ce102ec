"""What people ask about, by subject and place: for anyone by region, for a unit by its own."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from pervichka.foundation import clock
from pervichka.foundation.tabular.writing import Cell
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import demand
from pervichka.register.branches.acting import SYSTEM, acting_as
from pervichka.register.branches.queries.units import own_unit, unit_coded, units_below
from pervichka.surfaces.web.casework import words
from pervichka.surfaces.web.files import export_links, file_response, wanted_form
from pervichka.surfaces.web.middleware import PageRequest
from pervichka.work.casework.queries import Table, table_of

_YEARS = 3


@require_safe
def public(request: PageRequest) -> HttpResponse:
    """By region, of a calendar year that is over or goes on."""
    today = timezone.localdate(clock.now())
    # What is counted is shown to anyone; small groups are hidden.
    with acting_as(SYSTEM):
        root = own_unit(SYSTEM)
        units = [] if root is None else units_below(root, on=today, actor=SYSTEM)
        table = table_of(units, year=_year(request))
    return _page(request, table, title="")


@login_required
@require_safe
def within(request: PageRequest) -> HttpResponse:
    """Of one's own branch, by the branches right below it."""
    demand(request.actor, Permission.SEE_SCORES)
    today = timezone.localdate(clock.now())
    code = request.GET.get("branch", "")
    actor = request.actor
    unit = unit_coded(code, actor=actor) if code else own_unit(actor)
    if unit is None:
        raise Http404
    below = units_below(unit, on=today, actor=actor)
    return _page(request, table_of(below or [unit], year=_year(request)), title=unit.name)


def _page(request: PageRequest, table: Table, *, title: str) -> HttpResponse:
    subjects = [words.subject_title(code) for code in table.subjects]
    form = wanted_form(request)
    if form is not None:
        rows = [
            [row.unit.name, *(_cell(cell.number) for cell in row.cells), _cell(row.total)]
            for row in table.rows
        ]
        return file_response(form, "asked-about", ["branch", *table.subjects, "total"], rows)
    today = timezone.localdate(clock.now())
    context = {
        "table": table,
        "subjects": subjects,
        "title": title,
        "year": str(_year(request)),
        "years": [(str(year), str(year)) for year in range(today.year, today.year - _YEARS, -1)],
        "is_public": not title,
        "export": export_links(request),
        "by_subject": sorted(
            zip(subjects, (cell.number for cell in table.totals), strict=True),
            key=lambda pair: -(pair[1] or 0),
        ),
    }
    return render(request, "casework/about.html", context)


def _cell(number: int | None) -> Cell:
    return "hidden" if number is None else number


def _year(request: PageRequest) -> int:
    """The year asked for in the address; anything else is this one."""
    this = timezone.localdate(clock.now()).year
    asked = request.GET.get("year", "")
    wanted = int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 else this
    return wanted if this - _YEARS < wanted <= this else this
