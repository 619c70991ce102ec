"""Writing a table to a file, its format told by the ending."""

import csv
import gzip
import io
import os
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import IO

import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from pervichka.foundation.refusal import Reason, Refused
from pervichka.foundation.tabular.reading import FORMATS

Cell = str | int | float | date | None
Columns = Sequence[str] | Mapping[str, type]
_ARROW = {str: pa.string(), int: pa.int64(), float: pa.float64(), date: pa.date32()}


def write_rows(path: Path, columns: Columns, rows: Iterable[Sequence[Cell]]) -> int:
    """Write all rows and return their count; the file appears whole or not at all.

    `columns` are names, or names with the type of their cells (str, int, float or date), which
    Parquet keeps whatever the rows hold: none at all, or nothing but empty cells.
    """
    ending = next((known for known in FORMATS if path.name.lower().endswith(known)), None)
    if ending is None:
        raise Refused(
            Reason(
                message="the ending must be one of {formats}",
                params={"formats": ", ".join(FORMATS)},
                file=path.name,
            )
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, suffix=ending, delete=False) as stream:
        try:
            count = _WRITERS[ending](stream, columns, rows)
        except BaseException:
            Path(stream.name).unlink()
            raise
    os.chmod(stream.name, 0o644)  # noqa: PTH101 - a report is for others to read
    Path(stream.name).replace(path)
    return count


def table_bytes(
    form: str, columns: Columns, rows: Iterable[Sequence[Cell]], *, mark: str = ""
) -> bytes:
    """The rows as a `csv` or `xlsx` file that never touches a disk.

    A spreadsheet carries the `mark` in its properties and at the foot of each printed page.
    """
    stream = _Kept()
    if form == "csv":
        _csv(stream, columns, rows)
    elif form == "xlsx":
        _sheet(stream, {"in_memory": True}, columns, rows, mark)
    else:
        raise ValueError(form)
    stream.close()
    return stream.content


class _Kept(io.BytesIO):
    """Keeps its content when whoever wrote to it closes it."""

    content = b""

    def close(self) -> None:
        if not self.closed:
            self.content = self.getvalue()
        super().close()


def _csv(stream: IO[bytes], columns: Columns, rows: Iterable[Sequence[Cell]]) -> int:
    with io.TextIOWrapper(stream, encoding="utf-8", newline="", write_through=True) as text:
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(columns)
        count = 0
        for row in rows:
            writer.writerow([defused(cell) for cell in row])
            count += 1
    return count


def _csv_gz(stream: IO[bytes], columns: Columns, rows: Iterable[Sequence[Cell]]) -> int:
    with gzip.GzipFile(fileobj=stream, mode="wb", mtime=0) as packed:
        return _csv(packed, columns, rows)  # type: ignore[arg-type]  # a gzip stream writes bytes as well


class _Sheet(Worksheet):  # type: ignore[misc]  # the library has no types
    """A sheet that writes doubles in full; the library's own rounds them to 16 digits."""

    def _xml_number_element(
        self, number: float, attributes: Iterable[tuple[str, str]] = ()
    ) -> None:
        marks = "".join(f' {name}="{value}"' for name, value in attributes)
        self.fh.write(f"<c{marks}><v>{number!r}</v></c>")


def _xlsx(stream: IO[bytes], columns: Columns, rows: Iterable[Sequence[Cell]]) -> int:
    return _sheet(stream, {"constant_memory": True}, columns, rows)


def _sheet(
    stream: IO[bytes],
    memory: Mapping[str, bool],
    columns: Columns,
    rows: Iterable[Sequence[Cell]],
    mark: str = "",
) -> int:
    options: dict[str, object] = {
        **memory,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "default_date_format": "yyyy-mm-dd",
    }
    with xlsxwriter.Workbook(stream, options) as book:
        sheet = book.add_worksheet(worksheet_class=_Sheet)
        if mark:
            book.set_properties({"title": mark, "comments": mark})
            # An ampersand begins a command of the footer's.
            sheet.set_footer("&L" + mark.replace("&", "&&"))
        sheet.write_row(0, 0, list(columns))
        count = 0
        for count, row in enumerate(rows, start=1):
            sheet.write_row(count, 0, [defused(cell) for cell in row])
    return count


def _parquet(stream: IO[bytes], columns: Columns, rows: Iterable[Sequence[Cell]]) -> int:
    gathered = list(rows)
    types: Mapping[str, type] = columns if isinstance(columns, Mapping) else {}
    table = pa.table(
        {
            # Without a type of its own, the column's is told by its cells.
            name: pa.array(
                [row[index] for row in gathered],
                _ARROW[types[name]] if name in types else None,
            )
            for index, name in enumerate(columns)
        }
    )
    pq.write_table(table, stream)
    return len(gathered)


def defused(cell: Cell) -> Cell:
    """Text that a spreadsheet would take for a formula is marked as text."""
    if isinstance(cell, str) and cell[:1] in {"=", "+", "-", "@", "\t", "\r", "\0"}:
        return "'" + cell
    return cell


_WRITERS = {".csv": _csv, ".csv.gz": _csv_gz, ".xlsx": _xlsx, ".parquet": _parquet}
