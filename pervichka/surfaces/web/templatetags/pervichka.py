"""Icons, figures and texts in the reader's language, for templates."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

from django import template
from django.utils import formats
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, ngettext, pgettext_lazy

from pervichka.foundation.periods import Month

register = template.Library()

_ICONS = Path(__file__).resolve().parent.parent / "static" / "vendor" / "icons"


@cache
def _svg(name: str) -> str:
    svg = (_ICONS / f"{name}.svg").read_text()
    opening = svg.index(">") + 1
    return (
        '<svg class="icon" viewBox="0 0 24 24" fill="none" stroke="currentColor"'
        ' stroke-width="2" stroke-linecap="round" stroke-linejoin="round"'
        f' aria-hidden="true" focusable="false">{svg[opening:].strip()}'
    )


@register.simple_tag
def icon(name: str) -> SafeString:
    """The icon's own drawing, hidden from screen readers: words stand beside it."""
    return mark_safe(_svg(name))  # noqa: S308 - a file of ours, from a locked package


@register.filter
def text(texts: Mapping[str, str] | None) -> str:
    """The text in the reader's language, else in English, else any."""
    return text_of(texts or {})


def text_of(texts: Mapping[str, str]) -> str:
    language = (get_language() or "en").partition("-")[0]
    return texts.get(language) or texts.get("en") or next(iter(texts.values()), "")


@register.filter
def number(value: float | None, decimals: int = 0) -> str:
    """With the reader's separators: 90 298, 90,298; a dash for none."""
    if value is None:
        return "—"
    shown = formats.number_format(
        round(value, decimals), decimal_pos=decimals, use_l10n=True, force_grouping=True
    )
    return str(shown)


@register.filter
def points(value: float | None) -> str:
    """Points from 0 to 100, whole."""
    return number(value, 0)


@register.filter
def amount(value: float | None) -> str:
    """A count, with decimals only where it has some."""
    if value is None:
        return "—"
    return number(value, 0 if float(value).is_integer() else 2)


@register.filter
def percent(share: float | None) -> str:
    """A share as whole per cent: 71 %, with a space that does not break."""
    if share is None:
        return "—"
    return gettext("%(number)s %%") % {"number": number(share * 100)}


@register.filter
def month(value: Month | date | None) -> str:
    """October 2026; октябрь 2026."""
    if value is None:
        return ""
    day = value.start if isinstance(value, Month) else value
    return str(formats.date_format(day, "F Y"))


def month_start(value: Month) -> str:
    """The month as a sentence begins with it: October; Октябрь."""
    name = str(formats.date_format(value.start, "F"))
    return name[:1].upper() + name[1:]


# Russian says "в сентябре" where English says the month alone, so each has a text of its own.
_IN_MONTH = (
    pgettext_lazy("in the month", "January"), pgettext_lazy("in the month", "February"),
    pgettext_lazy("in the month", "March"), pgettext_lazy("in the month", "April"),
    pgettext_lazy("in the month", "May"), pgettext_lazy("in the month", "June"),
    pgettext_lazy("in the month", "July"), pgettext_lazy("in the month", "August"),
    pgettext_lazy("in the month", "September"), pgettext_lazy("in the month", "October"),
    pgettext_lazy("in the month", "November"), pgettext_lazy("in the month", "December"),
)  # fmt: skip


def month_in(value: Month) -> str:
    """September; В сентябре."""
    return str(_IN_MONTH[value.number - 1])


@register.filter
def signed(value: float | None) -> str:
    """A change with its sign: +3, −4, 0."""
    if value is None:
        return ""
    rounded = round(value)
    if rounded > 0:
        return f"+{number(rounded)}"
    return f"−{number(-rounded)}" if rounded < 0 else "0"


@register.filter
def signed_points(value: float | None) -> str:
    """A change in points, in words: +3 points, −1 point."""
    if value is None:
        return ""
    return ngettext("%(change)s point", "%(change)s points", abs(round(value))) % {
        "change": signed(value)
    }


@register.filter
def share_of(part: float | None, whole: float | None) -> str:
    """How far a bar of 100 is filled, as a drawing's attribute wants it: with a point."""
    if part is None or not whole:
        return "0"
    return f"{min(max(part / whole, 0), 1) * 100:.1f}"
