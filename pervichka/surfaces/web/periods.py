"""The month that a page shows: chosen in the address, else the latest that was computed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pervichka.foundation import clock
from pervichka.standard.scores.queries.figures import ScoredMonth, scored_months
from pervichka.surfaces.web.templatetags.pervichka import month as month_text


@dataclass(frozen=True)
class Chosen:
    """The month shown, the one before it, and all there are, the latest first."""

    month: ScoredMonth | None
    before: ScoredMonth | None
    all: Sequence[ScoredMonth]

    @property
    def options(self) -> list[tuple[str, str]]:
        return [(str(one.month), month_text(one.month)) for one in self.all]

    @property
    def value(self) -> str:
        return str(self.month.month) if self.month else ""

    def up_to(self, count: int) -> list[ScoredMonth]:
        """The last months up to the one shown."""
        if self.month is None:
            return []
        return [one for one in self.all if one.month <= self.month.month][:count]

    @property
    def note(self) -> str:
        """Said of a month that is not over; nothing of any other."""
        if self.month is None or self.last_day() == self.month.month.end:
            return ""
        day = date_format(self.last_day(), "DATE_FORMAT")
        return _("The month is not over: figures as at %(day)s") % {"day": day}

    def last_day(self) -> date:
        """The last day that the month shown covers so far; today where nothing is computed."""
        today = timezone.localdate(clock.now())
        return today if self.month is None else min(self.month.month.end, today)


def chosen_month(request: HttpRequest) -> Chosen:
    months = scored_months()
    asked = request.GET.get("period", "")
    shown = next((one for one in months if str(one.month) == asked), None)
    if shown is None:
        shown = months[0] if months else None
    before = None
    if shown is not None:
        wanted = shown.month.plus(-1)
        before = next((one for one in months if one.month == wanted), None)
    return Chosen(month=shown, before=before, all=months)
