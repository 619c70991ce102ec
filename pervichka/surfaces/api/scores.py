"""Scores: stored figures of branches, by month."""

from datetime import date
from typing import Annotated

from django.core.exceptions import ObjectDoesNotExist
from ninja import Query, Router, Schema
from pydantic import Field

from pervichka.foundation.periods import Month
from pervichka.register.branches.queries.units import living, visible_to
from pervichka.standard.scores.queries.figures import (
    Figures,
    ScoredMonth,
    figures_of,
    scored_months,
)
from pervichka.standard.scores.queries.standards import published_standards
from pervichka.surfaces.api.answers import Problem, Refusal, Text, Wanted
from pervichka.surfaces.api.branches import branch_coded
from pervichka.surfaces.api.signed_in import ApiRequest

router = Router()


class StandardOut(Schema):
    slug: str
    version: str
    title: dict[str, str]
    valid_from: date


class IndicatorOut(Schema):
    criterion: str
    indicator: str
    numerator: float | None
    denominator: float | None
    value: float | None
    points: Annotated[float | None, Field(description="0 to 100; none where it has no value.")]


class ScoreOut(Schema):
    branch: str
    level: str
    points: float | None
    grade: str | None
    criteria: dict[str, float | None]
    indicators: list[IndicatorOut]


class ScoreList(Schema):
    period: str
    standard: str
    version: str
    total: int
    rows: list[ScoreOut]


class ScoresWanted(Schema):
    period: Annotated[Text, Field(description="A month, like 2026-10.")]
    standard: Annotated[Text, Field(description="Needed only where there are several.")] = ""
    branch: Annotated[Text, Field(description="This branch alone, by code.")] = ""
    parent: Annotated[Text, Field(description="Only the children of this branch, by code.")] = ""
    level: Text = ""


@router.get("/standards", response=list[StandardOut], summary="Published standards")
def list_standards(request: ApiRequest) -> list[object]:
    return list(published_standards())


@router.get("/periods", response=list[str], summary="The months that were scored, latest first")
def list_periods(request: ApiRequest, standard: Text = "") -> list[str]:
    return [str(one.month) for one in scored_months(standard or None)]


@router.get(
    "/scores",
    response={200: ScoreList, 404: Problem, 422: Refusal},
    summary="Scores of a month, in the tree's order",
)
def list_scores(
    request: ApiRequest, wanted: Query[ScoresWanted], part: Wanted
) -> dict[str, object]:
    month = Month.parse(wanted.period)
    scored = _scored(month, wanted.standard)
    found = visible_to(request.actor) & living(month.end)
    if wanted.branch:
        found = found.filter(id=branch_coded(wanted.branch, request.actor).id)
    if wanted.parent:
        found = found.filter(parent__in=visible_to(request.actor).filter(code=wanted.parent))
    if wanted.level:
        found = found.filter(level=wanted.level)
    page = list(found.order_by("place")[part.offset : part.offset + part.limit])
    figures = figures_of([branch.id for branch in page], scored, actor=request.actor)
    return {
        "period": str(month),
        "standard": scored.published.slug,
        "version": scored.published.version,
        "total": found.count(),
        "rows": [
            _told(branch.code, figures[branch.id], scored)
            for branch in page
            if branch.id in figures
        ],
    }


def _scored(month: Month, slug: str) -> ScoredMonth:
    for one in scored_months(slug or None):
        if one.month == month:
            return one
    raise ObjectDoesNotExist


def _told(code: str, figures: Figures, scored: ScoredMonth) -> dict[str, object]:
    standard = scored.document
    criteria = [criterion.id for criterion in standard.criteria]
    return {
        "branch": code,
        "level": figures.level,
        "points": figures.points,
        "grade": figures.grade,
        "criteria": dict(zip(criteria, figures.criterion_points, strict=True)),
        "indicators": [
            {
                "criterion": criterion.id,
                "indicator": indicator.id,
                "numerator": figures.numerators[index],
                "denominator": figures.denominators[index],
                "value": figures.values[index],
                "points": figures.indicator_points[index],
            }
            for index, (criterion, indicator) in enumerate(standard.pairs())
        ],
    }
