"""Reads a territory pack from its folder: pack.yaml first, then the table of regions it names."""

from pathlib import Path

from pervichka.foundation.refusal import Reason, Refused
from pervichka.register.branches.packs.document import read_document
from pervichka.register.branches.packs.regions import read_regions
from pervichka.register.branches.packs.territory import Pack

SHIPPED = Path(__file__).parent
DOCUMENT = "pack.yaml"


def shipped_packs() -> tuple[str, ...]:
    """Names of the packs that ship with Pervichka, in alphabetical order."""
    return tuple(sorted(document.parent.name for document in SHIPPED.glob(f"*/{DOCUMENT}")))


def load_pack(source: str | Path) -> Pack:
    """The pack of a shipped name ("ru"), or of a folder (a Path, or text with a slash in it).

    Raises `Refused` with every mistake found, each with its file, line and field; a mistake in
    pack.yaml is reported before the table of regions is opened.
    """
    folder = folder_of(source)
    document = read_document(folder / DOCUMENT)
    regions = read_regions(
        folder / document.regions_file,
        languages=document.languages,
        districts=[district.code for district in document.districts],
        root_code=document.root_code,
    )
    return Pack(
        code=document.code,
        title=document.title,
        languages=document.languages,
        time_zone=document.time_zone,
        root_code=document.root_code,
        root_name=document.root_name,
        levels=document.levels,
        districts=document.districts,
        regions=regions,
    )


def folder_of(source: str | Path) -> Path:
    """The folder of a shipped pack by its name, or the one given. Raises `Refused`."""
    if isinstance(source, Path) or "/" in source:
        return Path(source)
    if source in shipped_packs():
        return SHIPPED / source
    raise Refused(
        Reason(
            message="There is no territory pack {name}; give one of {allowed}, or a folder.",
            params={"name": source, "allowed": ", ".join(shipped_packs())},
        )
    )
