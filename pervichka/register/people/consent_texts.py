"""The texts that people agree to: data of the organisation, one ships."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from ruamel.yaml import YAML

_SHIPPED = Path(__file__).with_name("consent_texts.yaml")
DEFAULT = "default"


@dataclass(frozen=True, kw_only=True)
class ConsentText:
    """What is agreed to: for which purpose, on which legal basis, by which channels.

    `aim` is the purpose in words and `text` the wording, by language.
    """

    code: str
    version: int
    basis: str
    purpose: str
    channels: Sequence[str]
    aim: Mapping[str, str]
    text: Mapping[str, str]


@cache
def consent_texts() -> Mapping[str, ConsentText]:
    """All known texts by code."""
    entries = YAML(typ="safe").load(_SHIPPED.read_text(encoding="utf-8"))
    return MappingProxyType(
        {
            code: ConsentText(
                code=code,
                version=entry["version"],
                basis=entry["basis"],
                purpose=entry["purpose"],
                channels=tuple(entry["channels"]),
                aim=MappingProxyType(entry["aim"]),
                text=MappingProxyType(entry["text"]),
            )
            for code, entry in entries.items()
        }
    )
