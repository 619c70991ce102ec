"""The standard as a public page, made from the document that scores are computed by."""

from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from pervichka.foundation import clock
from pervichka.standard.rulebook.document import Criterion, Indicator, Standard
from pervichka.standard.scores import queries as scores
from pervichka.surfaces.web.levels import Level, levels_of
from pervichka.surfaces.web.middleware import PageRequest
from pervichka.surfaces.web.standards.words import Formula, formula, value_in_words


@dataclass(frozen=True)
class IndicatorText:
    """One indicator as the page says it."""

    indicator: Indicator
    formula: Formula
    target: str


@dataclass(frozen=True)
class CriterionText:
    """A criterion with its share of the whole, from 0 to 1."""

    criterion: Criterion
    share: float
    indicators: tuple[IndicatorText, ...]


@require_GET
def standard(request: PageRequest, slug: str = "", version: str = "") -> HttpResponse:
    """The version asked for, else the one in force today, else that there is none yet."""
    versions = scores.published_standards()
    chosen = next((one for one in versions if (one.slug, one.version) == (slug, version)), None)
    if slug and chosen is None:
        raise Http404
    if chosen is None:
        chosen = scores.in_force(on=clock.now().date()) or (versions[0] if versions else None)
    context: dict[str, object] = {"versions": versions, "chosen": chosen}
    if chosen is not None:
        document = chosen.document
        context |= {
            "document": document,
            "criteria": _criteria(document),
            "levels": _bounds(document),
        }
    return render(request, "standards/standard.html", context)


def _criteria(document: Standard) -> list[CriterionText]:
    whole = sum(criterion.weight for criterion in document.criteria)
    return [
        CriterionText(
            criterion,
            criterion.weight / whole,
            tuple(
                IndicatorText(one, formula(one), value_in_words(one, one.target))
                for one in criterion.indicators
            ),
        )
        for criterion in document.criteria
    ]


def _bounds(document: Standard) -> list[tuple[Level, float]]:
    """Each level with the points that earn it, the last from 0."""
    bounds = [grade.bound for grade in document.grades]
    return list(zip(levels_of(document), [*bounds, 0.0], strict=True))
