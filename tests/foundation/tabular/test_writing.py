"""Tables into files: whole or not at all, numbers to the last bit, no formulas."""

import csv
import re
import struct
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pervichka.foundation.refusal import Refused
from pervichka.foundation.tabular import read_rows, write_rows

AWKWARD = [0.1 + 0.2, 1 / 3, 100 / 3, 5e-324, 1.7976931348623157e308, 123456789.12345679]


def test_a_spreadsheet_holds_doubles_in_full(tmp_path: Path) -> None:
    # Our reader of spreadsheets goes through text of fewer digits, so the file itself is looked at.
    path = tmp_path / "numbers.xlsx"
    write_rows(path, ("number",), [(number,) for number in AWKWARD])

    with zipfile.ZipFile(path) as packed:
        written = packed.read("xl/worksheets/sheet1.xml").decode()

    assert [float(found) for found in re.findall(r"<v>(.*?)</v>", written)] == AWKWARD


@pytest.mark.parametrize("ending", [".csv", ".csv.gz", ".parquet"])
def test_doubles_come_back_to_the_last_bit(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"numbers{ending}"
    write_rows(path, ("number",), [(number,) for number in AWKWARD])

    back = [float(row.cells["number"]) for row in read_rows(path, required=("number",))]

    assert list(map(bits, back)) == list(map(bits, AWKWARD))


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_any_double_is_written_in_full(number: float) -> None:
    assert bits(float(repr(number))) == bits(number)


@pytest.mark.parametrize("text", ["=1+1", "+7 900", "-1", "@here", "\tx"])
def test_cells_that_a_spreadsheet_would_run_are_marked_as_text(tmp_path: Path, text: str) -> None:
    path = tmp_path / "cells.csv"
    write_rows(path, ("a", "b"), [(text, -1)])

    with path.open(encoding="utf-8", newline="") as stream:
        assert list(csv.reader(stream))[1] == ["'" + text, "-1"]


def test_parquet_keeps_types(tmp_path: Path) -> None:
    path = tmp_path / "typed.parquet"
    write_rows(path, ("a", "b"), [("x", 1.5), (None, None)])

    assert pq.read_table(path).to_pydict() == {"a": ["x", None], "b": [1.5, None]}


def test_columns_of_a_type_keep_it_in_parquet_whatever_the_rows_hold(tmp_path: Path) -> None:
    path = tmp_path / "typed.parquet"
    columns = {"code": str, "on": date, "number": int, "share": float}
    for rows in ([], [(None, None, None, None)], [("x", date(2026, 1, 31), 7, 1)]):
        write_rows(path, columns, rows)
        types = [str(field.type) for field in pq.read_schema(path)]
        assert types == ["string", "date32[day]", "int64", "double"]


@pytest.mark.parametrize("ending", [".csv", ".xlsx", ".parquet"])
def test_a_day_comes_back_as_that_day(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"days{ending}"
    write_rows(path, ("on", "number"), [(date(2026, 1, 31), 7)])

    (row,) = read_rows(path, required=("on", "number"))

    assert row.cells == {"on": "2026-01-31", "number": "7"}


def test_a_fault_half_way_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "report.csv"
    write_rows(path, ("a",), [(1,)])

    def rows() -> Iterator[tuple[int]]:
        yield (2,)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        write_rows(path, ("a",), rows())

    assert path.read_text(encoding="utf-8") == "a\n1\n"
    assert list(tmp_path.iterdir()) == [path]


def test_an_unknown_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="ending"):
        write_rows(tmp_path / "report.doc", ("a",), [])


def bits(number: float) -> bytes:
    return struct.pack("<d", number)
