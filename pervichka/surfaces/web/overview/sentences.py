"""The overview's one sentence: how many primary branches met, this month and the one before."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pervichka.foundation.periods import Month
from pervichka.register.branches.queries.units import Unit, primary_places
from pervichka.standard.facts.queries.activity import quorate_places
from pervichka.surfaces.web.templatetags.pervichka import (
    month_in,
    month_start,
    number,
    percent,
)


def met_sentence(unit: Unit, month: Month, last_day: date) -> str:
    """October: 704 of 991 primary branches met with a quorum (71 %). September: 68 %."""
    everyone = len(primary_places(unit.interval, on=last_day))
    if not everyone:
        return _("%(month)s: there is no living primary branch here") % {
            "month": month_start(month)
        }
    met = len(quorate_places(unit.interval, first=month.start, last=last_day))
    said = ngettext(
        "%(month)s: %(met)s of %(everyone)s primary branch met with a quorum (%(share)s)",
        "%(month)s: %(met)s of %(everyone)s primary branches met with a quorum (%(share)s)",
        everyone,
    ) % {
        "month": month_start(month),
        "met": number(met),
        "everyone": number(everyone),
        "share": percent(met / everyone),
    }
    before = month.plus(-1)
    earlier = len(primary_places(unit.interval, on=before.end))
    if not earlier:
        return said
    share = len(quorate_places(unit.interval, first=before.start, last=before.end)) / earlier
    compared = _("%(month)s: %(share)s") % {"month": month_in(before), "share": percent(share)}
    return f"{said}. {compared}"


def silent_sentence(count: int) -> str:
    """12 primary branches are silent."""
    return ngettext(
        "%(count)s primary branch is silent", "%(count)s primary branches are silent", count
    ) % {"count": number(count)}
