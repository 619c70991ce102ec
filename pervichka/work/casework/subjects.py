"""What people ask about, read from `subjects.yaml` beside this file. Plain values, no database."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ruamel.yaml import YAML

_FILE = Path(__file__).with_name("subjects.yaml")


@dataclass(frozen=True, kw_only=True)
class Subject:
    """`level` is that of the branch where it goes first; `title` is by language."""

    code: str
    level: str
    title: Mapping[str, str]


@cache
def subjects() -> Mapping[str, Subject]:
    """All of them by code, in the order in which they are offered."""
    document = YAML(typ="safe", pure=True).load(_FILE.read_text(encoding="utf-8"))
    return {
        entry["code"]: Subject(
            code=entry["code"],
            level=entry["level"],
            title={"ru": entry["ru"], "en": entry["en"]},
        )
        for entry in document["subjects"]
    }
