"""Open hours: announced, booked by anyone, held, and how that is known."""

from datetime import UTC, datetime, timedelta

import pytest

from pervichka.foundation.ids import new_id
from pervichka.foundation.refusal import Refused
from pervichka.register.access.actor import Actor
from pervichka.register.access.policy import Forbidden
from pervichka.register.branches.acting import acting_as
from pervichka.register.branches.models import Branch
from pervichka.standard.facts.rows import SELF_REPORTED, VERIFIED
from pervichka.standard.facts.sources import casework as source
from pervichka.work.casework import actions
from pervichka.work.casework.models import Booking, Surgery
from pervichka.work.casework.queries import announced_near, applicant, visitors_of
from tests.builders.actors import OPERATOR, STRANGER, head_of
from tests.builders.branches import a_primary_branch

pytestmark = pytest.mark.django_db
BEGINS = datetime(2026, 10, 7, 14, tzinfo=UTC)
BEFORE, AFTER = BEGINS - timedelta(days=7), BEGINS + timedelta(hours=3)


@pytest.fixture
def branch() -> Branch:
    return a_primary_branch()


@pytest.fixture
def hours(branch: Branch) -> Surgery:
    return announce(branch)[0]


def announce(branch: Branch, *, weeks: int = 1) -> list[Surgery]:
    return actions.announce_surgeries(
        branch=branch,
        begins_at=BEGINS,
        ends_at=BEGINS + timedelta(hours=2),
        venue="Библиотека",
        slot_minutes=30,
        weeks=weeks,
        by=head_of(branch),
        at=BEFORE,
    )


def book(hours: Surgery, *, by: Actor | None = None, at: datetime = BEFORE) -> Booking:
    visitor = by or applicant(new_id())
    assert visitor.person_id is not None
    with acting_as(visitor):
        return actions.book_slot(
            surgery=hours,
            begins_at=BEGINS,
            name="Вера",
            phone="+79000000001",
            subject="yard",
            agreed=True,
            booking_id=visitor.person_id,
            by=visitor,
            at=at,
        )


def facts(hours: Surgery) -> dict[str, tuple[int, int]]:
    rows = source.facts(subjects=[hours.id])
    return {row.kind: (row.value, row.evidence) for row in rows}


def test_announced_for_weeks_they_are_public(branch: Branch) -> None:
    assert len(announce(branch, weeks=4)) == 4
    assert announce(branch, weeks=4) == []
    with acting_as(STRANGER):
        assert len(announced_near(branch, at=BEFORE)) == 4
        assert not Booking.objects.exists()


def test_a_slot_is_booked_once(hours: Surgery) -> None:
    first = book(hours)
    with pytest.raises(Refused, match="taken"):
        book(hours)
    again = applicant(first.id)
    assert book(hours, by=again).id == first.id
    with acting_as(again):
        actions.cancel_booking(booking=first, by=again, at=BEFORE)
    assert book(hours).id != first.id


def test_who_booked_is_known_to_the_branch_alone(branch: Branch, hours: Surgery) -> None:
    book(hours)
    assert branch.parent is not None
    assert [visitor.name for visitor in visitors_of(head_of(branch), hours)] == ["Вера"]
    assert not visitors_of(head_of(branch.parent), hours)
    with acting_as(STRANGER):
        assert not Booking.objects.exists()


def test_only_a_visitor_verifies_that_they_were_held(branch: Branch, hours: Surgery) -> None:
    booking = book(hours)
    assert set(facts(hours)) == {"surgery.announced"}
    actions.hold_surgery(surgery=hours, came=3, by=head_of(branch), at=AFTER)
    assert facts(hours)["surgery.held"] == (2000, SELF_REPORTED)

    with pytest.raises(Forbidden):
        actions.say_received(booking=booking, by=head_of(branch), at=AFTER)
    visitor = applicant(booking.id)
    with acting_as(visitor):
        actions.say_received(booking=booking, by=visitor, at=AFTER)
    assert facts(hours)["surgery.held"] == (2000, VERIFIED)


def test_called_off_on_the_day_they_were_announced_all_the_same(
    branch: Branch, hours: Surgery
) -> None:
    actions.cancel_surgery(surgery=hours, reason="Метель", by=OPERATOR, at=BEGINS)
    assert set(facts(hours)) == {"surgery.announced"}
    (other,) = actions.announce_surgeries(
        branch=branch,
        begins_at=BEGINS + timedelta(days=1),
        ends_at=BEGINS + timedelta(days=1, hours=1),
        venue="Школа",
        by=OPERATOR,
        at=BEFORE,
    )
    actions.cancel_surgery(surgery=other, reason="Ремонт", by=OPERATOR, at=BEGINS)
    assert facts(other) == {}
