"""The code on the screen, entered on the participant's own phone."""

from datetime import timedelta

import pytest

from pervichka.foundation.journal.models import Entry
from pervichka.foundation.refusal import Refused
from pervichka.register.people.models import Person
from pervichka.work.events import actions, queries
from pervichka.work.events.actions.steps import CODES_COUNT_AFTER
from pervichka.work.events.codes import SLOT_SECONDS, code_at
from pervichka.work.events.models import Attendance, AttendanceMeans, Event
from tests.builders.actors import OPERATOR, STRANGER, oneself
from tests.builders.branches import a_branch, a_primary_branch
from tests.builders.events import AFTER, DURING, STARTS, a_meeting, tick
from tests.builders.people import a_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna() -> Person:
    return a_person(branch=a_primary_branch())


@pytest.fixture
def event(anna: Person) -> Event:
    event = a_meeting(branch=anna.branch)
    return actions.open_check_in(event=event, by=OPERATOR, at=STARTS)


def the_code(event: Event) -> str:
    on_screen = queries.code_on_screen(OPERATOR, event, at=DURING)
    assert on_screen is not None
    return on_screen.code


def test_counts_once_however_often_the_phone_sends_it(event: Event, anna: Person) -> None:
    for _ in range(2):
        actions.check_in_with_code(event=event, code=the_code(event), by=oneself(anna), at=DURING)

    assert Attendance.objects.get(event=event).means == AttendanceMeans.CODE
    assert Entry.objects.filter(action="event.checked_in").count() == 1


def test_the_code_before_is_still_taken_and_the_one_before_that_is_not(
    event: Event, anna: Person
) -> None:
    slot = timedelta(seconds=SLOT_SECONDS)
    older = code_at(event.check_in_secret, DURING - 2 * slot)
    assert older != the_code(event)

    with pytest.raises(Refused, match="not the code"):
        actions.check_in_with_code(event=event, code=older, by=oneself(anna), at=DURING)

    before = code_at(event.check_in_secret, DURING - slot)
    actions.check_in_with_code(event=event, code=before, by=oneself(anna), at=DURING)
    assert Attendance.objects.filter(event=event).exists()


def test_the_code_of_another_meeting_is_refused(event: Event, anna: Person) -> None:
    other = actions.open_check_in(event=a_meeting(branch=anna.branch), by=OPERATOR, at=STARTS)

    with pytest.raises(Refused, match="not the code"):
        actions.check_in_with_code(event=event, code=the_code(other), by=oneself(anna), at=DURING)


def test_a_tick_becomes_what_the_system_saw(event: Event, anna: Person) -> None:
    tick(event, [anna])

    actions.check_in_with_code(event=event, code=the_code(event), by=oneself(anna), at=DURING)

    assert Attendance.objects.get(event=event).means == AttendanceMeans.CODE


def test_spaces_in_the_code_do_not_matter(event: Event, anna: Person) -> None:
    code = the_code(event)

    actions.check_in_with_code(
        event=event, code=f" {code[:3]} {code[3:]}", by=oneself(anna), at=DURING
    )

    assert Attendance.objects.filter(event=event).exists()


def test_nobody_in_particular_checks_in(event: Event) -> None:
    with pytest.raises(Refused, match="personal link"):
        actions.check_in_with_code(event=event, code=the_code(event), by=STRANGER, at=DURING)


def test_who_is_of_another_branch_and_not_invited_is_refused(event: Event) -> None:
    stranger = a_person(branch=a_branch(code="RU-AD/2", parent=event.branch.parent))

    with pytest.raises(Refused, match="not invited"):
        actions.check_in_with_code(
            event=event, code=the_code(event), by=oneself(stranger), at=DURING
        )


def test_before_opening_and_after_closing_no_code_counts(anna: Person) -> None:
    event = a_meeting(branch=anna.branch)
    code = code_at(event.check_in_secret, DURING)

    with pytest.raises(Refused, match="not open"):
        actions.check_in_with_code(event=event, code=code, by=oneself(anna), at=DURING)

    actions.open_check_in(event=event, by=OPERATOR, at=STARTS)
    event = actions.close_check_in(event=event, by=OPERATOR, at=DURING)
    assert queries.code_on_screen(OPERATOR, event, at=DURING) is None
    with pytest.raises(Refused, match="closed"):
        actions.check_in_with_code(event=event, code=code, by=oneself(anna), at=DURING)


def test_check_in_does_not_open_days_ahead(anna: Person) -> None:
    event = a_meeting(branch=anna.branch)

    with pytest.raises(Refused, match="has not begun"):
        actions.open_check_in(event=event, by=OPERATOR, at=STARTS - timedelta(days=1))


def test_the_next_day_no_code_counts(event: Event, anna: Person) -> None:
    late = STARTS + timedelta(hours=2, minutes=1) + CODES_COUNT_AFTER
    code = code_at(event.check_in_secret, late)

    with pytest.raises(Refused, match="is over"):
        actions.check_in_with_code(event=event, code=code, by=oneself(anna), at=late)
    with pytest.raises(Refused, match="is over"):
        actions.open_check_in(event=a_meeting(branch=anna.branch), by=OPERATOR, at=late)


def test_holding_the_event_closes_check_in(event: Event, anna: Person) -> None:
    tick(event, [anna])

    event = actions.hold_event(event=event, by=OPERATOR, at=AFTER)

    assert event.check_in_closed_at == AFTER
    with pytest.raises(Refused, match="is over"):
        actions.open_check_in(event=event, by=OPERATOR, at=AFTER)
