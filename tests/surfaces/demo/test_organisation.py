"""What is made up repeats, covers the country, looks like life, and plants what it says."""

import os
import subprocess
import sys
from collections import Counter, defaultdict
from datetime import date, timedelta
from statistics import median, quantiles

import pytest
from django.utils import timezone

from pervichka.register.branches.packs import load_pack
from pervichka.register.people.contact_values import email_address, phone_number
from pervichka.register.people.names import name_key
from pervichka.surfaces.demo.plan import Temper
from pervichka.surfaces.demo.sizes import Size, primaries
from tests.surfaces.demo.conftest import TODAY, make

pytestmark = pytest.mark.timeout(180)


def test_the_same_seed_makes_the_same_organisation_identifiers_included(made):
    assert make().content_hash() == made.content_hash()
    assert make(seed=8).content_hash() != made.content_hash()


def test_it_repeats_in_another_process(made):
    program = (
        "import django; django.setup();"
        "from tests.surfaces.demo.conftest import make; print(make().content_hash())"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "77"}
    environment["DJANGO_SETTINGS_MODULE"] = "pervichka.config.settings"
    told = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == made.content_hash()


def test_every_region_of_the_pack_is_there(made):
    pack = load_pack("ru")
    assert [unit.row.code for unit in made.tree.regions] == [one.code for one in pack.regions]
    for unit in made.tree.regions:
        assert len(unit.children) >= 2
        assert sum(len(local.children) for local in unit.children) >= 4


def test_small_is_about_a_thousand_branches_by_the_size_of_regions():
    counts = [count for _, count in primaries(load_pack("ru"), Size.SMALL)]
    assert 950 <= sum(counts) <= 1_100
    assert min(counts) >= 4
    assert max(counts) > 40


def test_region_is_one_of_them_in_its_real_size():
    ((region, count),) = primaries(load_pack("ru"), Size.REGION)
    assert count == region.precincts
    assert 1_000 <= count <= 2_000


def test_one_region_alone_is_shown_by_its_own_people():
    made = make(size=Size.REGION)
    assert len(made.tree.regions) == 1
    assert len({user.name for user in made.posts.users}) == len(made.posts.users) == 9
    assert len(made.tree.locals) > 20


@pytest.mark.parametrize("today", [date(2027, 1, 1), date(2028, 2, 29), date(2026, 3, 31)])
def test_it_can_be_made_on_any_day(today):
    made = make(today=today)
    held = [event for event in made.events.events if event.status == "held"]
    assert max(timezone.localdate(event.starts_at) for event in held) < today
    assert min(timezone.localdate(event.starts_at) for event in held) < today - timedelta(days=350)
    assert all(user.last_active_on == today for user in made.posts.users)


def test_a_branch_has_about_thirty_people(made):
    alive = [unit for unit in made.tree.primaries if unit.people]
    assert 26 <= len(made.people.people) / len(alive) <= 34


def test_precincts_are_as_large_as_the_country_s(made):
    voters = [precinct.voters for precinct in made.tree.precincts]
    tenths = quantiles(voters, n=10)
    assert 90 <= tenths[0] <= 260
    assert 850 <= median(voters) <= 1_150
    assert 1_900 <= tenths[-1] <= 2_400


def test_some_precincts_have_no_living_branch(made):
    closed = {unit.row.id for unit in made.tree.primaries if unit.row.closed_on}
    covered = {link.precinct_id for link in made.tree.links if link.branch_id not in closed}
    bare = [precinct for precinct in made.tree.precincts if precinct.id not in covered]
    assert {precinct.region for precinct in bare} >= {unit.row.code for unit in made.tree.regions}
    assert len(bare) < len(made.tree.precincts) / 3


def test_numbers_of_precincts_and_codes_of_branches_are_unique(made):
    keys = Counter((precinct.region, precinct.number) for precinct in made.tree.precincts)
    assert keys.most_common(1)[0][1] == 1
    codes = Counter(unit.row.code for unit in made.tree.units())
    assert codes.most_common(1)[0][1] == 1


def test_intervals_nest(made):
    for unit in made.tree.units():
        for child in unit.children:
            assert unit.row.place < child.row.place <= child.row.place_end <= unit.row.place_end


def test_names_agree_in_gender(made):
    feminine = ("ова", "ева", "ёва", "ина", "ына", "ская", "цкая")
    masculine = ("ов", "ев", "ёв", "ин", "ын", "ский", "цкий")
    for person in made.people.people:
        woman = person.patronymic.endswith(("вна", "чна"))
        assert woman or person.patronymic.endswith("ич")
        endings, others = (feminine, masculine) if woman else (masculine, feminine)
        # Surnames such as Бойко have one form for both.
        assert person.last_name.endswith((*endings, "ко", "ук", "юк"))
        assert not person.last_name.endswith(others) or person.last_name.endswith(endings)
        assert person.name_key == name_key(person.last_name, person.first_name, person.patronymic)


