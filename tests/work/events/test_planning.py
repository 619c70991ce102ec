"""Planning a meeting or an event."""

from datetime import timedelta

import pytest

from pervichka.foundation.ids import new_id
from pervichka.foundation.journal.models import Entry
from pervichka.foundation.refusal import Refused
from pervichka.register.access.policy import Forbidden
from pervichka.register.access.roles import Viewer
from pervichka.register.branches.acting import acting_as
from pervichka.register.branches.actions.branches import close_branch
from pervichka.work.events import actions
from pervichka.work.events.models import Event, EventKind, EventStatus
from tests.builders.actors import OPERATOR, head_of
from tests.builders.branches import a_branch, a_primary_branch
from tests.builders.events import PLANNED, STARTS, a_meeting, an_event

pytestmark = pytest.mark.django_db


def test_a_meeting_is_planned_and_needs_a_quorum() -> None:
    branch = a_primary_branch()

    event = a_meeting(branch=branch)

    assert event.status == EventStatus.PLANNED
    assert event.needs_quorum
    assert (event.branch_id, event.place) == (branch.id, branch.place)


def test_an_event_that_decides_nothing_needs_no_quorum() -> None:
    assert not an_event(branch=a_primary_branch()).needs_quorum


def test_planning_is_journalled_with_names_of_fields_alone() -> None:
    event = a_meeting(branch=a_primary_branch())

    entry = Entry.objects.get(subject_id=str(event.id))

    assert entry.action == "event.planned"
    assert entry.branch_id == event.branch_id
    assert "starts_at" in entry.fields
    assert "Школа" not in str(entry.fields)


def test_the_secretary_plans_in_her_own_branch_and_not_next_door() -> None:
    branch = a_primary_branch()
    assert branch.parent is not None
    next_door = a_branch(code="RU-AD/2", parent=branch.parent)
    secretary = head_of(branch)

    a_meeting(branch=branch, by=secretary)

    with pytest.raises(Forbidden):
        a_meeting(branch=next_door, by=secretary)


def test_a_viewer_plans_nothing() -> None:
    branch = a_primary_branch()

    with pytest.raises(Forbidden):
        a_meeting(branch=branch, by=head_of(branch, role=Viewer))


def test_all_that_is_wrong_is_said_at_once() -> None:
    with pytest.raises(Refused) as refused:
        actions.plan_event(
            branch=a_primary_branch(),
            kind="party",
            title=" ",
            starts_at=STARTS,
            ends_at=STARTS - timedelta(hours=1),
            by=OPERATOR,
            at=PLANNED,
        )

    assert {reason.column for reason in refused.value.reasons} == {"kind", "title", "ends_at"}
    assert Event.objects.count() == 0


def test_a_phone_that_repeats_itself_plans_once() -> None:
    branch = a_primary_branch()
    event_id = new_id()

    for _ in range(2):
        actions.plan_event(
            branch=branch,
            kind=EventKind.GENERAL_MEETING,
            title="Общее собрание",
            starts_at=STARTS,
            event_id=event_id,
            by=OPERATOR,
            at=PLANNED,
        )

    assert Event.objects.get().id == event_id
    assert Entry.objects.filter(action="event.planned").count() == 1


def test_the_identifier_of_an_event_out_of_sight_is_refused_like_one_in_sight() -> None:
    branch = a_primary_branch()
    theirs = a_meeting(branch=a_branch(code="RU-AD/2", parent=branch.parent))

    for actor in (OPERATOR, head_of(branch)):
        with acting_as(actor), pytest.raises(Refused, match="belongs to another event"):
            actions.plan_event(
                branch=branch,
                kind=EventKind.COUNCIL,
                title="Совет",
                starts_at=STARTS,
                event_id=theirs.id,
                by=actor,
                at=PLANNED,
            )

    assert Event.objects.get() == theirs


def test_a_closed_branch_plans_nothing() -> None:
    branch = a_primary_branch()
    close_branch(branch=branch, on=PLANNED.date(), by=OPERATOR, at=PLANNED)
    branch.refresh_from_db()

    with pytest.raises(Refused, match="is closed"):
        a_meeting(branch=branch)
