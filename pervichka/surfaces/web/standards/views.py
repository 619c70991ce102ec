"""The standard as a public page, made from the document that scores are computed by."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_safe

from pervichka.foundation import clock
from pervichka.foundation.periods import Month
from pervichka.standard.rulebook.document import Criterion, Indicator, Standard
from pervichka.standard.scores.queries.standards import (
    ListedStandard,
    published_standards,
    standard_named,
)
from pervichka.standard.scores.queries.standards import document as document_of
from pervichka.surfaces.web.levels import Level, levels_of
from pervichka.surfaces.web.middleware import PageRequest
from pervichka.surfaces.web.standards.words import Formula, formula, value_in_words

# A document's source is in its publisher's words; that of the one shipped is ours to translate.
_SHIPPED = gettext_noop(
    "Shipped as a starting point; an organisation adopts its own by a resolution"
)


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


@require_safe
def standard(request: PageRequest, slug: str = "", version: str = "") -> HttpResponse:
    """The version asked for, else the one in force this month, else that there is none yet."""
    versions = published_standards()
    chosen = _chosen(versions, slug, version)
    context: dict[str, object] = {"versions": versions, "chosen": chosen}
    if chosen is not None:
        document = document_of(standard_named(f"{chosen.slug}@{chosen.version}"))
        context |= {
            "document": document,
            "source": _(document.source) if document.source else "",
            "criteria": _criteria(document),
            "levels": _bounds(document),
        }
    return render(request, "standards/standard.html", context)


def _chosen(versions: Sequence[ListedStandard], slug: str, version: str) -> ListedStandard | None:
    if slug:
        asked = [one for one in versions if (one.slug, one.version) == (slug, version)]
        if not asked:
            raise Http404
        return asked[0]
    today = timezone.localdate(clock.now())
    in_force = (one for one in versions if one.valid_from <= Month.of(today).end)
    return next(in_force, versions[0] if versions else None)


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
