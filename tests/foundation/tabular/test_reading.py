"""Tables from files: the same rows from every format, and every fault with its line."""

import gzip
from datetime import date
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter

from pervichka.foundation.refusal import Reason, Refused
from pervichka.foundation.tabular import Row, read_loosely, read_rows, write_rows

COLUMNS = ("name", "number", "day")
ROWS = [("Адыгейская", "1", "2024-03-01"), ("Майкоп", "25", ""), ("", "", ""), ("x", "3", "")]


def cells(path: Path) -> list[tuple[int, list[str]]]:
    return [(row.line, list(row.cells.values())) for row in read_rows(path, required=COLUMNS)]


@pytest.mark.parametrize("ending", [".csv", ".csv.gz", ".xlsx", ".parquet"])
def test_every_format_gives_the_same_rows(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"rows{ending}"
    write_rows(path, COLUMNS, ROWS)

    assert cells(path) == [(2, list(ROWS[0])), (3, list(ROWS[1])), (5, list(ROWS[3]))]


def test_numbers_and_dates_of_a_spreadsheet_read_as_text(tmp_path: Path) -> None:
    path = tmp_path / "typed.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet, day = book.add_worksheet(), book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(0, 0, COLUMNS)
        sheet.write_row(1, 0, ["a", 7])
        sheet.write_datetime(1, 2, date(2024, 3, 1), day)
        sheet.write_row(2, 0, ["b", 7.125, ""])

    assert cells(path) == [(2, ["a", "7", "2024-03-01"]), (3, ["b", "7.125", ""])]


def test_columns_of_any_type_of_parquet_read_as_text(tmp_path: Path) -> None:
    path = tmp_path / "typed.parquet"
    table = pa.table({
        "name": [None, "b", "c"],
        "number": [Decimal("100.000"), Decimal("7.125"), None],
        "day": [date(2024, 3, 1), None, None],
    })  # fmt: skip
    pq.write_table(table, path)

    assert cells(path) == [
        (2, ["", "100", "2024-03-01"]),
        (3, ["b", "7.125", ""]),
        (4, ["c", "", ""]),
    ]


def test_a_cell_with_a_line_break_does_not_shift_the_lines_after_it(tmp_path: Path) -> None:
    path = tmp_path / "broken.csv"
    path.write_text('name,number,day\n"two\nlines",1,\nnext,2,\n', encoding="utf-8")

    assert [line for line, _ in cells(path)] == [2, 4]


def test_empty_rows_above_the_header_of_a_spreadsheet_are_told(tmp_path: Path) -> None:
    path = tmp_path / "late.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(2, 0, COLUMNS)
        sheet.write_row(3, 0, ["a", "1", ""])

    with pytest.raises(Refused) as refused:
        cells(path)

    assert refused.value.reasons[0].line == 1


def test_a_byte_order_mark_is_no_part_of_the_header(tmp_path: Path) -> None:
    path = tmp_path / "bom.csv"
    path.write_bytes("\ufeffname,number,day\nа,1,\n".encode())

    assert cells(path) == [(2, ["а", "1", ""])]


@pytest.mark.parametrize(
    ("header", "says", "column"),
    [
        ("name,number", "'day' is missing", "day"),
        ("name,number,day,more", "no column 'more'", "more"),
        ("name,number,day,name", "'name' stands twice", "name"),
        ("", "'name' is missing", "name"),
    ],
)
def test_a_wrong_header_is_refused(tmp_path: Path, header: str, says: str, column: str) -> None:
    path = tmp_path / "wrong.csv"
    path.write_text(header + "\n", encoding="utf-8")

    with pytest.raises(Refused, match=says) as refused:
        cells(path)

    reason = refused.value.reasons[0]
    assert (reason.file, reason.line, reason.column) == ("wrong.csv", 1, column)


def test_rows_of_another_width_are_all_told(tmp_path: Path) -> None:
    path = tmp_path / "ragged.csv"
    path.write_text("name,number,day\na,1\nb,2,\nc,3,,\n", encoding="utf-8")
    unfit: list[Reason] = []

    read = [row.line for row in read_rows(path, required=COLUMNS, unfit=unfit.append)]

    assert read == [3]
    assert [(reason.line, reason.params["found"]) for reason in unfit] == [(2, 2), (4, 4)]


def damaged_gzip() -> bytes:
    packed = bytearray(gzip.compress(b"name,number,day\n" + bytes(range(65, 91)) * 500, mtime=0))
    packed[20:40] = b"\xff" * 20
    return bytes(packed)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("not.csv.gz", b"plain"),
        ("cut.csv.gz", gzip.compress(b"name,number,day\n" * 50, mtime=0)[:-20]),
        ("damaged.csv.gz", damaged_gzip()),
        ("not.xlsx", b"plain"),
        ("not.parquet", b"plain"),
        ("other.csv", "имя".encode("cp1251")),
        ("quoted.csv", b'name,number,day\n"a"b,1,\n'),
        ("rows.txt", b"name,number,day\n"),
    ],
)
def test_what_cannot_be_read_is_refused(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)

    with pytest.raises(Refused) as refused:
        cells(path)

    assert refused.value.reasons[0].file == name


def test_a_loose_reading_keeps_what_came_before_the_fault(tmp_path: Path) -> None:
    path = tmp_path / "half.csv"
    path.write_bytes(b'name,number,day\na,1,\n"b"c,2,\n')

    first, fault = read_loosely(path, known=COLUMNS).rows

    assert isinstance(first, Row)
    assert isinstance(fault, Reason)
    assert (fault.file, fault.line) == ("half.csv", 3)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="no such file"):
        cells(tmp_path / "none.csv")


def test_an_error_cell_of_a_spreadsheet_is_not_taken_for_an_empty_one(tmp_path: Path) -> None:
    path = tmp_path / "errors.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, COLUMNS)
        sheet.write_row(1, 0, ["a", 1])
        sheet.write_formula(2, 1, "=1/0", None, "#DIV/0!")

    with pytest.raises(Refused) as refused:
        cells(path)

    assert [(reason.line, reason.column) for reason in refused.value.reasons] == [(3, "B")]
