"""A text that people agree to, as a plain value, and the names that stand in it for what differs.

`{controller}`, `{number}` and `{address}` are the controller's; `{branch}` is the branch's name.
"""

import string
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

LANGUAGES = ("ru", "en")
CHANNELS = ("phone", "email", "post", "sms", "messenger")
PLACEHOLDERS = ("controller", "number", "address", "branch")


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


def placeholders(wording: str) -> set[str]:
    """The names in braces. Raises `ValueError` for braces that are no name."""
    found = set()
    for _, name, form, conversion in string.Formatter().parse(wording):
        if name is None:
            continue
        if form or conversion or not name.isidentifier():
            raise ValueError(name)
        found.add(name)
    return found


def filled(wording: str, values: Mapping[str, str]) -> str:
    """The wording with every name replaced; `values` has each of `PLACEHOLDERS`."""
    return wording.format_map({name: values[name] for name in PLACEHOLDERS})
