"""What to do next: the acts that would add most points, worked out from numbers and document."""

import math
from dataclasses import dataclass

from pervichka.foundation.periods import Month
from pervichka.standard.rulebook.document import Indicator, ShareOf, Standard
from pervichka.standard.scores.queries.figures import Figures, Numbers


@dataclass(frozen=True, kw_only=True)
class NextStep:
    """`gap` more units of the numerator reach the indicator's target and add `worth` points."""

    indicator: Indicator
    index: int
    gap: int
    worth: float


def next_steps(
    document: Standard, month: Month, figures: Figures, *, most: int = 3
) -> list[NextStep]:
    """The few steps worth most, a smaller gap first among equals."""
    shares = _shares(document, month, figures)
    steps = []
    for index, indicator in enumerate(document.indicators):
        points = figures.indicator_points[index]
        if indicator.advice is None or points is None or points >= 100 or not shares[index]:
            continue
        gap = _gap(indicator, figures, index)
        if gap > 0:
            worth = (100 - points) * shares[index]
            steps.append(NextStep(indicator=indicator, index=index, gap=gap, worth=worth))
    return sorted(steps, key=lambda step: (-step.worth, step.gap))[:most]


def _gap(indicator: Indicator, figures: Figures, index: int) -> int:
    """How many more of the numerator reach the target, if the denominator stays as it is."""
    if indicator.target < indicator.floor:
        return 0  # Less is better: there is nothing to add.
    numerator = figures.numerators[index] or 0.0
    denominator = figures.denominators[index]
    measure = indicator.measure
    if isinstance(measure, ShareOf):
        wanted = indicator.target * (denominator or 0)
    elif denominator is None:
        wanted = indicator.target
    else:
        wanted = indicator.target * denominator / measure.per
    return math.ceil(wanted - numerator - 1e-9)


def _shares(document: Standard, month: Month, figures: Figures) -> list[float]:
    """How many points of the whole one point of each indicator is worth here and now."""
    weights: list[float] = []
    whole = _weight_of_scored(document, figures.criterion_points)
    position = 0
    for criterion, criterion_points in zip(
        document.criteria, figures.criterion_points, strict=True
    ):
        own = range(position, position + len(criterion.indicators))
        position += len(criterion.indicators)
        standing = [
            0.0
            if figures.indicator_points[at] is None or document.indicators[at].on_trial(month.end)
            else document.indicators[at].weight
            for at in own
        ]
        within = sum(standing)
        share = criterion.weight / whole if criterion_points is not None and whole else 0.0
        weights.extend(share * weight / within if within else 0.0 for weight in standing)
    return weights


def _weight_of_scored(document: Standard, criterion_points: Numbers) -> float:
    return sum(
        criterion.weight
        for criterion, points in zip(document.criteria, criterion_points, strict=True)
        if points is not None
    )
