"""The next letter is claimed: looked at in the database at that very moment, and written down.

A claimed row is committed before the server gets a byte of the text. So a program that dies leaves
at most the one row `sending`, which the next run calls `unknown` and nobody sends again.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection, transaction

from pervichka.register.access.actor import Actor
from pervichka.register.branches.queries.zones import RegionInTime, own_zone
from pervichka.register.people.sealed_contacts import opened
from pervichka.work.messaging.actions.steps import locked, write_down
from pervichka.work.messaging.models import (
    REACHED,
    Campaign,
    CampaignStatus,
    Delivery,
    DeliveryStatus,
    Halt,
    LeftOut,
)
from pervichka.work.messaging.queries.audience import CHANNEL, WEEK, youngest
from pervichka.work.messaging.rules import Rules

MARGIN = timedelta(seconds=90)
"""A letter is claimed only if it could still arrive in time so much later."""

# Everything that may forbid the letter, as the database knows it now. The row is held meanwhile.
_NEXT = """
with region (first, last, code, zone) as (
  select * from unnest(%(first)s::bigint[], %(last)s::bigint[], %(code)s::text[], %(zone)s::text[])
), next as (
  select delivery.id, delivery.person_id, delivery.zone, delivery.tries from delivery
  where campaign_id = %(campaign)s and status = 'queued' and delivery.zone = any(%(open)s)
    and (not_before is null or not_before <= %(at)s)
  limit 1 for update skip locked
)
select next.id, next.zone, next.tries, person.id as person_id, person.first_name, person.born_on,
  here.code as region, coalesce(here.zone, %(own_zone)s) as is_in,
  point.id as point_id, point.sealed,
  exists (
    select from consent
    join published_text said on (said.code, said.version) = (text_code, text_version)
    where consent.person_id = person.id and said.purpose = %(purpose)s
      and %(channel)s = any(said.channels) and not %(channel)s = any(refused_channels)
      and (given_on is null or given_on <= local.day)
      and (withdrawn_on is null or withdrawn_on > local.day)
  ) as agreed,
  (
    select count(*) from delivery other join campaign on campaign.id = other.campaign_id
    where other.person_id = person.id and campaign.campaigning and other.status = any(%(reached)s)
      and other.claimed_at > %(week)s
  ) as lately,
  exists (
    select from unnest(array[local.day, local.soon]) as asked (day) where not exists (
      select from silence_calendar where asked.day between covers_from and covers_to
    )
  ) as unknown_day,
  exists (
    select from unnest(array[local.day, local.soon]) as asked (day)
    cross join lateral (
      select id from silence_calendar where asked.day between covers_from and covers_to
      order by loaded_at desc, id desc limit 1
    ) calendar
    join silence_period silent on silent.calendar_id = calendar.id
    where asked.day between silent.first and silent.last
      and (silent.region = '' or here.code is null or silent.region = here.code)
  ) as silent,
  (
    select array[imprint.ru, imprint.en] from imprint join branch on branch.id = imprint.branch_id
    where branch.place <= %(place)s and branch.place_end >= %(place)s
      and imprint.valid_from <= local.day
    order by branch.place desc, valid_from desc, named_at desc, imprint.id desc limit 1
  ) as imprint
