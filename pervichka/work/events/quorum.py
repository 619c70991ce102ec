"""The rule of the quorum, read from `quorum.yaml` beside this file. Plain numbers, no database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cache
from math import ceil, floor
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

_FILE = Path(__file__).with_name("quorum.yaml")


class Electorate(StrEnum):
    """Who has a vote at a meeting."""

    MEMBERS = "members"
    INVITED = "invited"


@dataclass(frozen=True, kw_only=True)
class Band:
    """What is asked of electorates of up to `up_to` people (none: of any size)."""

    up_to: int | None
    share: Fraction
    more_than: bool
    no_fewer_than: int

    def needed(self, electorate: int) -> int:
        exact = electorate * self.share
        by_share = floor(exact) + 1 if self.more_than else ceil(exact)
        return max(by_share, self.no_fewer_than)


@dataclass(frozen=True, kw_only=True)
class Rule:
    """Who has a vote at meetings of a kind, and how many of them make a quorum."""

    of: Electorate
    bands: Sequence[Band]

    def needed(self, electorate: int) -> int:
        """How many of `electorate` people with a vote must come; always at least one."""
        band = next(band for band in self.bands if band.up_to is None or electorate <= band.up_to)
        return band.needed(electorate)


def rule_for(kind: str) -> Rule | None:
    """The rule for meetings of this kind; none where nothing is decided."""
    return _rules().get(kind)


@cache
def _rules() -> Mapping[str, Rule]:
    document = YAML(typ="safe", pure=True).load(_FILE.read_text(encoding="utf-8"))
    return {
        kind: Rule(of=Electorate(entry["of"]), bands=tuple(_band(band) for band in entry["sizes"]))
        for entry in document["rules"]
        for kind in entry["kinds"]
    }


def _band(entry: Mapping[str, Any]) -> Band:
    more_than = "more_than" in entry
    return Band(
        up_to=entry.get("up_to"),
        share=Fraction(entry["more_than" if more_than else "at_least"]),
        more_than=more_than,
        no_fewer_than=entry.get("no_fewer_than", 1),
    )
