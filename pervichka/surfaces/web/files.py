"""A table as a file to take away."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from django.http import HttpResponse

from pervichka.foundation.tabular.writing import Cell, write_rows

FORMS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


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
