"""Heads counted by the branch, confirmed by another participant."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from pervichka.foundation.journal.models import Entry
from pervichka.foundation.refusal import Refused
from pervichka.register.people.models import Person
from pervichka.work.events import actions
from pervichka.work.events.models import Event
from tests.builders.actors import OPERATOR, head_of, oneself
from tests.builders.branches import a_primary_branch
from tests.builders.events import AFTER, DURING, STARTS, a_meeting, tick
from tests.builders.people import members

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> list[Person]:
    """Anna the secretary, Boris who came, Charlie who did not."""
    return members(of=a_primary_branch(), number=3)


@pytest.fixture
def event(people: list[Person]) -> Event:
    event = a_meeting(branch=people[0].branch)
    tick(event, people[:2])
    return event


def counted(event: Event, people: list[Person], count: int = 2) -> Event:
    secretary = head_of(event.branch, person=people[0])
    return actions.record_head_count(event=event, count=count, by=secretary, at=DURING)


def test_another_participant_confirms(event: Event, people: list[Person]) -> None:
    counted(event, people)

    for _ in range(2):
        event = actions.confirm_head_count(event=event, count=2, by=oneself(people[1]), at=DURING)

    assert event.head_count_confirmed_by == people[1]
    assert Entry.objects.filter(action="event.head_count_confirmed").count() == 1


def test_who_counted_does_not_confirm(event: Event, people: list[Person]) -> None:
    counted(event, people)

    with pytest.raises(Refused, match="another participant"):
        actions.confirm_head_count(event=event, count=2, by=oneself(people[0]), at=DURING)


def test_the_database_too_refuses_who_counted(event: Event, people: list[Person]) -> None:
    counted(event, people)

    with pytest.raises(IntegrityError, match="event_confirmed_by_another"), transaction.atomic():
        Event.objects.filter(id=event.id).update(
            head_count_confirmed_by=people[0], head_count_confirmed_at=DURING
        )


def test_who_did_not_come_does_not_confirm(event: Event, people: list[Person]) -> None:
    counted(event, people)

    with pytest.raises(Refused, match="not in the list"):
        actions.confirm_head_count(event=event, count=2, by=oneself(people[2]), at=DURING)


def test_a_secretary_without_a_link_of_her_own_confirms_nothing(
    event: Event, people: list[Person]
) -> None:
    counted(event, people)

    with pytest.raises(Refused, match="personal link"):
        actions.confirm_head_count(event=event, count=2, by=OPERATOR, at=DURING)


def test_the_number_confirmed_is_the_number_shown(event: Event, people: list[Person]) -> None:
    counted(event, people, 3)

    with pytest.raises(Refused, match="has changed to 3"):
        actions.confirm_head_count(event=event, count=2, by=oneself(people[1]), at=DURING)


def test_another_number_must_be_confirmed_anew(event: Event, people: list[Person]) -> None:
    counted(event, people)
    actions.confirm_head_count(event=event, count=2, by=oneself(people[1]), at=DURING)

    same = counted(event, people, 2)
    assert same.head_count_confirmed_at == DURING
    other = counted(event, people, 3)
    assert other.head_count_confirmed_at is None


@pytest.mark.parametrize(("count", "words"), [(0, "at least one"), (1, "2 people are in the list")])
def test_fewer_heads_than_people_listed_are_refused(
    event: Event, people: list[Person], count: int, words: str
) -> None:
    with pytest.raises(Refused, match=words):
        counted(event, people, count)


def test_weeks_later_nobody_confirms(event: Event, people: list[Person]) -> None:
    counted(event, people)

    with pytest.raises(Refused, match="7 days"):
        actions.confirm_head_count(
            event=event, count=2, by=oneself(people[1]), at=STARTS + timedelta(days=8)
        )


def test_heads_alone_are_enough_to_hold_an_event(people: list[Person]) -> None:
    event = counted(a_meeting(branch=people[0].branch), people, 12)

    assert actions.hold_event(event=event, by=OPERATOR, at=AFTER).head_count == 12
