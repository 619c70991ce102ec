"""Putting an event right, and calling it off."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import InternalError, ProgrammingError, connection, transaction

from pervichka.foundation.refusal import Refused
from pervichka.register.branches.actions.branches import move_branch
from pervichka.work.events import actions
from pervichka.work.events.actions import Plan
from pervichka.work.events.codes import code_at
from pervichka.work.events.models import Correction, EventKind, EventStatus
from tests.builders.actors import OPERATOR, oneself
from tests.builders.branches import a_branch, a_primary_branch
from tests.builders.events import AFTER, DURING, PLANNED, STARTS, a_held_meeting, a_meeting, tick
from tests.builders.people import members

pytestmark = pytest.mark.django_db


def test_what_stood_there_is_kept_with_the_reason() -> None:
    event = a_meeting(branch=a_primary_branch())
    plan = replace(Plan.of(event), venue="Библиотека", title="Собрание")

    event = actions.correct_event(
        event=event, plan=plan, reason="Школа занята", by=OPERATOR, at=PLANNED
    )

    assert (event.venue, event.title) == ("Библиотека", "Собрание")
    kept = set(Correction.objects.values_list("field", "before", "after", "reason"))
    assert kept == {
        ("venue", "Школа № 5", "Библиотека", "Школа занята"),
        ("title", "Общее собрание", "Собрание", "Школа занята"),
    }


def test_no_change_leaves_no_correction() -> None:
    event = a_meeting(branch=a_primary_branch())

    actions.correct_event(event=event, plan=Plan.of(event), reason="", by=OPERATOR, at=PLANNED)

    assert Correction.objects.count() == 0


def test_a_correction_without_a_reason_changes_nothing() -> None:
    event = a_meeting(branch=a_primary_branch())
    plan = replace(Plan.of(event), venue="Библиотека")

    with pytest.raises(Refused, match="say why"):
        actions.correct_event(event=event, plan=plan, reason=" ", by=OPERATOR, at=PLANNED)

    event.refresh_from_db()
    assert event.venue == "Школа № 5"


@pytest.mark.parametrize("change", ["update correction set reason = 'x'", "delete from correction"])
def test_the_database_keeps_corrections_as_they_are(change: str) -> None:
    event = a_meeting(branch=a_primary_branch())
    plan = replace(Plan.of(event), venue="Библиотека")
    actions.correct_event(event=event, plan=plan, reason="Занято", by=OPERATOR, at=PLANNED)

    with (
        pytest.raises((InternalError, ProgrammingError), match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(change)


def test_a_branch_that_moves_takes_its_events_and_corrections_along() -> None:
    branch = a_primary_branch()
    regional = branch.parent and branch.parent.parent
    assert regional is not None
    event = a_meeting(branch=branch)
    plan = replace(Plan.of(event), venue="Библиотека")
    actions.correct_event(event=event, plan=plan, reason="Занято", by=OPERATOR, at=PLANNED)
    other = a_branch(code="RU-AD/other", level="local", parent=regional)

    branch = move_branch(branch=branch, parent=other, by=OPERATOR, at=AFTER)

    event.refresh_from_db()
    assert event.place == Correction.objects.get().place == branch.place


def test_another_kind_settles_the_quorum_anew() -> None:
    branch = a_primary_branch()
    people = members(of=branch, number=4)
    event = a_held_meeting(branch=branch, came=people[:3])
    plan = replace(Plan.of(event), kind=EventKind.LECTURE)

    event = actions.correct_event(
        event=event, plan=plan, reason="Была лекция", by=OPERATOR, at=AFTER
    )

    assert (event.needs_quorum, event.quorum, event.electorate) == (False, None, None)


def test_the_day_is_not_moved_away_from_check_ins() -> None:
    branch = a_primary_branch()
    (anna,) = members(of=branch, number=1)
    event = actions.open_check_in(event=a_meeting(branch=branch), by=OPERATOR, at=STARTS)
    code = code_at(event.check_in_secret, DURING)
    actions.check_in_with_code(event=event, code=code, by=oneself(anna), at=DURING)
    event = actions.hold_event(event=event, by=OPERATOR, at=AFTER)
    earlier = replace(Plan.of(event), starts_at=STARTS - timedelta(days=12), ends_at=None)

    with pytest.raises(Refused, match="the day can't change"):
        actions.correct_event(event=event, plan=earlier, reason="…", by=OPERATOR, at=AFTER)


def test_on_another_day_the_head_count_must_be_confirmed_anew() -> None:
    branch = a_primary_branch()
    people = members(of=branch, number=3)
    event = a_held_meeting(branch=branch, came=people, head_count=3, confirmed_by=people[1])
    later = replace(Plan.of(event), starts_at=STARTS + timedelta(minutes=10))
    earlier = replace(Plan.of(event), starts_at=STARTS - timedelta(days=12), ends_at=None)

    event = actions.correct_event(event=event, plan=later, reason="Ждали", by=OPERATOR, at=AFTER)
    assert event.head_count_confirmed_at is not None
    event = actions.correct_event(event=event, plan=earlier, reason="…", by=OPERATOR, at=AFTER)
    assert event.head_count_confirmed_at is None


def test_what_took_place_is_not_moved_into_the_future() -> None:
    branch = a_primary_branch()
    event = a_held_meeting(branch=branch, came=members(of=branch, number=1))
    later = replace(Plan.of(event), starts_at=AFTER + timedelta(days=2), ends_at=None)

    with pytest.raises(Refused, match="future"):
        actions.correct_event(event=event, plan=later, reason="…", by=OPERATOR, at=AFTER)


def test_cancelling_needs_a_reason_and_happens_once() -> None:
    event = a_meeting(branch=a_primary_branch())

    with pytest.raises(Refused, match="say why"):
        actions.cancel_event(event=event, reason="", by=OPERATOR, at=PLANNED)
    for _ in range(2):
        event = actions.cancel_event(event=event, reason="Метель", by=OPERATOR, at=PLANNED)

    assert (event.status, event.cancel_reason) == (EventStatus.CANCELLED, "Метель")
    assert Correction.objects.count() == 1


def test_nothing_happens_to_a_cancelled_event() -> None:
    branch = a_primary_branch()
    people = members(of=branch, number=1)
    event = a_meeting(branch=branch)
    actions.cancel_event(event=event, reason="Метель", by=OPERATOR, at=PLANNED)

    with pytest.raises(Refused, match="cancelled: Метель"):
        tick(event, people)
    with pytest.raises(Refused, match="cancelled"):
        actions.correct_event(
            event=event,
            plan=replace(Plan.of(event), venue="…"),
            reason="…",
            by=OPERATOR,
            at=PLANNED,
        )


def test_an_event_entered_by_mistake_is_taken_back() -> None:
    branch = a_primary_branch()
    event = a_held_meeting(branch=branch, came=members(of=branch, number=3))

    event = actions.cancel_event(event=event, reason="Не та дата", by=OPERATOR, at=AFTER)

    assert (event.status, event.held_at, event.quorum) == (EventStatus.CANCELLED, None, None)
