"""The table of a pack's regions: a CSV file with a header, one region a row."""

import csv
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pervichka.register.branches.packs.mistakes import Mistakes
from pervichka.register.branches.packs.territory import Region, Texts, Tile

LABEL_LETTERS = 4
TEXT_COLUMNS = ("name", "full_name", "label")  # each of them once a language: name_en, name_ru …
REQUIRED_COLUMNS = ("code", "time_zone", "tile_row", "tile_column")
OPTIONAL_COLUMNS = ("district", "territories", "precincts", "voters", "aliases")


@dataclass(frozen=True)
class _Row:
    """One line of the table, and where to note what is wrong with it."""

    cells: dict[str, str]
    line: int
    mistakes: Mistakes

    def text(self, column: str) -> str:
        value = self.cells[column]
        if not value:
            self.wrong(column, "The field is empty; it must be filled.")
        return value

    def whole(self, column: str, *, least: int) -> int | None:
        """A whole number of `least` or more; None for an empty or a wrong cell."""
        value = self.cells.get(column, "")
        if value.isascii() and value.isdigit() and int(value) >= least:
            return int(value)
        if value:
            self.wrong(
                column,
                "{value} is not allowed; write a whole number, {least} or more.",
                value=value,
                least=least,
            )
        return None

    def wrong(self, column: str, message: str, **params: object) -> None:
        self.mistakes.add(message, self.line, column, **params)


def read_regions(
    path: Path, *, languages: Sequence[str], districts: Sequence[str], root_code: str
) -> tuple[Region, ...]:
    """The regions in file order. Raises `Refused` with every mistake, its line and its column."""
    mistakes = Mistakes(path)
    rows = _rows(path, languages, mistakes)
    found = [(row.line, _region(row, languages, districts)) for row in rows]
    if not found:
        mistakes.add("There is no region in the table; a pack has at least one.", None, None)
    _check_unique(found, languages, root_code, mistakes)
    mistakes.raise_if_any()
    return tuple(region for _, region in found)


def _rows(path: Path, languages: Sequence[str], mistakes: Mistakes) -> list[_Row]:
    """Every row that has as many cells as the header; the header itself is checked first."""
    try:
        # utf-8-sig: spreadsheets put a mark before the first column's name.
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, strict=True)
            lines = [(reader.line_num, [cell.strip() for cell in cells]) for cells in reader]
    except OSError:
        mistakes.add("The file cannot be read; a pack has its table of regions here.", None, None)
    except UnicodeDecodeError:
        mistakes.add("The file is not UTF-8 text; save it as CSV in UTF-8.", None, None)
    except csv.Error as error:
        mistakes.add("The file is not CSV: {error}.", None, None, error=str(error))
    mistakes.raise_if_any()
    header = lines[0][1] if lines else []
    _check_header(header, languages, mistakes)
    mistakes.raise_if_any()
    return _full_rows(header, lines[1:], mistakes)


def _full_rows(
    header: list[str], lines: list[tuple[int, list[str]]], mistakes: Mistakes
) -> list[_Row]:
    rows = []
    for line, cells in lines:
        if len(cells) == len(header):
            rows.append(_Row(dict(zip(header, cells, strict=True)), line, mistakes))
        elif cells:
            mistakes.add(
                "The row has {found} fields; the header has {expected}.",
                line,
                None,
                found=len(cells),
                expected=len(header),
            )
    return rows


def _check_header(header: list[str], languages: Sequence[str], mistakes: Mistakes) -> None:
    texts = [f"{column}_{language}" for column in TEXT_COLUMNS for language in languages]
    required = [*REQUIRED_COLUMNS, *texts]
    for column in required:
        if column not in header:
            mistakes.add("The column {column} is missing.", 1, None, column=column)
    for column in dict.fromkeys(header):
        if column not in (*required, *OPTIONAL_COLUMNS):
            allowed = ", ".join((*required, *OPTIONAL_COLUMNS))
            mistakes.add("Unknown column; the allowed ones: {allowed}.", 1, column, allowed=allowed)
        elif header.count(column) > 1:
            mistakes.add("The column is there twice; keep one.", 1, column)


