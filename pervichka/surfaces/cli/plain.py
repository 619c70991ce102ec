"""Values as JSON and people read them."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from functools import singledispatch
from typing import Any

from pervichka.foundation.refusal import Reason
from pervichka.surfaces.cli.language import tr


def document(value: object) -> str:
    """The value as the text of one JSON document."""
    return json.dumps(plain(value), ensure_ascii=False, indent=2)


def sentence(reason: Reason) -> str:
    """What is wrong, in the language of this run."""
    return tr(reason.message).format(**reason.params)


@singledispatch
def plain(value: object) -> Any:
    """The value in JSON's own types; what it has no type for becomes text."""
    # A month is a dataclass to us and `2026-10` to everyone else: it has a text of its own.
    if is_dataclass(value) and type(value).__str__ is object.__str__:
        return {part.name: plain(getattr(value, part.name)) for part in fields(value)}
    return str(value)


@plain.register(bool | int | float | str | None)
def _(value: object) -> Any:
    return plain(value.value) if isinstance(value, Enum) else value


@plain.register
def _(value: date) -> Any:
    return value.isoformat()


@plain.register
def _(value: Mapping) -> Any:  # type: ignore[type-arg]  # dispatch is by the bare type
    return {str(plain(name)): plain(part) for name, part in value.items()}


@plain.register
def _(value: Reason) -> Any:
    return {
        "file": value.file,
        "line": value.line,
        "column": value.column,
        "message": sentence(value),
    }


@plain.register(list | tuple | set | frozenset)
def _(value: Iterable[object]) -> Any:
    return [plain(part) for part in value]


@singledispatch
def shown(value: object) -> str:
    """A plain value in a cell of a table."""
    return str(value)


@shown.register
def _(value: None) -> str:
    return ""


@shown.register
def _(value: bool) -> str:
    return "✓" if value else "—"


@shown.register
def _(value: float) -> str:
    return f"{value:,.2f}".replace(",", " ") if abs(value) >= 1 else f"{value:.4g}"


@shown.register
def _(value: int) -> str:
    return f"{value:,}".replace(",", " ")


@shown.register
def _(value: list) -> str:  # type: ignore[type-arg]  # dispatch is by the bare type
    return ", ".join(shown(part) for part in value)


@shown.register
def _(value: dict) -> str:  # type: ignore[type-arg]  # dispatch is by the bare type
    return ", ".join(f"{name}: {shown(part)}" for name, part in value.items())
