"""Reading a file row by row, whatever its format."""

import csv
import gzip
import io
import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import IO, cast

import fastexcel
import pyarrow as pa
import pyarrow.parquet as pq
from xlsxwriter.utility import xl_col_to_name

from pervichka.foundation.refusal import Reason, Refused

FORMATS = (".csv", ".csv.gz", ".xlsx", ".parquet")
_MOST_REPORTED = 1_000
_MIDNIGHT = re.compile(r"^(\d{4}-\d{2}-\d{2})[ T]00:00:00$")
# The number of a line, the header being line 1, and its cells.
Line = tuple[int, list[str]]


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its line in the file, the header being line 1, and its cells as stripped text."""

    line: int
    cells: dict[str, str]


def read_rows(
    path: Path,
    *,
    required: Sequence[str],
    optional: Sequence[str] = (),
    unfit: Callable[[Reason], None] | None = None,
) -> Iterator[Row]:
    """The rows of a file, whose header must name all `required` columns and none unknown.

    An empty cell is an empty string. Rows with nothing in them are passed over. Rows of another
    width than the header's go to `unfit`, if it is given, so that the rest of the file is checked
    too. Raises `Refused`.
    """
    lines = _lines(path)
    header = _header(lines)
    _check_header(path.name, header, required, optional)
    for line, values in lines:
        if not any(values):
            continue
        if len(values) == len(header):
            yield Row(line, dict(zip(header, map(str.strip, values), strict=True)))
        elif unfit is None:
            raise Refused(_of_another_width(path.name, line, values, len(header)))
        else:
            unfit(_of_another_width(path.name, line, values, len(header)))


def _header(lines: Iterator[Line]) -> list[str]:
    _, names = next(lines, (1, []))
    return [name.strip().removeprefix("\ufeff") for name in names]


def _of_another_width(file: str, line: int, values: Sequence[str], width: int) -> Reason:
    return Reason(
        message="{found} cells where the header has {expected}",
        params={"found": len(values), "expected": width},
        file=file,
        line=line,
    )


@dataclass(frozen=True, slots=True)
class LooseTable:
    """A file read row by row, for those who keep good rows and report the others.

    `columns` are those that are read; `unread` nobody asked for, and their cells aren't looked at.
    """

    columns: tuple[str, ...]
    unread: tuple[str, ...]
    rows: Iterator[Row | Reason]


def read_loosely(
    path: Path, *, known: Sequence[str], renamed: Mapping[str, str] | None = None
) -> LooseTable:
    """Rows of the known columns, of which any may be missing; `renamed` maps the file's to ours.

    A row that can't be read is a reason in its place. Raises `Refused` where the file or its
    header is at fault.
    """
    lines = _lines(path)
    ours = dict(renamed or {})
    header = _header(lines)
    named = [ours.get(name, name) for name in header]
    wanted = {index: name for index, name in enumerate(named) if name in known}
    _check_header(path.name, list(wanted.values()), (), known)
    unread = tuple(name for index, name in enumerate(header) if index not in wanted)
    return LooseTable(
        tuple(wanted.values()), unread, _loose_rows(path.name, lines, len(header), wanted)
    )


def _loose_rows(
    file: str, lines: Iterator[Line], width: int, wanted: Mapping[int, str]
) -> Iterator[Row | Reason]:
    line = 1
    try:
        for line, values in lines:
            if not any(values):
                continue
            if len(values) == width:
                yield Row(line, {name: values[index].strip() for index, name in wanted.items()})
            else:
                yield _of_another_width(file, line, values, width)
    except Refused as refused:
        for reason in refused.reasons:
            yield replace(reason, line=line + 1)


def _lines(path: Path) -> Iterator[Line]:
    """The file's lines of cells; whatever goes wrong in reading them is a refusal."""
    try:
        yield from _open(path)
    except UnicodeDecodeError as error:
        raise _refused(path, "this is not UTF-8; save the file as UTF-8 CSV") from error
    except csv.Error as error:
        raise _refused(path, "this is not a readable CSV file: {error}", error=error) from error
    except pa.ArrowException as error:
        raise _refused(path, "this is not a readable Parquet file: {error}", error=error) from error
    except fastexcel.FastExcelError as error:
        raise _refused(path, "this is not a readable spreadsheet: {error}", error=error) from error
    except (OSError, EOFError, zlib.error) as error:
        raise _refused(path, "the file can't be read: {error}", error=error) from error


