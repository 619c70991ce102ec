"""An erased person stays one participant: no count changes, and nothing leads back."""

import pytest

from pervichka.register.people.actions import erase_person
from pervichka.work.events.models import Attendance
from pervichka.work.events.queries import facts_of
from tests.builders.actors import OPERATOR
from tests.builders.branches import a_primary_branch
from tests.builders.events import AFTER, a_held_meeting
from tests.builders.people import members

pytestmark = pytest.mark.django_db


def codes(branch) -> list[str]:
    """Of everyone who came, once for each time."""
    return [row.person for event in facts_of(None) for row in event.attended]


def test_who_came_twice_is_still_one_person_after_an_erasure():
    branch = a_primary_branch()
    people = members(of=branch, number=3)
    for _ in range(2):
        a_held_meeting(branch=branch, came=people)
    before = codes(branch)
    anna, vera, boris = people
    erase_person(person=anna, by=OPERATOR, at=AFTER)
    erase_person(person=vera, by=OPERATOR, at=AFTER)
    after = codes(branch)
    assert len(after) == len(before) == 6
    assert len(set(after)) == len(set(before)) == 3
    assert anna.code not in after
    assert boris.code in after
    assert Attendance.objects.filter(person=None).count() == 4


def test_the_code_that_remains_is_not_the_one_of_before_and_not_that_of_the_next_erased():
    branch = a_primary_branch()
    people = members(of=branch, number=3)
    a_held_meeting(branch=branch, came=people)
    was = dict(Attendance.objects.values_list("id", "participant"))
    for person in people:
        erase_person(person=person, by=OPERATOR, at=AFTER)
    now = dict(Attendance.objects.values_list("id", "participant"))
    assert not set(now.values()) & set(was.values())
    assert len(set(now.values())) == 3
    assert all(code.startswith("gone-") for code in now.values())
