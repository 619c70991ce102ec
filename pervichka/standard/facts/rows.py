"""One fact on its way into the table, from a source of derived facts."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Protocol
from uuid import UUID

SELF_REPORTED, OBSERVED, VERIFIED = 0, 1, 2


@dataclass(frozen=True, slots=True, kw_only=True)
class FactRow:
    """`subject` is the record of work that the fact is derived from; `value` is in thousandths.

    `source_id` is unique within the source and the same at every derivation.
    """

    kind: str
    branch_id: UUID
    place: int
    occurred_on: date
    source_id: str
    subject: UUID
    person: str | None = None
    value: int = 1000
    evidence: int = SELF_REPORTED


class Source(Protocol):
    """A module of `standard/facts/sources/`: how one kind of work becomes facts."""

    @property
    def SOURCE(self) -> str:  # noqa: N802 - a module's constant
        """The name that its facts carry as `source`."""
        ...

    @property
    def ACTION_PREFIXES(self) -> tuple[str, ...]:  # noqa: N802 - a module's constant
        """Journal actions that begin with one of them may change the facts of their subject."""
        ...

    def facts(self, *, subjects: Collection[UUID] | None) -> Iterator[FactRow]:
        """The facts of these records of work, of all where none are named."""
        ...
