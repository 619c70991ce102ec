"""What a run yields, from the engine and the referee alike."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class IndicatorScore:
    """Numerator and denominator are the exact counts as nearest doubles; none where not counted.

    `value` is none where the indicator does not apply to the branch; so then is `points`.
    """

    numerator: float | None
    denominator: float | None
    value: float | None
    points: float | None


@dataclass(frozen=True, slots=True)
class BranchScore:
    """One living branch in one month; the tuples stand in the document's order."""

    branch: str
    level: str
    indicators: tuple[IndicatorScore, ...]
    criteria: tuple[float | None, ...]
    points: float | None
    grade: str | None
