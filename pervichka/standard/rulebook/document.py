"""A standard, as plain immutable values: what the parser yields and the engine computes.

Nothing here can be wrong: the parser refuses a document before it becomes these values.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property

from pervichka.foundation.periods import PeriodKind

Texts = Mapping[str, str]  # by language code: {"en": …, "ru": …}


class Level(StrEnum):
    """Levels of the branch tree, from the root down."""

    FEDERAL = "federal"
    REGIONAL = "regional"
    LOCAL = "local"
    PRIMARY = "primary"


LEVELS = tuple(Level)


class EvidenceClass(StrEnum):
    """How well a fact is proved; ordered by `EVIDENCE_ORDER`."""

    SELF_REPORTED = "self_reported"
    OBSERVED = "observed"
    VERIFIED = "verified"


EVIDENCE_ORDER = tuple(EvidenceClass)


@dataclass(frozen=True, kw_only=True)
class Window:
    """`window: 90 days` or `12 months`, ending with the period; exactly one of the two is set."""

    days: int | None = None
    months: int | None = None


@dataclass(frozen=True, kw_only=True)
class Count:
    """`{count: TABLE}`: rows."""

    table: str
    where: str | None = None
    window: Window | None = None


@dataclass(frozen=True, kw_only=True)
class Distinct:
    """`{distinct: COLUMN, from: TABLE}`: different values found in at least `at_least` rows."""

    column: str
    table: str
    at_least: int = 1
    where: str | None = None
    window: Window | None = None


@dataclass(frozen=True, kw_only=True)
class Sum:
    """`{sum: COLUMN, from: TABLE}`: nulls skipped; of nothing, 0."""

    column: str
    table: str
    where: str | None = None
    window: Window | None = None


Aggregate = Count | Distinct | Sum


@dataclass(frozen=True, kw_only=True)
class Ratio:
    """`numerator` over an optional `denominator`, times `per`."""

    numerator: Aggregate
    denominator: Aggregate | None = None
    per: float = 1.0


@dataclass(frozen=True, kw_only=True)
class ShareOf:
    """The share of the subtree's living branches of `level` whose `having` reaches `at_least`."""

    level: Level
    having: Aggregate
    at_least: float = 1.0


Measure = Ratio | ShareOf


@dataclass(frozen=True, kw_only=True)
class Advice:
    """What to do to gain points: an action's name and a sentence that may contain `{gap}`."""

    action: str
    title: Texts


@dataclass(frozen=True, kw_only=True)
class Indicator:
    id: str
    title: Texts
    period: PeriodKind
    measure: Measure
    target: float
    floor: float = 0.0
    weight: float = 1.0
    min_denominator: float | None = None
    levels: tuple[Level, ...] = LEVELS
    why: Texts = field(default_factory=dict)
    source: str = ""
    trial_until: date | None = None
    evidence: EvidenceClass = EvidenceClass.SELF_REPORTED
    guards: tuple[str, ...] = ()
    advice: Advice | None = None
    line: int = 0

    def on_trial(self, period_end: date) -> bool:
        """Shown but entering no mean, in a period that ends by `trial_until`."""
        return self.trial_until is not None and period_end <= self.trial_until


@dataclass(frozen=True, kw_only=True)
class Criterion:
    id: str
    title: Texts
    weight: float
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True, kw_only=True)
class Grade:
    """A grade and the lowest points that earn it."""

    name: str
    bound: float


@dataclass(frozen=True, kw_only=True)
class Peers:
    """Size bands, `[0, bands[0])`, `[bands[0], bands[1])`, …, `[bands[-1], ∞)`."""

    by: str
    bands: tuple[float, ...]

    def band(self, size: float | None) -> int | None:
        """The band's number from 0, or none where the size is unknown."""
        if size is None:
            return None
        return sum(1 for bound in self.bands if size >= bound)


@dataclass(frozen=True, kw_only=True)
class Standard:
    """A whole document. `grades` fall from the highest bound; below the last one is D."""

    slug: str
    version: str
    title: Texts
    source: str
    valid_from: date
    grades: tuple[Grade, ...]
    criteria: tuple[Criterion, ...]
    grade_needs: float = 0.0
    peers: Peers | None = None

    @cached_property
    def indicators(self) -> tuple[Indicator, ...]:
        """Every indicator in the document's order: the order of all stored arrays."""
        return tuple(indicator for criterion in self.criteria for indicator in criterion.indicators)

    def pairs(self) -> Iterator[tuple[Criterion, Indicator]]:
        for criterion in self.criteria:
            for indicator in criterion.indicators:
                yield criterion, indicator