def test_people_are_grown_up_and_mostly_distinct(made):
    ages = [(TODAY - person.born_on).days / 365.25 for person in made.people.people]
    assert min(ages) >= 18
    assert max(ages) < 95
    names = Counter(person.name_key for person in made.people.people)
    assert len(names) > 0.9 * len(made.people.people)


def test_nobody_can_be_reached_by_what_is_made_up(made):
    for point in made.people.contact_points:
        if point.kind == "phone":
            assert point.value.startswith("+790000")
            assert phone_number(point.value) == point.value
        else:
            assert point.value.endswith("@example.org")
            assert email_address(point.value) == point.value
    values = Counter((point.kind, point.value) for point in made.people.contact_points)
    assert values.most_common(1)[0][1] == 1


def test_the_year_has_its_seasons(made):
    by_month = Counter(
        timezone.localdate(event.starts_at).strftime("%Y-%m")
        for event in made.events.events
        if event.status == "held"
    )
    assert by_month["2026-07"] < 0.75 * by_month["2026-04"]
    assert by_month["2026-01"] < 0.85 * by_month["2026-03"]
    assert set(by_month) == {f"2025-{month:02}" for month in (11, 12)} | {
        f"2026-{month:02}" for month in range(1, 12)
    }
    new_year = [
        event
        for event in made.events.events
        if (day := timezone.localdate(event.starts_at)).month == 1 and day.day < 10
    ]
    assert new_year == []


def test_every_temper_is_planted(made):
    tempers = Counter(made.labels.values())
    assert set(tempers) == set(Temper)
    assert tempers[Temper.EXCELLENT] < tempers[Temper.AVERAGE]


def test_dormant_branches_have_been_silent_for_more_than_ninety_days(made):
    last = latest_days(made)
    for unit in made.tree.primaries:
        if unit.temper is Temper.DORMANT:
            seen = last.get(unit.row.id)
            assert seen is None or seen < TODAY - timedelta(days=90)


def test_padding_shows_as_padding(made):
    padded = {unit.row.id for unit in made.tree.primaries if unit.temper is Temper.PADDING}
    events = {event.id: event for event in made.events.events if event.status == "held"}
    meetings = [
        event for event in events.values() if event.branch_id in padded and event.needs_quorum
    ]
    assert meetings
    texts = {m.text for m in made.events.minutes if events[m.event_id].branch_id in padded}
    assert len(texts) == 1
    faces: dict[object, set[frozenset[object]]] = defaultdict(set)
    came: dict[object, set[object]] = defaultdict(set)
    for row in made.events.attendances:
        if row.branch_id in padded:
            assert row.means == "ticks"
            assert row.recorded_at > events[row.event_id].starts_at + timedelta(hours=2)
            came[row.event_id].add(row.person_id)
    for event in meetings:
        assert event.planned_at > event.starts_at
        assert event.head_count_confirmed_at is None
        faces[event.branch_id].add(frozenset(came[event.id]))
    # Faces change only when someone joins and the quorum with it.
    assert sum(map(len, faces.values())) / len(faces) < 3


def test_evidence_of_every_class_and_invitations_of_every_answer_are_there(made):
    assert {row.means for row in made.events.attendances} == {"code", "ticks", "sheet"}
    assert any(event.head_count_confirmed_at for event in made.events.events)
    assert {row.answer for row in made.events.invitations} == {"", "yes", "no", "unsure"}
    assert {event.status for event in made.events.events} == {"planned", "held", "cancelled"}


def test_posts_are_filled_vacant_and_past_their_term(made):
    held = {holding.post_id for holding in made.posts.holdings}
    vacant = [post for post in made.posts.posts if post.id not in held]
    assert 0 < len(vacant) < len(made.posts.posts) / 4
    over = [one for one in made.posts.holdings if one.term_ends_on < TODAY]
    assert 0 < len(over) < len(made.posts.holdings) / 5
    assert {post.kind for post in made.posts.posts} >= {"secretary", "local_head", "regional_head"}


def test_the_tour_s_secretary_has_a_meeting_of_yesterday_still_to_tick(made):
    branch = made.tour.average
    waiting = [
        event
        for event in made.events.events
        if event.branch_id == branch.row.id
        and timezone.localdate(event.starts_at) == TODAY - timedelta(days=1)
    ]
    assert [event.status for event in waiting] == ["planned"]
    quorate_lately = [
        event
        for event in made.events.events
        if event.branch_id == branch.row.id
        and event.status == "held"
        and timezone.localdate(event.starts_at) > TODAY - timedelta(days=90)
    ]
    assert quorate_lately == []
    assert len(branch.members(TODAY)) >= 3


def latest_days(made):
    last = {}
    for event in made.events.events:
        day = timezone.localdate(event.starts_at)
        last[event.branch_id] = max(day, last.get(event.branch_id, day))
    return last