from next
left join person on person.id = next.person_id
left join region here on person.place between here.first and here.last
cross join lateral (
  select (%(at)s at time zone coalesce(here.zone, %(own_zone)s))::date as day,
    (%(soon)s at time zone coalesce(here.zone, %(own_zone)s))::date as soon
) local
left join lateral (
  select id, sealed from contact_point
  where contact_point.person_id = person.id and kind = 'email'
    and not unconfirmed and bounced_at is null
  order by contact_point.id limit 1
) point on true
"""


@dataclass(frozen=True, kw_only=True)
class Claimed:
    """A letter that is `sending` now, and all it takes to write it. The address is in clear."""

    delivery_id: UUID
    to: str
    first_name: str
    imprint: dict[str, str]
    claimed_at: datetime


@dataclass(frozen=True, kw_only=True)
class Sender:
    """One run that sends one campaign: what it asks of each letter, read once."""

    campaign: Campaign
    run: UUID
    regions: list[RegionInTime]
    rules: Rules

    @property
    def zones(self) -> set[str]:
        return {one.zone for one in self.regions} | {own_zone()}


def claim_next(sender: Sender, *, by: Actor, at: datetime) -> Claimed | None:
    """The next letter that may go now, claimed; none if there is none, or no more may go.

    To be called in a transaction, which whoever sends must commit first. Whoever may get none any
    more is left out on the way, with the reason.
    """
    while True:
        campaign = locked(sender.campaign)
        if campaign.status != CampaignStatus.SENDING or campaign.run != sender.run:
            return None
        row = _next(sender, at)
        if row is None:
            return None
        if row["zone"] != row["is_in"] and row["person_id"] is not None:
            # They moved since. Whether it is night there is asked with the next look.
            Delivery.objects.filter(id=row["id"]).update(zone=row["is_in"])
            continue
        if sender.campaign.campaigning and (halt := _halt(row)):
            _pause(campaign, halt, by=by, at=at)
            return None
        reason = _left_out(row, sender, at)
        if reason is None:
            return _claim(row, sender, at)
        Delivery.objects.filter(id=row["id"]).update(
            status=DeliveryStatus.LEFT_OUT, left_out=reason, settled_at=at
        )


@transaction.atomic
def settle_lost(*, campaign: Campaign, at: datetime) -> int:
    """What another run had in hand when it died is unknown from now on; how many."""
    return Delivery.objects.filter(campaign=campaign, status=DeliveryStatus.SENDING).update(
        status=DeliveryStatus.UNKNOWN, settled_at=at
    )


def _next(sender: Sender, at: datetime) -> dict[str, Any] | None:
    open_zones = [zone for zone in sender.zones if not sender.rules.is_quiet(at, zone)]
    values: dict[str, Any] = {
        "first": [one.interval.start for one in sender.regions],
        "last": [one.interval.end for one in sender.regions],
        "code": [one.code for one in sender.regions],
        "zone": [one.zone for one in sender.regions],
        "campaign": sender.campaign.id,
        "place": sender.campaign.place,
        "purpose": sender.campaign.purpose,
        "channel": CHANNEL,
        "open": open_zones,
        "own_zone": own_zone(),
        "reached": [status.value for status in REACHED],
        "at": at,
        "soon": at + MARGIN,
        "week": at - WEEK,
    }
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, values)
        row = cursor.fetchone()
        names = [column.name for column in cursor.description]
    return None if row is None else dict(zip(names, row, strict=True))


def _halt(row: dict[str, Any]) -> Halt | None:
    if row["unknown_day"]:
        return Halt.NO_CALENDAR
    return Halt.NO_IMPRINT if row["imprint"] is None else None


def _left_out(row: dict[str, Any], sender: Sender, at: datetime) -> LeftOut | None:
    if row["person_id"] is None:
        return LeftOut.GONE
    if not row["agreed"]:
        return LeftOut.NO_CONSENT
    if row["point_id"] is None:
        return LeftOut.NO_ADDRESS
    if not sender.campaign.campaigning:
        return None
    if row["silent"]:
        return LeftOut.SILENCE
    if row["lately"] >= sender.rules.most_in_a_week:
        return LeftOut.CAPPED
    born: date | None = row["born_on"]
    day = at.astimezone(ZoneInfo(row["is_in"])).date()
    if born is not None and born > youngest(day, sender.rules.grown_up):
        return LeftOut.UNDER_AGE
    return None


def _claim(row: dict[str, Any], sender: Sender, at: datetime) -> Claimed:
    Delivery.objects.filter(id=row["id"]).update(
        status=DeliveryStatus.SENDING,
        run=sender.run,
        tries=row["tries"] + 1,
        point_id=row["point_id"],
        claimed_at=at,
        not_before=None,
    )
    ru, en = row["imprint"] or ("", "")
    return Claimed(
        delivery_id=row["id"],
        to=opened(row["point_id"], row["sealed"]),
        first_name=row["first_name"],
        imprint={"ru": ru, "en": en} if sender.campaign.campaigning else {},
        claimed_at=at,
    )


def _pause(campaign: Campaign, halt: Halt, *, by: Actor, at: datetime) -> None:
    campaign.status, campaign.halted, campaign.run = CampaignStatus.PAUSED, halt, None
    campaign.save(update_fields=["status", "halted", "run"])
    write_down(campaign, "campaign.halted", by=by, at=at, fields=["status", "halted"])
