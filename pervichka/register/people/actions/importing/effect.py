"""What an import of people did, or would do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pervichka.foundation.refusal import Reason

MOST_LISTED = 1_000
# Parts of a reason that don't depend on the row.
_SAME_EACH_TIME = frozenset({"allowed", "most", "least", "expected"})
_STORED = ("new", "updated", "duplicate", "suspicions")


@dataclass(frozen=True, kw_only=True)
class Unsure:
    """A row that may speak of a person known under another record."""

    line: int
    reason: str
    person: str
    other: str


@dataclass(kw_only=True)
class ReasonCount:
    """How many rows were refused for one reason, its particulars left out («…»)."""

    reason: Reason
    rows: int = 0


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
    reasons: list[ReasonCount] = field(default_factory=list)
    refusals: list[Reason] = field(default_factory=list)
    unsure: list[Unsure] = field(default_factory=list)
    unread_columns: Sequence[str] = ()

    def count_refused(self, reasons: Sequence[Reason]) -> None:
        self.rows += 1
        self.refused += 1
        for reason in reasons:
            self._count_reason(reason)
        self.refusals += reasons[: MOST_LISTED - len(self.refusals)]

    def _count_reason(self, reason: Reason) -> None:
        for known in self.reasons:
            if (known.reason.column, known.reason.message) == (reason.column, reason.message):
                known.rows += 1
                return
        general = {
            name: value if name in _SAME_EACH_TIME else "…" for name, value in reason.params.items()
        }
        told = Reason(message=reason.message, params=general, column=reason.column)
        self.reasons.append(ReasonCount(reason=told, rows=1))

    def restore(self, counts: Mapping[str, int]) -> None:
        """Take up what was counted before the import was cut short."""
        for name in _STORED:
            setattr(self, name, counts.get(name, 0))

    @property
    def stored_counts(self) -> dict[str, int]:
        return {name: getattr(self, name) for name in _STORED}
