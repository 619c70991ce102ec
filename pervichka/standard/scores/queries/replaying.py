"""A draft over past months beside the standard in force: who would move, and by how much."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pervichka.foundation.periods import Month
from pervichka.standard.scores.computing import Engine, compute
from pervichka.standard.scores.queries.standards import (
    check_standard,
    document,
    standard_in_force,
)


@dataclass(frozen=True, kw_only=True)
class Replayed:
    """One branch in one month, under both documents; none where a document gives no points."""

    month: Month
    branch: str
    level: str
    points_before: float | None
    points_after: float | None
    grade_before: str | None
    grade_after: str | None

    @property
    def difference(self) -> float | None:
        if self.points_before is None or self.points_after is None:
            return None
        return self.points_after - self.points_before


def replay(*, file: Path, first: Month, last: Month) -> Iterator[Replayed]:
    """Every living branch in every month, by month and code; nothing is stored.

    Beside the draft stands the published version of the same standard in force for the month.
    Raises `Refused`.
    """
    draft = check_standard(file=file)
    for month in first.until(last):
        in_force = document(standard_in_force(month, draft.slug))
        before = {s.branch: s for s in compute(in_force, month, Engine.DUCKDB).scores}
        for after in compute(draft, month, Engine.DUCKDB).scores:
            old = before[after.branch]
            yield Replayed(
                month=month,
                branch=after.branch,
                level=after.level,
                points_before=old.points,
                points_after=after.points,
                grade_before=old.grade,
                grade_after=after.grade,
            )
