"""How an indicator is computed, in words made from the document itself."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from pervichka.foundation.periods import PeriodKind
from pervichka.standard.engine.needs import kinds_read, tables_read
from pervichka.standard.rulebook.catalogue import FACTS, KINDS
from pervichka.standard.rulebook.document import (
    Aggregate,
    Count,
    Distinct,
    EvidenceClass,
    Indicator,
    Level,
    Ratio,
    ShareOf,
    Sum,
    Window,
)
from pervichka.standard.rulebook.where import parse_where
from pervichka.surfaces.web.standards.conditions import in_words, kinds_of
from pervichka.surfaces.web.standards.naming import COLUMNS, EVIDENCE
from pervichka.surfaces.web.templatetags.pervichka import amount, number, percent

PERIODS = {
    PeriodKind.MONTH: gettext_noop("over the month"),
    PeriodKind.QUARTER: gettext_noop("over the quarter, to date"),
    PeriodKind.YEAR: gettext_noop("over the year, to date"),
}
LEVELS = {
    Level.FEDERAL: gettext_noop("headquarters"),
    Level.REGIONAL: gettext_noop("regional branches"),
    Level.LOCAL: gettext_noop("local branches"),
    Level.PRIMARY: gettext_noop("primary branches"),
}
_ROWS = {
    "facts": gettext_noop("records"),
    "people": gettext_noop("people in the register"),
    "posts": gettext_noop("posts"),
    "branches": gettext_noop("living branches"),
    "precincts": gettext_noop("precincts"),
    "sites": gettext_noop("sites of the programme"),
}


# Kinds of other systems are not in the catalogue: whether they send any is theirs to know.
_KEPT_NOWHERE = frozenset(kind.name for kind in KINDS if not kind.derived)


@dataclass(frozen=True)
class Formula:
    """What is counted, over what, and how the share becomes points."""

    numerator: str
    denominator: str | None
    scale: str
    notes: tuple[str, ...]


def formula(indicator: Indicator) -> Formula:
    measure = indicator.measure
    period = _(PERIODS[indicator.period])
    if isinstance(measure, ShareOf):
        level = _(LEVELS[measure.level])
        numerator = _having(measure, level.capitalize(), period)
        denominator: str | None = _("All living %(level)s") % {"level": level}
    else:
        numerator = _sentence(_counted(measure.numerator, period))
        denominator = (
            None
            if measure.denominator is None
            else _sentence(_counted(measure.denominator, period))
        )
    return Formula(numerator, denominator, _scale(indicator), tuple(_notes(indicator)))


def value_in_words(indicator: Indicator, value: float | None) -> str:
    """A value of the indicator as people say it: a share as per cent, a count as a number."""
    if value is None:
        return "—"
    if is_share(indicator):
        return percent(value)
    return number(value, 0 if float(value).is_integer() else 2)


def is_share(indicator: Indicator) -> bool:
    """Whether the value is a part of a whole, and so is said as per cent."""
    measure = indicator.measure
    if isinstance(measure, ShareOf):
        return True
    return measure.denominator is not None and measure.per == 1 and indicator.target <= 1


def _sentence(phrase: str) -> str:
    return phrase[:1].upper() + phrase[1:]


def _having(measure: ShareOf, level: str, period: str) -> str:
    said = {"level": level, "what": _counted(measure.having, period)}
    if measure.at_least == 1:
        return _("%(level)s that have: %(what)s") % said
    return _("%(level)s that have at least %(least)s of: %(what)s") % {
        **said,
        "least": amount(measure.at_least),
    }


def _counted(aggregate: Aggregate, period: str) -> str:
    where = aggregate.where
    condition = parse_where(where, table=aggregate.table, kinds=None) if where else None
    parts = [_what(aggregate, of_kinds=condition is not None and bool(kinds_of(condition)))]
    if condition is not None:
        parts.append(in_words(condition))
    phrase = ": ".join(part for part in parts if part)
    if aggregate.table != "facts":
        return _("%(what)s, as at the period's end") % {"what": phrase}
    span = _window(aggregate.window) if aggregate.window else period
    return f"{phrase}, {span}"


def _what(aggregate: Aggregate, *, of_kinds: bool) -> str:
    """What is counted; where kinds of facts are named next, that they are records goes unsaid."""
    rows = _(_ROWS[aggregate.table])
    match aggregate:
        case Count():
            return "" if of_kinds else rows
        case Distinct(column="person", at_least=1):
            return _("different people")
        case Distinct(column="person", at_least=least):
            return ngettext(
                "different people, each at least %(count)d time",
                "different people, each at least %(count)d times",
                least,
            ) % {"count": least}
        case Distinct(column=column):
            return _("different values of “%(column)s” in %(rows)s") % {
                "column": _(COLUMNS.get(column, column)),
                "rows": rows,
            }
        case Sum(column=column):
            return _("the sum of “%(column)s” over %(rows)s") % {
                "column": _(COLUMNS.get(column, column)),
                "rows": rows,
            }


def _window(window: Window) -> str:
    if window.days is not None:
        return ngettext(
            "in the last %(count)d day of the period",
            "in the last %(count)d days of the period",
            window.days,
        ) % {"count": window.days}
    months = window.months or 0
    return ngettext(
        "in the last %(count)d month of the period",
        "in the last %(count)d months of the period",
        months,
    ) % {"count": months}


def _scale(indicator: Indicator) -> str:
    return _("0 points at %(floor)s, 100 points at %(target)s, in between in proportion") % {
        "floor": value_in_words(indicator, indicator.floor),
        "target": value_in_words(indicator, indicator.target),
    }


def _counts_nothing_yet(indicator: Indicator) -> bool:
    """Whether it is wholly about kinds of facts that no work derives yet."""
    kinds = kinds_read(indicator)
    of_facts = tables_read(indicator) <= {FACTS, "branches"}
    return kinds is not None and of_facts and frozenset() < kinds <= _KEPT_NOWHERE


def _notes(indicator: Indicator) -> list[str]:
    notes = []
    if _counts_nothing_yet(indicator):
        notes.append(_("Nothing that is kept here records this yet, so it counts nothing"))
    if indicator.evidence is not EvidenceClass.SELF_REPORTED:
        notes.append(
            _("A record counts only if it is at least: %(evidence)s")
            % {"evidence": _(EVIDENCE[indicator.evidence])}
        )
    if indicator.min_denominator:
        notes.append(
            _("Below %(least)s the share says nothing, and the branch has no value")
            % {"least": amount(indicator.min_denominator)}
        )
    if isinstance(indicator.measure, Ratio) and indicator.measure.per != 1:
        notes.append(_("The share is taken per %(per)s") % {"per": amount(indicator.measure.per)})
    return notes
