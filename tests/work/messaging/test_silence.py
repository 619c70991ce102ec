"""No letter of a campaign arrives in a silence period or at night, in whichever zone it is read."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from pervichka.foundation.refusal import Refused
from pervichka.register.branches.models import Branch, LevelOfTree
from pervichka.register.branches.packs import load_pack
from pervichka.work.messaging import rules as rules_module
from pervichka.work.messaging.models import Campaign, CampaignStatus, Delivery, Halt
from pervichka.work.messaging.rules import Rules, rules
from tests.builders.branches import a_branch, a_primary_branch, a_root
from tests.builders.messaging import (
    NOON,
    Clock,
    a_calendar,
    a_campaign,
    a_planned_campaign,
    a_reader,
    an_imprint,
    readers,
    send,
)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.enable_socket]
# One region of each zone of the pack.
ZONES = {region.time_zone: region.code for region in load_pack("ru").regions}
OFFSETS = {zone: datetime(2026, 10, 12, tzinfo=ZoneInfo(zone)).utcoffset() for zone in ZONES}
ELEVEN = {offset: ZONES[zone] for zone, offset in OFFSETS.items()}
SILENT = """covers: {from: 2026-01-01, to: 2026-12-31}
periods:
  - {first: 2026-10-13, last: 2026-10-13, what: {ru: Выборы, en: Elections}}
"""


@pytest.fixture
def waking(monkeypatch):
    """Rules without a quiet hour, so that midnight itself can be crossed."""
    known = rules()
    open_ = Rules(**vars(known) | {"quiet_from": known.quiet_to, "quiet_to": known.quiet_to})
    monkeypatch.setattr(rules_module, "_rules", lambda _pack: open_)


@pytest.fixture
def eleven() -> dict[str, str]:
    """A branch with three readers in each of eleven zones; the zone by the reader's address."""
    root = a_root()
    an_imprint(branch=root)
    zone_of = {}
    for offset, code in sorted(ELEVEN.items(), key=str):
        region = a_branch(code=code, level=LevelOfTree.REGIONAL, parent=root)
        local = a_branch(code=f"{code}/l", level=LevelOfTree.LOCAL, parent=region)
        branch = a_branch(code=f"{code}/1", parent=local)
        zone = next(name for name, found in OFFSETS.items() if found == offset)
        for number in range(3):
            address = f"{code.lower()}-{number}@example.org"
            a_reader(branch=branch, email=address)
            zone_of[address] = zone
    return zone_of


def test_there_are_eleven_zones() -> None:
    assert len(ELEVEN) == 11


def test_of_eleven_zones_that_cross_midnight_into_silence_none_is_late(
    eleven, waking, sink
) -> None:
    a_calendar(SILENT)
    root = Branch.objects.get(code="RU")
    # Kamchatka's midnight of the 13th is near; Kaliningrad's lies ten hours on.
    begins = datetime(2026, 10, 12, 11, 58, tzinfo=UTC)
    campaign = a_planned_campaign(branch=root, starts_at=begins, at=begins)
    assert campaign.recipients == 33
    clock = Clock(begins, step=timedelta(minutes=4))
    arrived: dict[str, datetime] = {}
    sink.on_letter = lambda to: arrived.__setitem__(to, clock.at)
    while True:
        send(campaign, now=clock)
        campaign.refresh_from_db()
        if campaign.status == CampaignStatus.DONE:
            break
        clock.at += timedelta(minutes=30)
        assert clock.at < begins + timedelta(days=2)
    late = {
        to: at
        for to, at in arrived.items()
        if at.astimezone(ZoneInfo(eleven[to])).date() != date(2026, 10, 12)
    }
    assert late == {}
    silent = Delivery.objects.filter(campaign=campaign, left_out="silence").count()
    assert silent > 0
    assert len(arrived) + silent == 33


def test_nobody_is_written_to_at_night_where_they_live(eleven, sink) -> None:
    a_calendar()
    root = Branch.objects.get(code="RU")
    begins = datetime(2026, 10, 12, 0, 0, tzinfo=UTC)
    campaign = a_planned_campaign(branch=root, starts_at=begins, at=begins)
    clock = Clock(begins)
    hours: list[int] = []
    sink.on_letter = lambda to: hours.append(clock.at.astimezone(ZoneInfo(eleven[to])).hour)
    for _hour in range(24):
        send(campaign, now=clock)
        clock.at += timedelta(hours=1)
    assert len(hours) == 33
    assert min(hours) >= 9
    assert max(hours) < 21


