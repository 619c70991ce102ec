"""The line beside the overview's sentence: the share of branches that met, month by month."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from pervichka.foundation.periods import Month
from pervichka.register.access.actor import Actor
from pervichka.register.branches.queries.units import Unit
from pervichka.standard.scores.queries.figures import history_of
from pervichka.surfaces.web.drawings import Sparkline, sparkline
from pervichka.surfaces.web.overview.sentences import met_of
from pervichka.surfaces.web.periods import Chosen
from pervichka.surfaces.web.templatetags.pervichka import month as month_text
from pervichka.surfaces.web.templatetags.pervichka import percent

MONTHS = 12


@dataclass(frozen=True)
class Trend:
    line: Sparkline
    text: str


def month_trend(unit: Unit, chosen: Chosen, actor: Actor) -> Trend | None:
    """Of a year up to the month shown; none where fewer than two months have a share."""
    months = chosen.up_to(MONTHS)
    scored = {one.month: one for one in months}
    shares: list[tuple[Month, float]] = []
    for figures in history_of(unit.id, months, actor=actor):
        met = met_of(scored[figures.month], figures)
        if met is not None:
            shares.append((figures.month, met[0] / met[1]))
    if len(shares) < 2:
        return None
    return Trend(sparkline([share for _month, share in shares], highest=1), _said(shares))


def _said(shares: Sequence[tuple[Month, float]]) -> str:
    (first_month, first), (last_month, last) = shares[0], shares[-1]
    return _(
        "Share that met with a quorum. %(first_month)s: %(first)s. %(last_month)s: %(last)s."
    ) % {
        "first_month": month_text(first_month),
        "first": percent(first),
        "last_month": month_text(last_month),
        "last": percent(last),
    }
