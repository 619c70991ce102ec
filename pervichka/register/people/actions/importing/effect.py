"""What an import of people did, or would do."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pervichka.foundation.refusal import Reason

MOST_LISTED = 1_000
_STORED = ("new", "updated", "duplicate", "suspicions")


@dataclass(frozen=True, kw_only=True)
class Unsure:
    """A row that may speak of a person known under another record."""

    line: int
    reason: str
    person: str
    other: str


@dataclass(kw_only=True)
class PeopleEffect:
    """What an import did, or would do. Each row is one of new, updated, duplicate, refused.

    `updated` rows changed someone of the register; `duplicate` ones spoke of a person known
    already, from the register or an earlier row. `reasons` counts refusals by what was wrong;
    `refusals` and `unsure` list the first thousand.
    """

    committed: bool
    rows: int = 0
    new: int = 0
    updated: int = 0
    duplicate: int = 0
    refused: int = 0
    suspicions: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    refusals: list[Reason] = field(default_factory=list)
    unsure: list[Unsure] = field(default_factory=list)
    unread_columns: Sequence[str] = ()

    def count_refused(self, reasons: Sequence[Reason]) -> None:
        self.rows += 1
        self.refused += 1
        for reason in reasons:
            place = f"{reason.column}: " if reason.column else ""
            self.reasons[place + reason.message] += 1
        self.refusals += reasons[: MOST_LISTED - len(self.refusals)]

    def restore(self, counts: Mapping[str, int]) -> None:
        """Take up what was counted before the import was cut short."""
        for name in _STORED:
            setattr(self, name, counts.get(name, 0))

    @property
    def stored_counts(self) -> dict[str, int]:
        return {name: getattr(self, name) for name in _STORED}
