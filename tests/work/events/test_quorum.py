"""Whether a meeting had a quorum, settled on its day and for good."""

from datetime import date, timedelta

import pytest

from pervichka.register.people.actions import change_affiliation, erase_person
from pervichka.register.people.models import AffiliationKind
from pervichka.work.events import actions, queries
from pervichka.work.events.models import Attendance, EventKind
from tests.builders.actors import OPERATOR
from tests.builders.branches import a_primary_branch
from tests.builders.events import AFTER, DURING, PLANNED, STARTS, a_held_meeting, a_meeting, tick
from tests.builders.people import a_person, members

pytestmark = pytest.mark.django_db


def test_more_than_half_of_the_members() -> None:
    branch = a_primary_branch()
    people = members(of=branch, number=10)

    short = a_held_meeting(branch=branch, came=people[:5])
    enough = a_held_meeting(branch=branch, came=people[:6])

    assert (short.electorate, short.quorum) == (10, 6)
    assert not queries.presence_of(short).has_quorum
    assert queries.presence_of(enough).has_quorum


def test_supporters_may_come_and_have_no_vote_where_there_are_members() -> None:
    branch = a_primary_branch()
    people = members(of=branch, number=4)
    guests = members(of=branch, number=3, affiliation=AffiliationKind.SUPPORTER)

    event = a_held_meeting(branch=branch, came=[*people[:2], *guests])

    presence = queries.presence_of(event)
    assert (presence.came, presence.with_vote, presence.quorum) == (5, 2, 3)
    assert not presence.has_quorum


def test_where_there_are_no_members_supporters_have_a_vote() -> None:
    branch = a_primary_branch()
    supporters = members(of=branch, number=4, affiliation=AffiliationKind.SUPPORTER)
    members(of=branch, number=5, affiliation=AffiliationKind.CONTACT)

    event = a_held_meeting(branch=branch, came=supporters[:3])

    assert (event.electorate, event.quorum) == (4, 3)
    assert queries.presence_of(event).has_quorum


def test_only_those_who_are_members_on_the_day_have_a_vote() -> None:
    branch = a_primary_branch()
    people = members(of=branch, number=3)
    a_person(branch=branch, since=STARTS.date() + timedelta(days=1))

    assert a_held_meeting(branch=branch, came=people).electorate == 3


def test_a_supporter_who_became_a_member_later_had_no_vote() -> None:
    branch = a_primary_branch()
    people = members(of=branch, number=3)
    later = a_person(branch=branch, affiliation=AffiliationKind.SUPPORTER)
    change_affiliation(
        person=later,
        kind=AffiliationKind.MEMBER,
        on=STARTS.date() + timedelta(days=1),
        by=OPERATOR,
        at=PLANNED,
    )

    event = a_held_meeting(branch=branch, came=[*people, later])

    assert (event.electorate, queries.presence_of(event).with_vote) == (3, 3)


def test_nobodys_later_leaving_changes_it() -> None:
    branch = a_primary_branch()
    people = members(of=branch, number=5)
    event = a_held_meeting(branch=branch, came=people[:3])

    change_affiliation(
        person=people[0],
        kind=AffiliationKind.SUPPORTER,
        on=date(2026, 11, 1),
        by=OPERATOR,
        at=AFTER,
    )
    erase_person(person=people[1], by=OPERATOR, at=AFTER)

    event.refresh_from_db()
    presence = queries.presence_of(event)
    assert (presence.electorate, presence.quorum, presence.with_vote) == (5, 3, 3)
    assert Attendance.objects.filter(event=event, person=None, has_vote=True).count() == 1


def test_of_a_council_by_those_invited() -> None:
    branch = a_primary_branch()
    people = members(of=branch, number=5)
    members(of=branch, number=5, affiliation=AffiliationKind.CONTACT)
    event = a_meeting(branch=branch, kind=EventKind.COUNCIL)
    actions.invite(event=event, affiliations=[AffiliationKind.MEMBER], by=OPERATOR, at=PLANNED)
    tick(event, people[:3])

    event = actions.hold_event(event=event, by=OPERATOR, at=AFTER)

    assert (event.electorate, event.quorum) == (5, 3)
    assert queries.presence_of(event).has_quorum


def test_before_it_is_held_the_page_says_how_many_are_missing() -> None:
    branch = a_primary_branch()
    people = members(of=branch, number=10)
    event = a_meeting(branch=branch)

    tick(event, people[:4], at=DURING)

    presence = queries.presence_of(event)
    assert (presence.quorum, presence.with_vote, presence.missing) == (6, 4, 2)
