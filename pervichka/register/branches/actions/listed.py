"""A list of precincts as its file has it."""

from dataclasses import dataclass
from pathlib import Path

from pervichka.foundation.tabular import Check, read_rows

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


def read_precincts(file: Path) -> list[ListedPrecinct]:
    """The rows of a list of precincts. Raises `Refused`."""
    check = Check(file.name)
    listed: dict[Key, ListedPrecinct] = {}
    lines: dict[Key, int] = {}
    for row in read_rows(file, required=COLUMNS, unfit=check.note):
        number = check.integer(row, "number", least=1, required=True)
        precinct = ListedPrecinct(
            region=check.text(row, "region", required=True, most=50),
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
