"""What came too late for closed months: the difference it would make, which is added nowhere."""

from collections.abc import Iterator
from dataclasses import dataclass

from pervichka.foundation.periods import Month
from pervichka.foundation.refusal import refuse
from pervichka.register.access.actor import Actor
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import demand
from pervichka.register.branches.queries.units import visible_to
from pervichka.standard.engine.result import IndicatorScore
from pervichka.standard.scores.computing import Engine, compute
from pervichka.standard.scores.models import ClosedPeriod, Score
from pervichka.standard.scores.queries.standards import document


@dataclass(frozen=True, kw_only=True)
class Late:
    """One number of a closed month, as it was frozen and as it would come out today.

    None where the branch had, or would have, no such number.
    """

    standard: str
    period: Month
    branch: str
    indicator: str
    numerator_closed: float | None
    numerator_now: float | None
    denominator_closed: float | None
    denominator_now: float | None
    points_closed: float | None
    points_now: float | None


_NOTHING = IndicatorScore(numerator=None, denominator=None, value=None, points=None)
Four = tuple[IndicatorScore, ...]


def late_differences(
    *, month: Month | None = None, slug: str | None = None, by: Actor
) -> Iterator[Late]:
    """The numbers of closed months that would differ today, by month, branch and document.

    Of every closed month, or of the one named, which is refused while it is open; of the branches
    that the actor sees. Nothing is stored. Raises `Refused`, `Forbidden`.
    """
    demand(by, Permission.SEE_SCORES)
    closed = ClosedPeriod.objects.select_related("standard").order_by("month", "number")
    if slug is not None:
        closed = closed.filter(standard__slug=slug)
    if month is not None:
        closed = closed.filter(month=month.start)
        if not closed.exists():
            raise refuse("{month} is not closed", month=month)
    seen = set(visible_to(by).values_list("code", flat=True))
    for one in closed:
        yield from _of_month(one, seen)


def _of_month(closed: ClosedPeriod, seen: set[str]) -> Iterator[Late]:
    month, standard = Month.of(closed.month), document(closed.standard)
    frozen = _frozen(closed)
    now = {one.branch: one.indicators for one in compute(standard, month, Engine.DUCKDB).scores}
    absent: Four = (_NOTHING,) * len(standard.indicators)
    for branch in sorted(seen & (frozen.keys() | now.keys())):
        pairs = zip(frozen.get(branch, absent), now.get(branch, absent), strict=True)
        for indicator, (before, after) in zip(standard.indicators, pairs, strict=True):
            if before != after:
                yield Late(
                    standard=standard.slug,
                    period=month,
                    branch=branch,
                    indicator=indicator.id,
                    numerator_closed=before.numerator,
                    numerator_now=after.numerator,
                    denominator_closed=before.denominator,
                    denominator_now=after.denominator,
                    points_closed=before.points,
                    points_now=after.points,
                )


def _frozen(closed: ClosedPeriod) -> dict[str, Four]:
    scores = Score.objects.filter(standard=closed.standard, month=closed.month)
    return {
        score.branch.code: tuple(
            IndicatorScore(*four)
            for four in zip(
                score.numerators,
                score.denominators,
                score.values,
                score.indicator_points,
                strict=True,
            )
        )
        for score in scores.select_related("branch").iterator(2_000)
    }
