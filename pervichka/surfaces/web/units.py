"""A unit among its siblings, as a tile and as a row of the table."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from pervichka.register.access.actor import Actor
from pervichka.register.branches.packs import Region
from pervichka.register.branches.queries.pack import current_pack
from pervichka.register.branches.queries.units import Unit
from pervichka.standard.scores.queries.figures import Figures, ScoredMonth
from pervichka.surfaces.web.levels import Level, level_of, level_of_points, none_yet
from pervichka.surfaces.web.opening import evidence_address
from pervichka.surfaces.web.standards.words import value_in_words
from pervichka.surfaces.web.templatetags.pervichka import points, text_of


@dataclass(frozen=True)
class UnitRow:
    """`figure` is what the page shows of the unit: points, or an indicator's value."""

    code: str
    name: str
    label: str
    address: str
    figure: str
    figure_address: str | None
    level: Level
    change: float | None
    is_primary: bool
    primaries: int
    silent: int
    row: int | None
    column: int | None


@dataclass(frozen=True)
class Shown:
    """What is shown of each unit: the whole score, or the indicator at an index."""

    scored: ScoredMonth | None
    index: int | None

    def figure(self, figures: Figures | None) -> str:
        if figures is None or self.scored is None:
            return "—"
        if self.index is None:
            return points(figures.points)
        return value_in_words(
            self.scored.document.indicators[self.index], figures.values[self.index]
        )

    def points(self, figures: Figures | None) -> float | None:
        if figures is None:
            return None
        return figures.points if self.index is None else figures.indicator_points[self.index]

    def level(self, figures: Figures | None) -> Level:
        if figures is None or self.scored is None:
            return none_yet()
        if self.index is None:
            return level_of(self.scored.document, figures.grade)
        return level_of_points(self.scored.document, self.points(figures))


def unit_rows(
    units: Sequence[Unit],
    shown: Shown,
    *,
    now: Mapping[UUID, Figures],
    before: Mapping[UUID, Figures],
    primaries: Sequence[int],
    silent: Sequence[int],
    query: str,
    actor: Actor,
) -> list[UnitRow]:
    """The units in their order; `primaries` and `silent` are ascending places of the tree."""
    return [
        _row(unit, shown, now.get(unit.id), before.get(unit.id), primaries, silent, query, actor)
        for unit in units
    ]


def _row(
    unit: Unit,
    shown: Shown,
    figures: Figures | None,
    earlier: Figures | None,
    primaries: Sequence[int],
    silent: Sequence[int],
    query: str,
    actor: Actor,
) -> UnitRow:
    current, last = shown.points(figures), shown.points(earlier)
    region = _regions().get(unit.code)
    return UnitRow(
        code=unit.code,
        name=unit.name,
        label=unit.code if region is None else text_of(region.label),
        address=reverse("web:branch", args=[unit.code]) + query,
        figure=shown.figure(figures),
        figure_address=_figure_address(unit, shown, figures, query, actor),
        level=shown.level(figures),
        change=None if current is None or last is None else current - last,
        is_primary=unit.level == "primary",
        primaries=count_within(primaries, unit),
        silent=count_within(silent, unit),
        row=None if region is None else region.tile.row,
        column=None if region is None else region.tile.column,
    )


def _figure_address(
    unit: Unit, shown: Shown, figures: Figures | None, query: str, actor: Actor
) -> str | None:
    if shown.scored is None or figures is None:
        return None
    if shown.index is None:
        return reverse("web:branch", args=[unit.code]) + query + "#criteria"
    indicator = shown.scored.document.indicators[shown.index].id
    return evidence_address(indicator, unit, query, actor)


def _regions() -> dict[str, Region]:
    return {region.code: region for region in current_pack().regions}


def count_within(places: Sequence[int], unit: Unit) -> int:
    """How many of the ascending places lie in the unit's subtree."""
    return bisect_right(places, unit.place_end) - bisect_left(places, unit.place)
