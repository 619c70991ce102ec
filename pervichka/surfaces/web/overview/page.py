"""What the overview shows, gathered for one unit, month and indicator."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pervichka.register.access.actor import Actor
from pervichka.register.branches.queries.pack import current_pack
from pervichka.register.branches.queries.units import Unit, primary_places, units_below
from pervichka.standard.facts.queries.activity import silent_places
from pervichka.standard.scores.queries.figures import Figures, ScoredMonth, figures_of
from pervichka.standard.scores.queries.requests import Listed, awaiting
from pervichka.surfaces.web.files import export_links
from pervichka.surfaces.web.levels import Level, levels_of, none_yet
from pervichka.surfaces.web.opening import evidence_address
from pervichka.surfaces.web.overview.sentences import Piece, month_sentence
from pervichka.surfaces.web.overview.trend import Trend, month_trend
from pervichka.surfaces.web.paging import Page, address_with, sliced
from pervichka.surfaces.web.periods import Chosen
from pervichka.surfaces.web.sentences import silent_sentence
from pervichka.surfaces.web.standards.words import value_in_words
from pervichka.surfaces.web.templatetags.pervichka import number, points, text_of
from pervichka.surfaces.web.units import Shown, UnitRow, count_within, unit_rows

MOST_NAMED = 4
TILES, TABLE = "tiles", "table"


@dataclass(frozen=True)
class Item:
    """A line of one of the three cards; `by` is a change in points, where it tells of one."""

    title: str
    detail: str
    address: str
    by: float | None = None


@dataclass(frozen=True)
class LegendLine:
    """A level, and how many of the units have it."""

    level: Level
    units: int


@dataclass(frozen=True, kw_only=True)
class OverviewPage:
    unit: Unit
    sentence: Sequence[Piece]
    note: str
    trend: Trend | None
    help: Sequence[Item]
    changes: Sequence[Item]
    decisions: Sequence[Item]
    below_title: str
    periods: Sequence[tuple[str, str]]
    period: str
    indicators: Sequence[tuple[str, str]]
    indicator: str
    view: str
    tiles_address: str
    table_address: str
    legend: Sequence[LegendLine]
    units: Sequence[UnitRow]
    mapped: bool
    shown_title: str
    paging: Page[UnitRow]
    export: Sequence[tuple[str, str]]
    every_unit: Sequence[UnitRow]


def overview_page(request: HttpRequest, unit: Unit, chosen: Chosen, actor: Actor) -> OverviewPage:
    day = chosen.last_day()
    scored = chosen.month
    children = units_below(unit, on=day, actor=actor)
    ids = [unit.id, *(child.id for child in children)]
    now = figures_of(ids, scored, actor=actor) if scored else {}
    before = figures_of(ids, chosen.before, actor=actor) if chosen.before else {}
    silent = silent_places(unit.interval, on=day)
    query = f"?period={chosen.value}" if chosen.value else ""
    shown = _shown(request, scored)
    rows = unit_rows(
        children,
        shown,
        now=now,
        before=before,
        primaries=primary_places(unit.interval, on=day),
        silent=silent,
        query=query,
        actor=actor,
    )
    mapped = bool(rows) and all(row.column is not None for row in rows)
    view = request.GET.get("view") if request.GET.get("view") in {TILES, TABLE} else TILES
    page = sliced(request, rows, size=len(rows) if mapped else 60)
    indicators = _indicators(scored, unit)
    return OverviewPage(
        unit=unit,
        sentence=month_sentence(unit, chosen, now.get(unit.id), before.get(unit.id), actor),
        note=chosen.note,
        trend=month_trend(unit, chosen, actor),
        help=_help(unit, children, silent, query),
        changes=_changes(unit, chosen, now.get(unit.id), before.get(unit.id), query, actor),
        decisions=[_decision(one) for one in awaiting(actor)],
        below_title=_below_title(children),
        periods=chosen.options,
        period=chosen.value,
        indicators=indicators,
        indicator="" if shown.index is None else _indicator(scored, shown.index),
        view=view or TILES,
        tiles_address=address_with(request, view=TILES) + "#units",
        table_address=address_with(request, view=TABLE) + "#units",
        legend=_legend(scored, rows),
        units=page.items,
        mapped=mapped,
        shown_title=dict(indicators).get(_indicator(scored, shown.index), _("Points")),
        paging=page,
        export=export_links(request),
        every_unit=rows,
    )


def _shown(request: HttpRequest, scored: ScoredMonth | None) -> Shown:
    asked = request.GET.get("indicator", "")
    ids = [one.id for one in scored.document.indicators] if scored else []
    return Shown(scored=scored, index=ids.index(asked) if asked in ids else None)


def _legend(scored: ScoredMonth | None, rows: Sequence[UnitRow]) -> list[LegendLine]:
    """The levels from the highest; that of too few figures only where a unit has it."""
    if scored is None:
        return []
    units = Counter(row.level.letter for row in rows)
    levels = levels_of(scored.document)
    none = none_yet()
    lines = [LegendLine(level, units[level.letter]) for level in levels]
    return lines + [LegendLine(none, units[none.letter])] * bool(units[none.letter])


def _indicator(scored: ScoredMonth | None, index: int | None) -> str:
    return "" if scored is None or index is None else scored.document.indicators[index].id


def _indicators(scored: ScoredMonth | None, unit: Unit) -> list[tuple[str, str]]:
    """The whole score, and the indicators that stand for the units below."""
    whole = [("", _("Points of the standard"))]
    if scored is None:
        return whole
    below = _level_below(unit)
    return whole + [
        (one.id, text_of(one.title))
        for one in scored.document.indicators
        if any(level == below for level in one.levels)
    ]


def _level_below(unit: Unit) -> str:
    codes = [level.code for level in current_pack().levels]
    place = codes.index(unit.level) if unit.level in codes else len(codes) - 1
    return codes[min(place + 1, len(codes) - 1)]


def _below_title(children: Sequence[Unit]) -> str:
    if not children:
        return _("Units below")
    label = current_pack().level(children[0].level).label
    return text_of({language: words.heading for language, words in label.items()})


def _help(unit: Unit, children: Sequence[Unit], silent: Sequence[int], query: str) -> list[Item]:
    """How many are silent, then the units with most of them, in the order of the list."""
    if not silent:
        return []
    items = [
        Item(
            title=silent_sentence(len(silent)),
            detail=_("No meeting and no event in 90 days"),
            address=reverse("web:silent", args=[unit.code]) + query,
        )
    ]
    counted = {child.code: count_within(silent, child) for child in children}
    chosen = sorted(counted, key=lambda code: -counted[code])[:MOST_NAMED]
    for child in children:
        if child.code in chosen and counted[child.code] and child.level != "primary":
            address = reverse("web:silent", args=[child.code]) + query
            items.append(Item(child.name, silent_sentence(counted[child.code]), address))
    return items


def _changes(
    unit: Unit,
    chosen: Chosen,
    now: Figures | None,
    before: Figures | None,
    query: str,
    actor: Actor,
) -> list[Item]:
    """The whole score and the indicators that moved by a point or more, the widest moves first."""
    if now is None or before is None or chosen.month is None or chosen.before is None:
        return []
    document = chosen.month.document
    items = []
    if chosen.before.document.indicators == document.indicators:
        for index, indicator in enumerate(document.indicators):
            new, old = now.indicator_points[index], before.indicator_points[index]
            if new is not None and old is not None and abs(new - old) >= 1:
                address = evidence_address(indicator.id, unit, query, actor)
                detail = _now_and_then(
                    value_in_words(indicator, now.values[index]),
                    value_in_words(indicator, before.values[index]),
                )
                items.append(Item(text_of(indicator.title), detail, address, by=new - old))
    items.sort(key=lambda item: -abs(item.by or 0))
    whole = []
    if now.points is not None and before.points is not None:
        address = reverse("web:branch", args=[unit.code]) + query
        detail = _now_and_then(points(now.points), points(before.points))
        by = now.points - before.points
        whole = [Item(_("Points of the standard"), detail, address, by=by)]
    return [*whole, *items[:MOST_NAMED]]


def _now_and_then(new: str, old: str) -> str:
    return _("now %(new)s, was %(old)s") % {"new": new, "old": old}


def _decision(request: Listed) -> Item:
    kinds = {
        "help": _("%(unit)s asks for help"),
        "mistake": _("%(unit)s reports a mistake"),
    }
    return Item(
        title=kinds[request.kind] % {"unit": request.unit_name},
        detail=_("No. %(number)s, %(day)s")
        % {"number": number(request.number), "day": date_format(request.asked_at, "DATE_FORMAT")},
        address=reverse("web:request", args=[request.number]),
    )
