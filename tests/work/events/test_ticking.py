"""Ticking those who came: on the screen, or back from a printed sheet."""

import pytest

from pervichka.foundation.journal.models import Entry
from pervichka.foundation.refusal import Refused
from pervichka.work.events import actions, queries
from pervichka.work.events.codes import code_at
from pervichka.work.events.models import Attendance, AttendanceMeans, Correction
from tests.builders.actors import OPERATOR, oneself
from tests.builders.branches import a_branch, a_primary_branch
from tests.builders.events import AFTER, DURING, PLANNED, STARTS, a_held_meeting, a_meeting, tick
from tests.builders.people import a_person, members

pytestmark = pytest.mark.django_db


def test_the_later_set_replaces_the_earlier() -> None:
    branch = a_primary_branch()
    anna, boris, vera = members(of=branch, number=3)
    event = a_meeting(branch=branch)

    assert tick(event, [anna, boris]) == 2
    assert tick(event, [boris, vera]) == 2

    came = set(Attendance.objects.filter(event=event).values_list("person_id", flat=True))
    assert came == {boris.id, vera.id}


def test_the_same_set_again_changes_nothing() -> None:
    branch = a_primary_branch()
    people = members(of=branch, number=2)
    event = a_meeting(branch=branch)
    tick(event, people)
    before = set(Attendance.objects.values_list("id", "recorded_at"))

    tick(event, people, at=AFTER)

    assert set(Attendance.objects.values_list("id", "recorded_at")) == before
    assert Entry.objects.filter(action="event.attendance_ticked").count() == 1


def test_who_checked_in_by_code_is_not_unticked() -> None:
    branch = a_primary_branch()
    anna, boris = members(of=branch, number=2)
    event = actions.open_check_in(event=a_meeting(branch=branch), by=OPERATOR, at=STARTS)
    code = code_at(event.check_in_secret, DURING)
    actions.check_in_with_code(event=event, code=code, by=oneself(anna), at=DURING)

    assert tick(event, [boris]) == 2

    means = dict(Attendance.objects.values_list("person_id", "means"))
    assert means == {anna.id: AttendanceMeans.CODE, boris.id: AttendanceMeans.TICKS}


def test_a_sheet_is_ticked_back_as_such() -> None:
    branch = a_primary_branch()
    (anna,) = members(of=branch, number=1)
    event = a_meeting(branch=branch)

    actions.tick_attendance(
        event=event, person_ids=[anna.id], means=AttendanceMeans.SHEET, by=OPERATOR, at=AFTER
    )

    assert queries.presence_of(event).by_sheet == 1


def test_strangers_are_not_ticked() -> None:
    branch = a_primary_branch()
    stranger = a_person(branch=a_branch(code="RU-AD/2", parent=branch.parent))

    with pytest.raises(Refused, match="1 of those ticked"):
        tick(a_meeting(branch=branch), [stranger])

    assert Attendance.objects.count() == 0


def test_nobody_is_ticked_ahead() -> None:
    branch = a_primary_branch()
    people = members(of=branch, number=1)

    with pytest.raises(Refused, match="has not begun"):
        tick(a_meeting(branch=branch), people, at=PLANNED)


def test_after_the_meeting_a_tick_is_a_correction_with_a_reason() -> None:
    branch = a_primary_branch()
    people = members(of=branch, number=5)
    event = a_held_meeting(branch=branch, came=people[:2])

    with pytest.raises(Refused, match="say why"):
        tick(event, people[:3], at=AFTER)
    assert Attendance.objects.count() == 2

    tick(event, people[:3], at=AFTER, reason="Вера пришла позже")

    correction = Correction.objects.get(event=event)
    assert (correction.field, correction.before, correction.after) == ("attendance", "2", "3")
    assert queries.presence_of(event).has_quorum


def test_more_ticks_than_heads_ask_for_the_heads_anew() -> None:
    branch = a_primary_branch()
    people = members(of=branch, number=3)
    event = a_meeting(branch=branch)
    tick(event, people[:2])
    actions.record_head_count(event=event, count=2, by=OPERATOR, at=DURING)
    actions.confirm_head_count(event=event, count=2, by=oneself(people[0]), at=DURING)

    tick(event, people)

    event.refresh_from_db()
    assert event.head_count is None
    assert event.head_count_confirmed_at is None


def test_an_event_without_anyone_is_not_held() -> None:
    event = a_meeting(branch=a_primary_branch())

    with pytest.raises(Refused, match="first say who came"):
        actions.hold_event(event=event, by=OPERATOR, at=AFTER)