def _region(row: _Row, languages: Sequence[str], districts: Sequence[str]) -> Region:
    time_zone = row.text("time_zone")
    if time_zone:
        row.mistakes.check_time_zone(time_zone, row.line, "time_zone")
    aliases = row.cells.get("aliases", "").split(";")
    return Region(
        code=row.text("code"),
        name=_texts(row, "name", languages),
        full_name=_texts(row, "full_name", languages),
        label=_label(row, languages),
        district=_district(row, districts),
        time_zone=time_zone,
        tile=Tile(row=_tile_side(row, "tile_row"), column=_tile_side(row, "tile_column")),
        territories=row.whole("territories", least=0),
        precincts=row.whole("precincts", least=0),
        voters=row.whole("voters", least=0),
        aliases=tuple(alias.strip() for alias in aliases if alias.strip()),
    )


def _texts(row: _Row, column: str, languages: Sequence[str]) -> Texts:
    return {language: row.text(f"{column}_{language}") for language in languages}


def _label(row: _Row, languages: Sequence[str]) -> Texts:
    label = _texts(row, "label", languages)
    for language, text in label.items():
        if len(text) > LABEL_LETTERS:
            row.wrong(
                f"label_{language}",
                "{value} is too long for a tile; write at most {letters} letters.",
                value=text,
                letters=LABEL_LETTERS,
            )
    return label


def _district(row: _Row, districts: Sequence[str]) -> str | None:
    value = row.cells.get("district", "")
    if not districts and value:
        row.wrong("district", "The pack has no districts; leave the field empty.")
    elif districts and value not in districts:
        row.wrong(
            "district",
            "Unknown district {value}; the allowed ones: {allowed}.",
            value=value or '""',
            allowed=", ".join(districts),
        )
    return value or None


def _tile_side(row: _Row, column: str) -> int:
    row.text(column)
    return row.whole(column, least=1) or 0


def _check_unique(
    found: list[tuple[int, Region]], languages: Sequence[str], root_code: str, mistakes: Mistakes
) -> None:
    """No two regions share a code, a tile, a tile's letters or a spelling."""
    for line, region in found:
        if region.code == root_code:
            mistakes.add(
                "{value} is the code of the root; give the region its own.",
                line,
                "code",
                value=root_code,
            )

    lines = [line for line, _ in found]
    columns: dict[str, list[Hashable]] = {
        "code": [region.code for _, region in found],
        "tile_row, tile_column": [_whole_tile(region.tile) for _, region in found],
        **{
            f"label_{language}": [region.label[language] for _, region in found]
            for language in languages
        },
    }
    for column, values in columns.items():
        _check_column(column, zip(lines, values, strict=True), mistakes)
    _check_spellings(found, mistakes)


def _check_column(column: str, values: Iterable[tuple[int, Hashable]], mistakes: Mistakes) -> None:
    first: dict[Hashable, int] = {}
    for line, value in values:
        if value and first.setdefault(value, line) != line:
            message = "The same value as in line {first}; it must be unique."
            mistakes.add(message, line, column, first=first[value])


def _whole_tile(tile: Tile) -> Tile | None:
    """The tile, or None where a side of it was refused already."""
    return tile if tile.row and tile.column else None


def _check_spellings(found: list[tuple[int, Region]], mistakes: Mistakes) -> None:
    first: dict[str, tuple[int, str]] = {}
    for line, region in found:
        for spelling in sorted(region.spellings - {""}):
            first_line, code = first.setdefault(spelling, (line, region.code))
            if code != region.code:
                message = "“{spelling}” means the region of line {first} already; write another."
                mistakes.add(message, line, "name, aliases", spelling=spelling, first=first_line)
