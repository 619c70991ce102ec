"""A list of precincts as its file has it."""

from dataclasses import dataclass
from pathlib import Path

from pervichka.foundation.tabular import Check, Row, read_rows
from pervichka.register.branches.packs import Pack

COLUMNS = ("region", "territory", "number", "registered_voters")
Key = tuple[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedPrecinct:
    """A precinct as a list has it."""

    region: str
    territory: str
    number: int
    voters: int | None

    @property
    def key(self) -> Key:
        return self.region, self.number


def read_precincts(file: Path, *, pack: Pack, grow: bool) -> list[ListedPrecinct]:
    """The rows of a list of precincts, a region by its code however it is written there.

    Where branches grow from the list, a region that the pack does not know is refused: it would
    become a regional branch. Raises `Refused`.
    """
    check = Check(file.name)
    listed: dict[Key, ListedPrecinct] = {}
    lines: dict[Key, int] = {}
    for row in read_rows(file, required=COLUMNS, unfit=check.note):
        number = check.integer(row, "number", least=1, required=True)
        written = check.text(row, "region", required=True, most=50)
        known = pack.region_written(written)
        if known is None and written and grow:
            _refuse_region(check, row, written, pack)
        precinct = ListedPrecinct(
            region=written if known is None else known.code,
            territory=check.text(row, "territory", required=True, most=200),
            number=number or 0,
            voters=check.integer(row, "registered_voters"),
        )
        if number is not None and precinct.key in lines:
            check.wrong(
                row,
                "number",
                "precinct {number} of {region} stands in line {line} already",
                number=number,
                region=precinct.region,
                line=lines[precinct.key],
            )
        lines[precinct.key] = row.line
        listed[precinct.key] = precinct
    check.close()
    return list(listed.values())


def _refuse_region(check: Check, row: Row, written: str, pack: Pack) -> None:
    if check.reasons:
        # All codes once: a list of another country has a thousand rows of this.
        message = "{value} is not a region of the territory pack"
        check.wrong(row, "region", message, value=repr(written))
        return
    check.wrong(
        row,
        "region",
        "{value} is not a region of the territory pack; write one of {allowed}",
        value=repr(written),
        allowed=", ".join(region.code for region in pack.regions),
    )
