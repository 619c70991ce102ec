"""A draft over past months beside the standard in force: who would move, and by how much."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pervichka.foundation.periods import Month
from pervichka.standard.engine.result import BranchScore
from pervichka.standard.rulebook.document import Standard
from pervichka.standard.scores.computing import Engine, compute
from pervichka.standard.scores.queries.standards import (
    check_standard,
    document,
    find_in_force,
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

    Beside the draft stands the published version of the same standard in force for the month; a
    first version has none, and stands alone. Raises `Refused`.
    """
    draft = check_standard(file=file)
    for month in first.until(last):
        published = find_in_force(month, draft.slug)
        before = {} if published is None else _scores(document(published), month)
        for after in _scores(draft, month).values():
            old = before.get(after.branch)
            yield Replayed(
                month=month,
                branch=after.branch,
                level=after.level,
                points_before=old.points if old else None,
                points_after=after.points,
                grade_before=old.grade if old else None,
                grade_after=after.grade,
            )


def _scores(standard: Standard, month: Month) -> dict[str, BranchScore]:
    return {one.branch: one for one in compute(standard, month, Engine.DUCKDB).scores}