def _open(path: Path) -> Iterator[Line]:
    name = path.name.lower()
    if not path.is_file():
        raise _refused(path, "there is no such file")
    if name.endswith(".csv"):
        return _csv(path.open("rb"))
    if name.endswith(".csv.gz"):
        return _csv(cast("IO[bytes]", gzip.open(path, "rb")))
    if name.endswith(".xlsx"):
        return _spreadsheet(path)
    if name.endswith(".parquet"):
        return _parquet(path)
    raise _refused(path, "the ending must be one of {formats}", formats=", ".join(FORMATS))


def _csv(stream: IO[bytes]) -> Iterator[Line]:
    with io.TextIOWrapper(stream, encoding="utf-8-sig", newline="") as text:
        reader = csv.reader(text, strict=True)
        # A row begins on the line after the one where the row before it ended.
        before = 0
        for values in reader:
            yield before + 1, values
            before = reader.line_num


def _spreadsheet(path: Path) -> Iterator[Line]:
    # None skipped: empty rows on top count as lines too.
    book = fastexcel.read_excel(path)
    sheet = book.load_sheet(0, header_row=None, skip_rows=0, dtypes="string")
    cells, errors = sheet.to_arrow_with_errors()
    if errors is not None and errors.errors:
        raise Refused(*(_of_error_cell(path.name, error) for error in errors.errors))
    for line, values in enumerate(_rows([cells]), start=1):
        # A spreadsheet knows no days, only moments.
        yield line, [_MIDNIGHT.sub(r"\1", value) for value in values]


def _of_error_cell(file: str, error: fastexcel.CellError) -> Reason:
    row, column = error.position
    return Reason(
        message="the cell holds an error in place of a value",
        file=file,
        line=row + 1,
        column=xl_col_to_name(column),
    )


def _parquet(path: Path) -> Iterator[Line]:
    file = pq.ParquetFile(path)
    yield 1, list(file.schema_arrow.names)
    yield from enumerate(_rows(file.iter_batches(10_000)), start=2)


def _rows(batches: Iterable[pa.RecordBatch]) -> Iterator[list[str]]:
    for batch in batches:
        columns = [column.to_pylist() for column in batch.columns]
        for values in zip(*columns, strict=True):
            yield [_text(value) for value in values]


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime) and value.time() == datetime.min.time():
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, Decimal):
        text = format(value, "f")
        return text.rstrip("0").rstrip(".") if "." in text else text
    return str(value)


def _check_header(
    file: str, header: list[str], required: Sequence[str], optional: Sequence[str]
) -> None:
    known = [*required, *optional]
    problems = [
        ("the column {column} is missing; needed are {required}", name)
        for name in required
        if name not in header
    ]
    problems += [
        ("there is no column {column}; known are {known}", name)
        for name in header
        if name not in known
    ]
    problems += [
        ("the column {column} stands twice", name)
        for name in dict.fromkeys(header)
        if header.count(name) > 1
    ]
    if problems:
        params = {"required": ", ".join(required), "known": ", ".join(known)}
        raise Refused(
            *(
                Reason(
                    message=message,
                    params={**params, "column": repr(name)},
                    file=file,
                    line=1,
                    column=name or None,
                )
                for message, name in problems[:_MOST_REPORTED]
            )
        )


def _refused(path: Path, message: str, **params: object) -> Refused:
    return Refused(Reason(message=message, params=params, file=path.name))
