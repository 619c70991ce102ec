"""What a territory pack holds, as plain immutable values: the reader refuses what is wrong."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

# What tree, standards and imports know levels by, from the root down; a pack gives them its words.
LEVELS = ("federal", "regional", "local", "primary")

Texts = Mapping[str, str]  # by language code: {"en": …, "ru": …}

# Languages that say "2 отделения" but "5 отделений"; every other pack language has two forms.
LANGUAGES_WITH_FEW = frozenset({"ru", "uk", "be"})


@dataclass(frozen=True, kw_only=True)
class LevelLabel:
    """A level's word in one language: after 1, after 2, after 5, and above a list."""

    one: str
    few: str
    many: str
    heading: str

    def after(self, number: int, language: str) -> str:
        """The form that follows `number` (0 or more): 1 отделение, 2 отделения, 11 отделений."""
        if language not in LANGUAGES_WITH_FEW:
            return self.one if number == 1 else self.many
        if number % 100 in range(11, 15):
            return self.many
        if number % 10 == 1:
            return self.one
        return self.few if number % 10 in range(2, 5) else self.many


@dataclass(frozen=True, kw_only=True)
class Level:
    """A level of the branch tree; `depth` is 0 at the root."""

    code: str
    depth: int
    label: Mapping[str, LevelLabel]


@dataclass(frozen=True, kw_only=True)
class District:
    """A group of regions that people know by name; it has no branch of its own."""

    code: str
    name: Texts


@dataclass(frozen=True, kw_only=True, order=True)
class Tile:
    """A cell of the tile grid; rows count from 1 at the top, columns from 1 at the left."""

    row: int
    column: int


@dataclass(frozen=True, kw_only=True)
class Region:
    """A region of the pack; the branch of the second level that stands for it has the same code.

    `name` is the short one that people use, `full_name` the official one, `label` the few letters
    on the tile. `territories`, `precincts` and `voters` are the size of the region, for made-up
    organisations; None where the pack does not say.
    """

    code: str
    name: Texts
    full_name: Texts
    label: Texts
    district: str | None
    time_zone: str
    tile: Tile
    territories: int | None = None
    precincts: int | None = None
    voters: int | None = None
    aliases: tuple[str, ...] = ()

    @property
    def spellings(self) -> frozenset[str]:
        """Every way to write this region, as `normal_spelling` leaves it."""
        written = (
            self.code,
            *self.name.values(),
            *self.full_name.values(),
            *self.aliases,
        )
        return frozenset(map(normal_spelling, written))


@dataclass(frozen=True, kw_only=True)
class Pack:
    """A territory pack; `levels` from the root down, `districts` and `regions` in file order."""

    code: str
    title: Texts
    languages: tuple[str, ...]
    time_zone: str
    root_code: str
    root_name: Texts
    levels: tuple[Level, ...]
    districts: tuple[District, ...]
    regions: tuple[Region, ...]

    def level(self, code: str) -> Level:
        """The level of that code; KeyError if there is none."""
        return self._levels_by_code[code]

    def district(self, code: str) -> District:
        """The district of that code; KeyError if there is none."""
        return self._districts_by_code[code]

    def region(self, code: str) -> Region:
        """The region of that code; KeyError if there is none."""
        return self._regions_by_code[code]

    def region_written(self, text: str) -> Region | None:
        """The region that `text` means: a code, a name or an alias, in any case; else None."""
        return self._regions_by_spelling.get(normal_spelling(text))

    def regions_of(self, district: str) -> tuple[Region, ...]:
        """The regions of a district, in file order; empty for an unknown one."""
        return tuple(region for region in self.regions if region.district == district)

    @property
    def grid(self) -> Tile:
        """The last row and the last column that hold a tile."""
        return Tile(
            row=max(region.tile.row for region in self.regions),
            column=max(region.tile.column for region in self.regions),
        )

    @cached_property
    def _levels_by_code(self) -> dict[str, Level]:
        return {level.code: level for level in self.levels}

    @cached_property
    def _districts_by_code(self) -> dict[str, District]:
        return {district.code: district for district in self.districts}

    @cached_property
    def _regions_by_code(self) -> dict[str, Region]:
        return {region.code: region for region in self.regions}

    @cached_property
    def _regions_by_spelling(self) -> dict[str, Region]:
        return {spelling: region for region in self.regions for spelling in region.spellings}


def normal_spelling(text: str) -> str:
    """`text` without differences that mean nothing: case, ё, kinds of dash, runs of spaces."""
    folded = text.casefold().replace("ё", "е").replace("—", "-").replace("–", "-")
    return " ".join(folded.replace("-", " ").split())
