"""Which months are kept up to date: scored before and not closed, and the present one."""

from datetime import date

from django.db.models import Exists, OuterRef

from pervichka.foundation.periods import Month
from pervichka.standard.scores.models import ClosedPeriod, PublishedStandard, ScoredPeriod


def open_months(slug: str, today: date) -> list[Month]:
    """The latest first, as it is the one that people look at."""
    closed = ClosedPeriod.objects.filter(standard__slug=slug, month=OuterRef("month"))
    scored = ScoredPeriod.objects.filter(~Exists(closed), standard__slug=slug)
    months = {Month.of(day) for day in scored.values_list("month", flat=True)}
    present = Month.of(today)
    if not ClosedPeriod.objects.filter(standard__slug=slug, month=present.start).exists():
        months.add(present)
    return sorted(months, reverse=True)


def slugs_in_force(today: date) -> list[str]:
    """Standards with a version in force today."""
    found = PublishedStandard.objects.filter(valid_from__lte=Month.of(today).end)
    return list(found.order_by("slug").values_list("slug", flat=True).distinct())
