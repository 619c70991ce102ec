"""Stored scores of branches, as pages and answers show them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, F, Q

from pervichka.foundation.periods import Month
from pervichka.register.access.actor import Actor
from pervichka.register.access.permissions import Permission
from pervichka.standard.rulebook.document import Standard
from pervichka.standard.scores.models import PublishedStandard, Score, ScoredPeriod
from pervichka.standard.scores.queries.standards import document

Numbers = Sequence[float | None]


@dataclass(frozen=True, kw_only=True)
class Figures:
    """One branch in one month; sequences stand in the document's order. Points are 0 to 100."""

    branch_id: UUID
    month: Month
    level: str
    band: int | None
    numerators: Numbers
    denominators: Numbers
    values: Numbers
    indicator_points: Numbers
    criterion_points: Numbers
    points: float | None
    grade: str | None


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Among how many peers a branch stands, itself included, and how many have fewer points."""

    fewer: int
    peers: int


@dataclass(frozen=True, kw_only=True)
class ScoredMonth:
    """A month that was computed, and the document it was computed by."""

    month: Month
    published: PublishedStandard

    @property
    def document(self) -> Standard:
        return document(self.published)


def scored_months(slug: str | None = None) -> list[ScoredMonth]:
    """The computed months, the latest first; of a standard, or of the first by name."""
    periods = ScoredPeriod.objects.select_related("standard").order_by("standard__slug", "-month")
    found = [
        ScoredMonth(month=Month.of(period.month), published=period.standard)
        for period in periods
        if slug in (None, period.standard.slug)
    ]
    first = found[0].published.slug if found else None
    return [one for one in found if one.published.slug == first]


def figures_of(
    branch_ids: Iterable[UUID], scored: ScoredMonth, *, actor: Actor
) -> dict[UUID, Figures]:
    """The figures of these branches in the month, of those that the actor may see."""
    return {score.branch_id: _figures(score) for score in _visible(scored, actor, branch_ids)}


def history_of(branch_id: UUID, months: Sequence[ScoredMonth], *, actor: Actor) -> list[Figures]:
    """One branch through the months, from the oldest on; months without figures are left out."""
    if not months or actor.scope is None or Permission.SEE_SCORES not in actor.permissions:
        return []
    scores = Score.objects.filter(
        standard__in={one.published.pk for one in months},
        month__in=[one.month.start for one in months],
        branch_id=branch_id,
        branch__place__gte=actor.scope.start,
        branch__place__lte=actor.scope.end,
    )
    return [_figures(score) for score in scores.order_by("month")]


def standing_of(figures: Figures, scored: ScoredMonth) -> Standing | None:
    """Among the branches of its level and band; none without points or a known size."""
    if figures.points is None or figures.band is None:
        return None
    counted = Score.objects.filter(
        standard=scored.published,
        month=scored.month.start,
        level=figures.level,
        band=figures.band,
        points__isnull=False,
    ).aggregate(
        all=Count("id"),
        fewer=Count("id", filter=Q(points__lt=figures.points)),
    )
    if not counted["all"]:
        return None
    return Standing(fewer=counted["fewer"], peers=counted["all"])


def _visible(scored: ScoredMonth, actor: Actor, branch_ids: Iterable[UUID]) -> list[Score]:
    if actor.scope is None or Permission.SEE_SCORES not in actor.permissions:
        return []
    found = Score.objects.filter(
        standard=scored.published,
        month=scored.month.start,
        branch_id__in=list(branch_ids),
        branch__place__gte=actor.scope.start,
        branch__place__lte=actor.scope.end,
    )
    return list(found.order_by(F("branch__place")))


def _figures(score: Score) -> Figures:
    return Figures(
        branch_id=score.branch_id,
        month=Month.of(score.month),
        level=score.level,
        band=score.band,
        numerators=score.numerators,
        denominators=score.denominators,
        values=score.values,
        indicator_points=score.indicator_points,
        criterion_points=score.criterion_points,
        points=score.points,
        grade=score.grade,
    )
