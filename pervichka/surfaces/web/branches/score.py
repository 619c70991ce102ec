"""A branch's score in lines and sentences: state, next steps, criteria, trend, peers."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pervichka.register.access.actor import Actor
from pervichka.register.branches.queries.pack import current_pack
from pervichka.register.branches.queries.units import Unit
from pervichka.standard.rulebook.document import Criterion, Indicator
from pervichka.standard.scores.advice import NextStep, next_steps
from pervichka.standard.scores.queries.figures import Figures, ScoredMonth, Standing
from pervichka.surfaces.web.opening import evidence_address
from pervichka.surfaces.web.standards.words import value_in_words
from pervichka.surfaces.web.templatetags.pervichka import (
    amount,
    month,
    month_in,
    month_start,
    number,
    percent,
    points,
    text_of,
)


@dataclass(frozen=True)
class StepLine:
    """What to do, how many points of the standard it is worth, and the indicator it moves."""

    title: str
    why: str
    worth: float
    indicator: str
    figure: str
    address: str

    @property
    def worth_whole(self) -> int:
        return round(self.worth)


@dataclass(frozen=True)
class IndicatorLine:
    title: str
    address: str
    counted: str
    value: str
    target: str
    points: float | None
    trial: bool


@dataclass(frozen=True)
class CriterionLine:
    """`part` of `whole`: what the criterion brings of what it could, in points of the standard."""

    title: str
    points: float | None
    part: float
    whole: float
    indicators: tuple[IndicatorLine, ...]


def state_sentence(now: Figures | None, before: Figures | None, standing: Standing | None) -> str:
    """October 2026: 74 of 100 points. In September: 70. Better than 68 % of similar branches."""
    if now is None:
        return _("This branch has no score for the month")
    if now.points is None:
        return _("%(month)s: too few figures for a score") % {"month": month_start(now.month)}
    sentences = [
        ngettext(
            "%(month)s: %(points)s point of 100",
            "%(month)s: %(points)s points of 100",
            round(now.points),
        )
        % {"month": month_start(now.month), "points": points(now.points)}
    ]
    if before is not None and before.points is not None:
        sentences.append(
            _("%(month)s: %(share)s")
            % {"month": month_in(before.month), "share": points(before.points)}
        )
    better = _better_than(standing)
    if better:
        sentences.append(_("Better than %(share)s of similar branches") % {"share": better})
    return ". ".join(sentences) + "."


def _better_than(standing: Standing | None) -> str:
    """Of how many of the others it is ahead, rounded down; nothing where of none."""
    if standing is None or standing.peers < 2:
        return ""
    whole = 100 * standing.fewer // (standing.peers - 1)
    return percent(whole / 100) if whole else ""


def step_lines(
    unit: Unit, figures: Figures | None, scored: ScoredMonth | None, query: str, actor: Actor
) -> list[StepLine]:
    if figures is None or scored is None:
        return []
    steps = next_steps(scored.document, scored.month, figures)
    return [_step(unit, step, figures, query, actor) for step in steps]


def _step(unit: Unit, step: NextStep, figures: Figures, query: str, actor: Actor) -> StepLine:
    indicator = step.indicator
    advice = text_of(indicator.advice.title) if indicator.advice else text_of(indicator.title)
    return StepLine(
        title=advice.replace("{gap}", number(step.gap)),
        why=text_of(indicator.why),
        worth=step.worth,
        indicator=text_of(indicator.title),
        figure=counted(figures, step.index)
        or value_in_words(indicator, figures.values[step.index]),
        address=evidence_address(indicator.id, unit, query, actor),
    )


def counted(figures: Figures, index: int) -> str:
    """112 of 175; for a plain count the count alone; nothing where it was not counted."""
    numerator, denominator = figures.numerators[index], figures.denominators[index]
    if numerator is None:
        return ""
    if denominator is None:
        return amount(numerator)
    return _("%(part)s of %(whole)s") % {"part": amount(numerator), "whole": amount(denominator)}


def criterion_lines(
    unit: Unit, figures: Figures | None, scored: ScoredMonth | None, query: str, actor: Actor
) -> list[CriterionLine]:
    """The criteria that stand for the unit's level, each with its indicators of that level."""
    if figures is None or scored is None:
        return []
    lines = []
    position = 0
    for index, criterion in enumerate(scored.document.criteria):
        start, position = position, position + len(criterion.indicators)
        found = [
            _indicator(unit, one, start + at, figures, scored, query, actor)
            for at, one in enumerate(criterion.indicators)
            if unit.level in one.levels
        ]
        if found:
            lines.append(_criterion(criterion, figures.criterion_points[index], found))
    return lines


def _criterion(
    criterion: Criterion, earned: float | None, indicators: Sequence[IndicatorLine]
) -> CriterionLine:
    return CriterionLine(
        title=text_of(criterion.title),
        points=earned,
        part=(earned or 0.0) * criterion.weight / 100,
        whole=criterion.weight,
        indicators=tuple(indicators),
    )


def _indicator(
    unit: Unit,
    indicator: Indicator,
    index: int,
    figures: Figures,
    scored: ScoredMonth,
    query: str,
    actor: Actor,
) -> IndicatorLine:
    return IndicatorLine(
        title=text_of(indicator.title),
        address=evidence_address(indicator.id, unit, query, actor),
        counted=counted(figures, index) or "—",
        value=value_in_words(indicator, figures.values[index]),
        target=value_in_words(indicator, indicator.target),
        points=figures.indicator_points[index],
        trial=indicator.on_trial(scored.month.end),
    )


def trend_text(history: Sequence[Figures]) -> str:
    """From 60 points in January to 74 in October."""
    known = [one for one in history if one.points is not None]
    if len(known) < 2:
        return ""
    first, last = known[0], known[-1]
    return _(
        "%(first_month)s: %(first)s. %(last_month)s: %(last)s. The line runs from 0 to 100."
    ) % {
        "first_month": _capital(month(first.month)),
        "first": points(first.points),
        "last_month": _capital(month(last.month)),
        "last": points(last.points),
    }


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def peers_sentence(
    unit: Unit, figures: Figures | None, scored: ScoredMonth | None, standing: Standing | None
) -> str:
    """Which the similar branches are: 14 regional branches with fewer than 2 000 voters."""
    if figures is None or scored is None or standing is None or standing.peers < 2:
        return _("There are no similar branches to compare with")
    label = current_pack().level(unit.level).label
    words = {code: one.after(standing.peers, code) for code, one in label.items()}
    return _("Similar branches: %(count)s %(branches)s%(size)s.") % {
        "count": number(standing.peers),
        "branches": text_of(words),
        "size": _size(figures, scored),
    }


def _size(figures: Figures, scored: ScoredMonth) -> str:
    peers = scored.document.peers
    if peers is None or figures.band is None or not peers.bands:
        return ""
    if figures.band == 0:
        return _(" with fewer than %(most)s voters") % {"most": number(peers.bands[0])}
    least = number(peers.bands[figures.band - 1])
    if figures.band == len(peers.bands):
        return _(" with %(least)s voters or more") % {"least": least}
    return _(" with %(least)s to %(most)s voters") % {
        "least": least,
        "most": number(peers.bands[figures.band]),
    }
