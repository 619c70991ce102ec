"""Reading a file row by row, whatever its format."""

import csv
import gzip
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import IO, cast

import fastexcel
import pyarrow as pa
import pyarrow.parquet as pq

from pervichka.foundation.refusal import Reason, Refused

FORMATS = (".csv", ".csv.gz", ".xlsx", ".parquet")
_MOST_REPORTED = 1_000


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its line in the file, the header being line 1, and its cells as stripped text."""

    line: int
    cells: dict[str, str]


def read_rows(
    path: Path, *, required: Sequence[str], optional: Sequence[str] = ()
) -> Iterator[Row]:
    """The rows of a file, whose header must name all `required` columns and none unknown.

    An empty cell is an empty string. Rows with nothing in them are passed over. Raises `Refused`.
    """
    cells = _open(path)
    try:
        header = [name.strip().removeprefix("\ufeff") for name in next(cells, [])]
        _check_header(path.name, header, required, optional)
        for line, values in enumerate(cells, start=2):
            if not any(values):
                continue
            if len(values) != len(header):
                raise Refused(
                    Reason(
                        message="{found} cells where the header has {expected}",
                        params={"found": len(values), "expected": len(header)},
                        file=path.name,
                        line=line,
                    )
                )
            yield Row(line, dict(zip(header, map(str.strip, values), strict=True)))
    except UnicodeDecodeError as error:
        raise _refused(path, "this is not UTF-8; save the file as UTF-8 CSV") from error
    except csv.Error as error:
        raise _refused(path, "this is not a readable CSV file: {error}", error=error) from error
    except (OSError, EOFError) as error:
        raise _refused(path, "the file can't be read: {error}", error=error) from error


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
    cells = _open(path)
    ours = dict(renamed or {})
    try:
        header = [name.strip().removeprefix("\ufeff") for name in next(cells, [])]
    except (UnicodeDecodeError, csv.Error, OSError, EOFError) as error:
        raise _refused(path, "the file can't be read: {error}", error=error) from error
    named = [ours.get(name, name) for name in header]
    wanted = {index: name for index, name in enumerate(named) if name in known}
    _check_header(path.name, list(wanted.values()), (), known)
    unread = tuple(name for index, name in enumerate(header) if index not in wanted)
    return LooseTable(
        tuple(wanted.values()), unread, _loose_rows(path.name, cells, len(header), wanted)
    )


def _loose_rows(
    file: str, cells: Iterator[list[str]], width: int, wanted: Mapping[int, str]
) -> Iterator[Row | Reason]:
    line = 1
    try:
        for line, values in enumerate(cells, start=2):
            if not any(values):
                continue
            if len(values) == width:
                yield Row(line, {name: values[index].strip() for index, name in wanted.items()})
                continue
            yield Reason(
                message="{found} cells where the header has {expected}",
                params={"found": len(values), "expected": width},
                file=file,
                line=line,
            )
    except (UnicodeDecodeError, csv.Error, OSError, EOFError) as error:
        yield Reason(
            message="from here on the file can't be read: {error}",
            params={"error": error},
            file=file,
            line=line + 1,
        )


def _open(path: Path) -> Iterator[list[str]]:
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


def _csv(stream: IO[bytes]) -> Iterator[list[str]]:
    with io.TextIOWrapper(stream, encoding="utf-8-sig", newline="") as text:
        yield from csv.reader(text, strict=True)


def _spreadsheet(path: Path) -> Iterator[list[str]]:
    try:
        sheet = fastexcel.read_excel(path).load_sheet(0, header_row=None, dtypes="string")
    except fastexcel.FastExcelError as error:
        raise _refused(path, "this is not a readable spreadsheet: {error}", error=error) from error
    yield from _batches([sheet.to_arrow()])


def _parquet(path: Path) -> Iterator[list[str]]:
    try:
        file = pq.ParquetFile(path)
    except pa.ArrowException as error:
        raise _refused(path, "this is not a readable Parquet file: {error}", error=error) from error
    yield list(file.schema_arrow.names)
    yield from _batches(file.iter_batches(10_000))


def _batches(batches: Iterable[pa.RecordBatch]) -> Iterator[list[str]]:
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
        return format(value.normalize(), "f")
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
