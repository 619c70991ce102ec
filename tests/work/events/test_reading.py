"""Lists and pages: what is in them, for whom, and in how many queries."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta

import pytest

from pervichka.register.access.actor import Interval
from pervichka.register.access.policy import Forbidden
from pervichka.register.access.roles import HeadquartersEditor, LocalHead, RegionalHead
from pervichka.register.branches.models import Branch
from pervichka.register.people.models import AffiliationKind
from pervichka.work.events import actions, queries
from pervichka.work.events.models import Event, EventKind, EventStatus
from pervichka.work.events.queries import EventFilter
from tests.builders.actors import OPERATOR, STRANGER, head_of
from tests.builders.branches import a_branch, a_primary_branch
from tests.builders.events import PLANNED, STARTS, a_held_meeting, a_meeting, an_event
from tests.builders.people import members

pytestmark = pytest.mark.django_db

Queries = Callable[[int], AbstractContextManager[object]]


@pytest.fixture
def branch() -> Branch:
    return a_primary_branch()


def test_the_list_narrows_by_status_kind_and_days(branch: Branch) -> None:
    people = members(of=branch, number=4)
    held = a_held_meeting(branch=branch, came=people[:3])
    later = an_event(branch=branch, starts_at=STARTS + timedelta(days=40))

    def titles(narrowed: EventFilter) -> list[object]:
        rows, total = queries.events_of(OPERATOR, narrowed)
        assert total == len(rows)
        return [row.id for row in rows]

    assert titles(EventFilter()) == [later.id, held.id]
    assert titles(EventFilter(status=EventStatus.HELD)) == [held.id]
    assert titles(EventFilter(kinds=[EventKind.COMMUNITY_WORK])) == [later.id]
    day = date(2026, 10, 12)
    assert titles(EventFilter(since=day, until=day)) == [held.id]
    assert titles(EventFilter(until=day - timedelta(days=1))) == []


def test_days_are_those_of_the_organisation(branch: Branch) -> None:
    """22:30 in Greenwich is the next day in Moscow."""
    event = a_meeting(branch=branch, starts_at=STARTS.replace(hour=22, minute=30))

    rows, _ = queries.events_of(OPERATOR, EventFilter(since=date(2026, 10, 13)))

    assert [row.id for row in rows] == [event.id]


def test_a_row_says_how_many_came_and_whether_there_was_a_quorum(branch: Branch) -> None:
    people = members(of=branch, number=4)
    a_held_meeting(branch=branch, came=people[:3])

    ((row,), _) = queries.events_of(OPERATOR, EventFilter())

    assert (row.came, row.with_vote, row.quorum, row.has_quorum) == (3, 3, 3, True)


def test_the_list_takes_two_queries_however_long(
    branch: Branch, django_assert_num_queries: Queries
) -> None:
    people = members(of=branch, number=3)
    for days in range(4):
        a_held_meeting(branch=branch, came=people, starts_at=STARTS + timedelta(days=days))

    with django_assert_num_queries(2):
        rows, total = queries.events_of(OPERATOR, EventFilter(), offset=1, limit=2)
        assert (len(rows), total) == (2, 4)


@pytest.mark.parametrize("number", [1, 6])
def test_the_page_takes_as_many_queries_for_six_as_for_one(
    branch: Branch, django_assert_max_num_queries: Queries, number: int
) -> None:
    people = members(of=branch, number=number)
    event = a_meeting(branch=branch)
    actions.invite(event=event, affiliations=[AffiliationKind.MEMBER], by=OPERATOR, at=PLANNED)
    event = queries.event_of(OPERATOR, event.id)

    with django_assert_max_num_queries(9):
        queries.event_page(OPERATOR, event)
    with django_assert_max_num_queries(7):
        names = queries.namelist(OPERATOR, event)
    assert len(names.people) == len(people)


def test_what_lies_elsewhere_is_not_there(branch: Branch) -> None:
    assert branch.parent is not None
    next_door = head_of(a_branch(code="RU-AD/2", parent=branch.parent))
    event = a_meeting(branch=branch)

    assert queries.events_of(next_door, EventFilter()) == ([], 0)
    assert queries.events_of(STRANGER, EventFilter()) == ([], 0)
    for actor in (next_door, STRANGER):
        with pytest.raises(Event.DoesNotExist):
            queries.event_of(actor, event.id)
        with pytest.raises(Forbidden):
            queries.namelist(actor, event)


def test_a_filter_never_widens_what_an_actor_sees(branch: Branch) -> None:
    assert branch.parent is not None
    a_meeting(branch=branch)
    next_door = head_of(a_branch(code="RU-AD/2", parent=branch.parent))

    everything = EventFilter(within=Interval(0, 2**62))

    assert queries.events_of(next_door, everything) == ([], 0)


def test_headquarters_sees_the_page_and_no_names(branch: Branch) -> None:
    event = a_meeting(branch=branch)
    root = Branch.objects.get(parent=None)
    editor = head_of(root, role=HeadquartersEditor)

    assert queries.event_page(editor, event).event == event
    with pytest.raises(Forbidden):
        queries.namelist(editor, event)
    with pytest.raises(Forbidden):
        queries.invitees(editor, event)


def test_whoever_leads_from_above_reads_no_names_and_invites_no_one_by_name(
    branch: Branch,
) -> None:
    assert branch.parent is not None
    members(of=branch, number=2)
    event = a_meeting(branch=branch)
    local = head_of(branch.parent, role=LocalHead)

    assert queries.event_page(local, event).event == event
    with pytest.raises(Forbidden):
        queries.namelist(local, event)
    with pytest.raises(Forbidden):
        actions.invite(event=event, affiliations=[AffiliationKind.MEMBER], by=local, at=PLANNED)


def test_names_come_in_order_with_their_answers(branch: Branch) -> None:
    anna, boris = members(of=branch, number=2)
    event = a_meeting(branch=branch)
    actions.invite(event=event, affiliations=[AffiliationKind.MEMBER], by=OPERATOR, at=PLANNED)
    actions.record_answer(event=event, person_id=boris.id, answer="yes", by=OPERATOR, at=PLANNED)

    rows = queries.invitees(head_of(branch, role=RegionalHead), event)

    assert [(row.person_id, row.answer) for row in rows] == [(anna.id, ""), (boris.id, "yes")]
