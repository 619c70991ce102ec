"""What is true of silence and imprints."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from pervichka.register.branches.models import Branch
from pervichka.register.campaigning.models import Imprint, SilenceCalendar, SilencePeriod


@dataclass(frozen=True, kw_only=True)
class ImprintInForce:
    """The words that stand under campaigning, by language."""

    id: UUID
    ru: str
    en: str
    branch_code: str
    valid_from: date


@dataclass(frozen=True, kw_only=True)
class Silence:
    """A period of the calendar in force; an empty `region` means everywhere."""

    first: date
    last: date
    region: str
    what: dict[str, str]


def imprint_of(branch: Branch, *, on: date) -> ImprintInForce | None:
    """The branch's own that day, else of the nearest branch above that has one. One query."""
    row = (
        Imprint.objects.filter(
            branch__place__lte=branch.place,
            branch__place_end__gte=branch.place,
            valid_from__lte=on,
        )
        .order_by("-branch__place", "-valid_from", "-named_at", "-id")
        .select_related("branch")
        .first()
    )
    if row is None:
        return None
    return ImprintInForce(
        id=row.id, ru=row.ru, en=row.en, branch_code=row.branch.code, valid_from=row.valid_from
    )


def calendar_on(day: date) -> SilenceCalendar | None:
    """The calendar that holds on that day; none: nothing is known of it."""
    return (
        SilenceCalendar.objects.filter(covers_from__lte=day, covers_to__gte=day)
        .order_by("-loaded_at", "-id")
        .first()
    )


def is_silent(day: date, region: str) -> bool:
    """Whether nobody may campaign that day in the region, given as its branch's code.

    Where no region is known, the silence of any of them counts.
    """
    calendar = calendar_on(day)
    periods = SilencePeriod.objects.filter(calendar=calendar, first__lte=day, last__gte=day)
    if region:
        periods = periods.filter(Q(region="") | Q(region=region))
    return periods.exists()


def silences(*, since: date) -> Sequence[Silence]:
    """The periods of the last calendar loaded that are not over by that day."""
    last = SilenceCalendar.objects.order_by("-loaded_at", "-id").first()
    rows = SilencePeriod.objects.filter(calendar=last, last__gte=since).order_by("first", "region")
    return [
        Silence(first=row.first, last=row.last, region=row.region, what=row.what) for row in rows
    ]
