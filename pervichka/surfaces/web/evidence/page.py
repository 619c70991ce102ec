"""What the page of one number shows: the number, how it is computed, and its records."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from pervichka.register.access.actor import Actor
from pervichka.register.access.permissions import Permission
from pervichka.register.branches.queries.units import Unit
from pervichka.standard.engine.explain import Explanation, Side
from pervichka.standard.rulebook.document import Indicator, ShareOf
from pervichka.standard.scores.actions.showing import show_rows
from pervichka.standard.scores.queries.explaining import explain_sides
from pervichka.standard.scores.queries.figures import Figures, ScoredMonth, figures_of
from pervichka.surfaces.web.branches.score import counted
from pervichka.surfaces.web.crumbs import Crumb, crumbs_to
from pervichka.surfaces.web.evidence.reasons import reason_lines
from pervichka.surfaces.web.evidence.rows import Cell, records_table
from pervichka.surfaces.web.files import export_links, wanted_form
from pervichka.surfaces.web.paging import Page, address_with, offset_of, page_of, size_for
from pervichka.surfaces.web.standards.words import Formula, formula, value_in_words
from pervichka.surfaces.web.templatetags.pervichka import month as month_text
from pervichka.surfaces.web.templatetags.pervichka import number, points, text_of

MOST_EXPORTED = 5_000
_SIDES = {
    Side.NUMERATOR: gettext_noop("Counted"),
    Side.DENOMINATOR: gettext_noop("Out of what"),
    Side.MISSED: gettext_noop("Not counted"),
}


@dataclass(frozen=True)
class SideTab:
    title: str
    total: int
    address: str
    current: bool


@dataclass(frozen=True, kw_only=True)
class EvidencePage:
    unit: Unit
    title: str
    why: str
    crumbs: Sequence[Crumb]
    period_title: str
    value: str
    target: str
    points: float | None
    points_text: str
    counted: str
    formula: Formula
    counts_sentence: str
    reasons: Sequence[str]
    sides: Sequence[SideTab]
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    paging: Page[Sequence[Cell]]
    empty_title: str
    empty_text: str
    may_report: bool
    report_address: str
    export: Sequence[tuple[str, str]]
    names: int
    """How many people's names the page shows."""


def evidence_page(
    request: HttpRequest,
    unit: Unit,
    indicator: Indicator,
    scored: ScoredMonth,
    actor: Actor,
    *,
    at: datetime,
) -> EvidencePage:
    query = f"?period={scored.month}"
    figures = figures_of([unit.id], scored, actor=actor).get(unit.id)
    index = [one.id for one in scored.document.indicators].index(indicator.id)
    side = _side(request, indicator)
    found = _explained(request, unit, indicator, scored, side, actor)
    show_rows(rows=found[side].rows, by=actor, at=at)
    table = records_table(
        found[side],
        unit=unit,
        actor=actor,
        query=query,
        opening=reverse("web:evidence-name", args=[indicator.id, unit.code]) + query,
        at=at,
    )
    return EvidencePage(
        unit=unit,
        title=text_of(indicator.title),
        why=text_of(indicator.why),
        crumbs=crumbs_to(unit, actor, query, itself=True),
        period_title=month_text(scored.month),
        value=value_in_words(indicator, figures.values[index] if figures else None),
        target=value_in_words(indicator, indicator.target),
        points=figures.indicator_points[index] if figures else None,
        points_text=_points_text(figures, index),
        counted=counted(figures, index) if figures else "",
        formula=formula(indicator),
        counts_sentence=_counts_sentence(found),
        reasons=reason_lines(found[Side.MISSED].groups),
        sides=_tabs(request, found, side, indicator),
        columns=table.columns,
        rows=table.rows,
        paging=page_of(request, table.rows, total=found[side].total, size=size_for(request)),
        empty_title=_("There is nothing on this side"),
        empty_text=_empty_text(side),
        may_report=unit.parent_id is not None and actor.may(Permission.SEE_EVIDENCE, unit.place),
        report_address=reverse("web:evidence-mistake", args=[indicator.id, unit.code]) + query,
        export=export_links(request),
        names=table.names,
    )


def _side(request: HttpRequest, indicator: Indicator) -> Side:
    asked = request.GET.get("side", "")
    return Side(asked) if asked in {one.value for one in Side} else Side.NUMERATOR


def _explained(
    request: HttpRequest,
    unit: Unit,
    indicator: Indicator,
    scored: ScoredMonth,
    side: Side,
    actor: Actor,
) -> dict[Side, Explanation]:
    return explain_sides(
        branch=unit.code,
        indicator=indicator.id,
        month=scored.month,
        side=side,
        slug=scored.published.slug,
        offset=0 if wanted_form(request) else offset_of(request, size_for(request)),
        limit=MOST_EXPORTED if wanted_form(request) else size_for(request),
        by=actor,
    )


def _points_text(figures: Figures | None, index: int) -> str:
    earned = figures.indicator_points[index] if figures else None
    if earned is None:
        return _(
            "The indicator has no value here this month, so it gives no points and takes none."
        )
    return ngettext("%(points)s point of 100", "%(points)s points of 100", round(earned)) % {
        "points": points(earned)
    }


def _counts_sentence(found: dict[Side, Explanation]) -> str:
    """Counted 18, not counted 3: why."""
    numbers = {
        "counted": number(found[Side.NUMERATOR].total),
        "missed": number(found[Side.MISSED].total),
    }
    if not found[Side.MISSED].total:
        return _("Counted %(counted)s, nothing left out") % numbers
    return _("Counted %(counted)s, not counted %(missed)s: why") % numbers


def _tabs(
    request: HttpRequest, found: dict[Side, Explanation], current: Side, indicator: Indicator
) -> list[SideTab]:
    plain = not isinstance(indicator.measure, ShareOf) and indicator.measure.denominator is None
    return [
        SideTab(
            title=_(title),
            total=found[side].total,
            address=address_with(request, side=side.value, page=None),
            current=side is current,
        )
        for side, title in _SIDES.items()
        if not (plain and side is Side.DENOMINATOR)
    ]


def _empty_text(side: Side) -> str:
    if side is Side.MISSED:
        return _("Everything that was found counts.")
    return _(
        "Nothing of this kind is recorded for the period. "
        "A meeting held and ticked appears here by itself."
    )
