"""Territory packs: a country's or an organisation's levels, districts and regions as data.

`load_pack("ru")` reads the pack that ships; `load_pack(Path("folder"))` reads any other. Neither
Django nor a database is needed, and nothing here knows of one territory in particular.
"""

from pervichka.register.branches.packs.reader import load_pack, shipped_packs
from pervichka.register.branches.packs.territory import (
    District,
    Level,
    LevelLabel,
    Pack,
    Region,
    Texts,
    Tile,
)

__all__ = [
    "District",
    "Level",
    "LevelLabel",
    "Pack",
    "Region",
    "Texts",
    "Tile",
    "load_pack",
    "shipped_packs",
]
