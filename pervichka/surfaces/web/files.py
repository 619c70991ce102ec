"""A list as a file to take away: the same address with `form=csv` or `form=xlsx` added."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from django.http import HttpRequest, HttpResponse

from pervichka.foundation.tabular.writing import Cell, write_rows
from pervichka.surfaces.web.paging import address_with

FORMS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def wanted_form(request: HttpRequest) -> str | None:
    """The kind of file asked for; none if the page itself is."""
    form = request.GET.get("form", "")
    return form if form in FORMS else None


def export_links(request: HttpRequest) -> list[tuple[str, str]]:
    """The names of the files and the addresses that give them, with every filter kept."""
    return [(form.upper(), address_with(request, form=form, page=None)) for form in FORMS]


def file_response(
    form: str, name: str, columns: Sequence[str], rows: Iterable[Sequence[Cell]]
) -> HttpResponse:
    """The rows as `name.form`, one of `FORMS`; cells that look like formulas are defused."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{name}.{form}"
        write_rows(path, columns, rows)
        response = HttpResponse(path.read_bytes(), content_type=FORMS[form])
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return response