def test_who_moved_is_written_to_by_the_clock_of_where_they_are(branch, sink) -> None:
    person = a_reader(branch=branch, email="a@example.org")
    campaign = a_planned_campaign(branch=branch)
    east = a_branch(code="RU-KAM", level=LevelOfTree.REGIONAL, parent=Branch.objects.get(code="RU"))
    person.branch, person.place = east, east.place
    person.save()
    # Noon in Moscow is nine in the evening there.
    send(campaign)
    assert sink.letters == []
    send(campaign, now=Clock(NOON + timedelta(hours=12)))
    assert len(sink.letters) == 1


def test_without_a_calendar_it_is_refused(sink) -> None:
    branch = a_primary_branch()
    an_imprint(branch=branch)
    readers(1, branch=branch)
    with pytest.raises(Refused, match="no calendar of silence periods covers 2026-10-12"):
        a_planned_campaign(branch=branch)


def test_without_an_imprint_it_is_refused(sink) -> None:
    branch = a_primary_branch()
    a_calendar()
    readers(1, branch=branch)
    with pytest.raises(Refused, match="there is no imprint for RU-AD/1"):
        a_planned_campaign(branch=branch)


def test_a_start_in_silence_is_refused(branch, sink) -> None:
    readers(1, branch=branch)
    with pytest.raises(Refused, match="lies in a silence period in RU-AD"):
        a_planned_campaign(
            branch=branch,
            starts_at=datetime(2026, 9, 18, 9, tzinfo=UTC),
            at=NOON - timedelta(days=30),
        )


def test_a_day_that_nobody_knows_of_pauses_it(branch, sink) -> None:
    readers(1, branch=branch)
    late = datetime(2026, 12, 31, 12, tzinfo=UTC)
    campaign = a_planned_campaign(branch=branch, starts_at=late, at=late)
    send(campaign, now=Clock(late + timedelta(days=1)))
    campaign.refresh_from_db()
    assert (campaign.status, campaign.halted) == (CampaignStatus.PAUSED, Halt.NO_CALENDAR)
    assert sink.letters == []


def test_without_a_mail_server_or_an_address_for_links_it_is_refused(
    branch, sink, settings
) -> None:
    readers(1, branch=branch)
    settings.SITE_ADDRESS = ""
    with pytest.raises(Refused, match="PERVICHKA_SITE"):
        a_planned_campaign(branch=branch)
    settings.EMAIL_HOST = ""
    with pytest.raises(Refused, match="no mail server is set"):
        a_planned_campaign(branch=branch)


def test_a_silence_of_one_region_holds_there_alone(branch, sink) -> None:
    other = a_branch(code="RU-AL", level=LevelOfTree.REGIONAL, parent=Branch.objects.get(code="RU"))
    a_reader(branch=branch, email="here@example.org")
    a_reader(branch=other, email="there@example.org")
    campaign: Campaign = a_planned_campaign(branch=Branch.objects.get(code="RU"))
    a_calendar(
        "covers: {from: 2026-01-01, to: 2026-12-31}\nperiods:\n  - {first: 2026-10-12,"
        " last: 2026-10-12, region: RU-AD, what: {ru: Выборы, en: Elections}}\n",
        at=NOON,
    )
    send(campaign)
    assert sink.reached == ["there@example.org"]


@given(minutes=st.integers(0, 24 * 60 - 1), zone=st.sampled_from(sorted(ZONES)))
@hypothesis_settings(max_examples=30, deadline=None)
def test_quiet_is_by_the_readers_clock(minutes: int, zone: str) -> None:
    moment = datetime(2026, 10, 12, tzinfo=UTC) + timedelta(minutes=minutes)
    hour = moment.astimezone(ZoneInfo(zone)).hour
    assert rules().is_quiet(moment, zone) == (hour >= 21 or hour < 9)


def test_a_draft_can_be_written_without_any_of_it(sink) -> None:
    assert a_campaign(branch=a_primary_branch()).status == CampaignStatus.DRAFT
