"""A draft over past months beside the standard in force: who would move, by how much and why."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pervichka.foundation.periods import Month
from pervichka.foundation.refusal import refuse
from pervichka.register.access.actor import Actor
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import demand
from pervichka.register.branches.queries.units import visible_to
from pervichka.standard.engine.result import BranchScore
from pervichka.standard.rulebook.document import Standard
from pervichka.standard.scores.computing import Engine, compute
from pervichka.standard.scores.queries.standards import (
    check_standard,
    document,
    find_in_force,
)


@dataclass(frozen=True, kw_only=True)
class Cause:
    """What an indicator adds to a branch's points or takes from them, all weights considered."""

    indicator: str
    difference: float


@dataclass(frozen=True, kw_only=True)
class Replayed:
    """One branch in one month, under both documents; none where a document gives no points.

    The differences of `why`, the largest first, come to that of the points.
    """

    month: Month
    branch: str
    level: str
    points_before: float | None
    points_after: float | None
    grade_before: str | None
    grade_after: str | None
    why: tuple[Cause, ...]

    @property
    def difference(self) -> float | None:
        if self.points_before is None or self.points_after is None:
            return None
        return self.points_after - self.points_before


def replay(*, file: Path, first: Month, last: Month, by: Actor) -> Iterator[Replayed]:
    """Every living branch that the actor sees in every month, by month and code.

    Nothing is stored. Beside the draft stands the published version of the same standard in force
    for the month; a first version has none, and stands alone. Raises `Refused`, and `Forbidden`
    without the right to see scores.
    """
    demand(by, Permission.SEE_SCORES)
    if last < first:
        raise refuse("{last} is before {first}", first=first, last=last)
    draft = check_standard(file=file)
    seen = set(visible_to(by).values_list("code", flat=True))
    for month in first.until(last):
        published = find_in_force(month, draft.slug)
        in_force = None if published is None else document(published)
        before = {} if in_force is None else _scores(in_force, month)
        for after in _scores(draft, month).values():
            if after.branch not in seen:
                # The rows below it are not all within reach, so neither are its numbers.
                continue
            old = before.get(after.branch)
            yield Replayed(
                month=month,
                branch=after.branch,
                level=after.level,
                points_before=old.points if old else None,
                points_after=after.points,
                grade_before=old.grade if old else None,
                grade_after=after.grade,
                why=_why(
                    _brought(in_force, old, month) if in_force and old else None,
                    _brought(draft, after, month),
                ),
            )


def _scores(standard: Standard, month: Month) -> dict[str, BranchScore]:
    return {one.branch: one for one in compute(standard, month, Engine.DUCKDB).scores}


def _brought(standard: Standard, score: BranchScore, month: Month) -> dict[str, float]:
    """Of the branch's points, those that each indicator brings: together they are all of them."""
    brought: dict[str, float] = {}
    ones = iter(score.indicators)
    counted = sum(
        criterion.weight
        for criterion, points in zip(standard.criteria, score.criteria, strict=True)
        if points is not None
    )
    for criterion in standard.criteria:
        carried = [
            (indicator, points)
            for indicator in criterion.indicators
            if (points := next(ones).points) is not None and not indicator.on_trial(month.end)
        ]
        weights = sum(indicator.weight for indicator, _ in carried)
        for indicator, points in carried:
            share = criterion.weight / counted * (indicator.weight / weights)
            brought[indicator.id] = share * points
    return brought


def _why(before: dict[str, float] | None, after: dict[str, float]) -> tuple[Cause, ...]:
    if before is None:
        return ()
    differences = [
        Cause(indicator=name, difference=after.get(name, 0.0) - before.get(name, 0.0))
        for name in dict.fromkeys([*before, *after])
    ]
    moved = [one for one in differences if one.difference]
    return tuple(sorted(moved, key=lambda one: -abs(one.difference)))
