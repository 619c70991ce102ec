"""Whom a campaign would reach, and why it leaves out the others: in numbers."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from pervichka.register.access.actor import Actor
from pervichka.register.branches.models import Branch
from pervichka.register.people.models import (
    Affiliation,
    AffiliationKind,
    Consent,
    ContactKind,
    ContactPoint,
    Person,
)
from pervichka.register.people.queries.visible import people_visible_to
from pervichka.register.texts.queries import latest_texts, published_texts
from pervichka.work.messaging.models import REACHED, Campaign, Delivery, LeftOut
from pervichka.work.messaging.rules import rules

CHANNEL = "email"
WEEK = timedelta(days=7)
_REACHED = ""


@dataclass(frozen=True, kw_only=True)
class AudienceCount:
    """`people` are all that were meant; `left_out` is by reason."""

    people: int
    reached: int
    left_out: Mapping[str, int] = field(default_factory=dict)


def purposes() -> Mapping[str, Mapping[str, str]]:
    """Purposes for which people can be written to by e-mail: in words, by language."""
    return {text.purpose: text.aim for text in latest_texts().values() if CHANNEL in text.channels}


def people_meant(
    campaign: Campaign, *, named: Collection[UUID] | None, by: Actor, on: date
) -> QuerySet[Person]:
    """The audience of a campaign, as far as the actor sees it, whether it may be reached or not."""
    seen = people_visible_to(by)
    if named is not None:
        return seen.filter(id__in=list(named))
    return seen.filter(of_branch(campaign.branch, campaign.affiliations, on=on))


def of_branch(branch: Branch, affiliations: Collection[str], *, on: date) -> Q:
    """People of the branch and below it who are one of these on that day."""
    in_force = Affiliation.objects.filter(
        Q(valid_from=None) | Q(valid_from__lte=on),
        Q(valid_to=None) | Q(valid_to__gt=on),
        person_id=OuterRef("id"),
    )
    wanted = Q(Exists(in_force.filter(kind__in=list(affiliations))))
    if AffiliationKind.CONTACT in affiliations:
        wanted |= ~Q(Exists(in_force))
    return Q(place__range=(branch.place, branch.place_end)) & wanted


def count_audience(
    campaign: Campaign, *, named: Collection[UUID] | None, by: Actor, at: datetime
) -> AudienceCount:
    """In numbers, with one reason for each who is left out. Two queries."""
    people = people_meant(campaign, named=named, by=by, on=timezone.localdate(at))
    counted = dict(
        people.order_by().values_list(_verdict(campaign, at=at)).annotate(number=Count("id"))
    )
    reached = counted.pop(_REACHED, 0)
    return AudienceCount(people=reached + sum(counted.values()), reached=reached, left_out=counted)


def reachable(people: QuerySet[Person], campaign: Campaign, *, at: datetime) -> QuerySet[Person]:
    """Those of them who would get a letter now."""
    return people.alias(verdict=_verdict(campaign, at=at)).filter(Q(("verdict", _REACHED)))


def _verdict(campaign: Campaign, *, at: datetime) -> Coalesce:
    """Why nothing may be sent to a person now, or empty."""
    day, known = timezone.localdate(at), rules()
    consent = Consent.objects.filter(
        Q(given_on=None) | Q(given_on__lte=day),
        Q(withdrawn_on=None) | Q(withdrawn_on__gt=day),
        _agreed_to(campaign.purpose),
        ~Q(refused_channels__contains=[CHANNEL]),
        person_id=OuterRef("id"),
    )
    points = ContactPoint.objects.filter(
        person_id=OuterRef("id"), kind=ContactKind.EMAIL, unconfirmed=False, bounced_at=None
    )
    whens = [
        When(~Q(Exists(consent)), then=Value(LeftOut.NO_CONSENT.value)),
        When(~Q(Exists(points)), then=Value(LeftOut.NO_ADDRESS.value)),
    ]
    if campaign.campaigning:
        lately = (
            Delivery.objects.filter(
                person_id=OuterRef("id"),
                campaign__campaigning=True,
                status__in=REACHED,
                claimed_at__gt=at - WEEK,
            )
            .order_by()
            .values("person_id")
            .annotate(number=Count("id"))
            .filter(number__gte=known.most_in_a_week)
        )
        whens += [
            When(born_on__gt=youngest(day, known.grown_up), then=Value(LeftOut.UNDER_AGE.value)),
            When(Exists(lately), then=Value(LeftOut.CAPPED.value)),
        ]
    return Coalesce(Case(*whens, default=Value(_REACHED)), Value(""))


def youngest(day: date, years: int) -> date:
    """The latest birthday of whoever is so old on that day."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February
        return day.replace(year=day.year - years, day=28)


def _agreed_to(purpose: str) -> Q:
    fitting = Q(pk__in=[])
    for text in published_texts().values():
        if text.purpose == purpose and CHANNEL in text.channels:
            fitting |= Q(text_code=text.code, text_version=text.version)
    return fitting
