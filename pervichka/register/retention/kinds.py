"""Kinds of rows that are kept for a time only, gathered from the rooms that hold them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from importlib import import_module
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from pervichka.register.access.actor import Actor

# The rows whose date lies before the moment.
Before = Callable[[datetime], QuerySet[Any]]
# What happens to rows of these primary keys.
End = Callable[[Sequence[Any], Actor, datetime], None]


@dataclass(frozen=True, kw_only=True)
class Kind:
    """Rows of one kind: from which dates their time may run, and what may happen at its end.

    Where nothing else is said they are deleted.
    """

    code: str
    starts: Mapping[str, Before]
    ends: Mapping[str, End] = field(default_factory=dict)


def kinds() -> Mapping[str, Kind]:
    """Every kind there is, by its code. A code that two rooms give is a mistake of ours."""
    found: dict[str, Kind] = {}
    for module in settings.RETENTION:
        for kind in import_module(module).KINDS:
            if kind.code in found:
                raise ValueError(f"{kind.code} is kept by two rooms")
            found[kind.code] = kind
    return found
