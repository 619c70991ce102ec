"""The overview's one sentence: how many primary branches met, this month and the one before."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pervichka.register.access.actor import Actor
from pervichka.register.branches.queries.units import Unit
from pervichka.standard.rulebook.document import ShareOf
from pervichka.standard.scores.queries.figures import Figures, ScoredMonth
from pervichka.surfaces.web.branches.score import state_sentence
from pervichka.surfaces.web.opening import evidence_address
from pervichka.surfaces.web.periods import Chosen
from pervichka.surfaces.web.templatetags.pervichka import (
    month_in,
    month_start,
    number,
    percent,
)

MEETS = "meets"
"""The indicator that the sentence tells, in a document that has it as a share of branches."""

_OPEN, _CLOSE = "\x02", "\x03"


@dataclass(frozen=True)
class Piece:
    """A part of a sentence; one with an address is a number that opens to its evidence."""

    text: str
    address: str = ""


def month_sentence(
    unit: Unit, chosen: Chosen, now: Figures | None, before: Figures | None, actor: Actor
) -> Sequence[Piece]:
    """October: 704 of 991 primary branches met with a quorum (71 %). September: 68 %.

    The numbers are the stored ones of the indicator, so each is the one its evidence opens with.
    Under a document without the indicator the sentence tells the unit's points.
    """
    scored = chosen.month
    if scored is None:
        return [Piece(_("No month has been computed yet"))]
    if _position(scored) is None:
        return [Piece(state_sentence(now, before, None))]
    met = met_of(scored, now)
    if met is None:
        text = _("%(month)s: there is no living primary branch here")
        return [Piece(text % {"month": month_start(scored.month)})]
    pieces = _pieces(_said(scored, *met), _address(unit, scored, actor))
    earlier = None if chosen.before is None else met_of(chosen.before, before)
    if chosen.before is not None and earlier is not None:
        compared = _("%(month)s: %(share)s") % {
            "month": month_in(chosen.before.month),
            "share": f"{_OPEN}{percent(earlier[0] / earlier[1])}{_CLOSE}",
        }
        pieces += _pieces(f". {compared}", _address(unit, chosen.before, actor))
    return pieces


def _said(scored: ScoredMonth, met: float, everyone: float) -> str:
    # `open` and `close` stand around the words that lead to the evidence.
    return ngettext(
        "%(month)s: %(open)s%(met)s of %(everyone)s primary branch%(close)s"
        " met with a quorum (%(share)s)",
        "%(month)s: %(open)s%(met)s of %(everyone)s primary branches%(close)s"
        " met with a quorum (%(share)s)",
        int(everyone),
    ) % {
        "month": month_start(scored.month),
        "met": number(met),
        "everyone": number(everyone),
        "share": percent(met / everyone),
        "open": _OPEN,
        "close": _CLOSE,
    }


def _pieces(said: str, address: str) -> list[Piece]:
    before, _mark, rest = said.partition(_OPEN)
    linked, _mark, after = rest.partition(_CLOSE)
    return [piece for piece in (Piece(before), Piece(linked, address), Piece(after)) if piece.text]


def _position(scored: ScoredMonth) -> int | None:
    for index, one in enumerate(scored.document.indicators):
        measure = one.measure
        if one.id == MEETS and isinstance(measure, ShareOf) and measure.level == "primary":
            return index
    return None


def met_of(scored: ScoredMonth, figures: Figures | None) -> tuple[float, float] | None:
    """How many of how many; none where there is no branch to meet."""
    index = _position(scored)
    if index is None or figures is None:
        return None
    met, everyone = figures.numerators[index], figures.denominators[index]
    return (met, everyone) if met is not None and everyone else None


def _address(unit: Unit, scored: ScoredMonth, actor: Actor) -> str:
    return evidence_address(MEETS, unit, f"?period={scored.month}", actor)
