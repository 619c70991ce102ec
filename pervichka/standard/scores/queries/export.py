"""A month's scores as rows of a table, for other programs."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from pervichka.foundation.periods import Month
from pervichka.foundation.refusal import refuse
from pervichka.standard.scores.models import PublishedStandard, Score
from pervichka.standard.scores.queries.standards import document, standard_in_force

COLUMNS: Mapping[str, type] = MappingProxyType({
    "branch": str, "level": str, "criterion": str, "indicator": str, "numerator": float,
    "denominator": float, "value": float, "points": float, "grade": str,
})  # fmt: skip
"""Names and types, in order."""

ExportRow = tuple[
    str, str, str | None, str | None, float | None, float | None, float | None, float | None,
    str | None,
]  # fmt: skip


def export_rows(month: Month, slug: str | None = None) -> Iterator[ExportRow]:
    """Per branch, by its code: a row per indicator, one per criterion, one for the whole.

    Raises `Refused` if the month has not been scored.
    """
    published = scored_standard(month, slug)
    standard = document(published)
    scores = (
        Score.objects.filter(standard=published, month=month.start)
        .select_related("branch")
        .order_by("branch__code")
    )
    pairs = list(standard.pairs())
    for score in scores.iterator(2_000):
        branch, level = score.branch.code, score.level
        for index, (criterion, indicator) in enumerate(pairs):
            yield (
                branch,
                level,
                criterion.id,
                indicator.id,
                score.numerators[index],
                score.denominators[index],
                score.values[index],
                score.indicator_points[index],
                None,
            )
        for index, criterion in enumerate(standard.criteria):
            points = score.criterion_points[index]
            yield (branch, level, criterion.id, None, None, None, None, points, None)
        yield (branch, level, None, None, None, None, None, score.points, score.grade)


def scored_standard(month: Month, slug: str | None = None) -> PublishedStandard:
    """The version under which the month was scored. Raises `Refused` if it was not."""
    in_force = standard_in_force(month, slug)
    published = (
        PublishedStandard.objects.filter(slug=in_force.slug, periods__month=month.start)
        .order_by("-sequence")
        .first()
    )
    if published is None:
        raise refuse(
            "{month} has not been scored; run: pervichka score --period {month}", month=month
        )
    return published
