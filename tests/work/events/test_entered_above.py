"""What the branch above enters is marked so, and self-reported until the secretary confirms it."""

import pytest

from pervichka.register.access.policy import Forbidden
from pervichka.register.access.roles import LocalHead, SecretaryHelper
from pervichka.work.events import actions, queries
from pervichka.work.events.models import Attendance, Event
from pervichka.work.events.queries import Evidence
from tests.builders.actors import OPERATOR, head_of, oneself
from tests.builders.branches import a_primary_branch
from tests.builders.events import AFTER, DURING, a_meeting, tick
from tests.builders.people import members

pytestmark = pytest.mark.django_db


def known(event: Event) -> Evidence | None:
    (row,) = queries.facts_of([event.id])
    return row.took_place


def test_it_waits_for_the_branch_s_own_secretary() -> None:
    branch = a_primary_branch()
    people = members(of=branch, number=4)
    head = head_of(branch.parent, role=LocalHead)
    event = a_meeting(branch=branch)
    tick(event, people, by=head)
    actions.record_head_count(event=event, count=4, by=head, at=DURING)
    actions.confirm_head_count(event=event, count=4, by=oneself(people[1]), at=DURING)
    actions.hold_event(event=event, by=head, at=AFTER)

    assert known(event) is Evidence.SELF_REPORTED
    event.refresh_from_db()
    assert queries.event_page(OPERATOR, event).presence.from_above
    for other in (head, head_of(branch, role=SecretaryHelper)):
        with pytest.raises(Forbidden):
            actions.confirm_entries(event=event, by=other, at=AFTER)

    assert actions.confirm_entries(event=event, by=head_of(branch), at=AFTER) == 4

    assert known(event) is Evidence.VERIFIED
    assert actions.confirm_entries(event=event, by=head_of(branch), at=AFTER) == 0


def test_the_branch_s_own_entries_are_not_marked() -> None:
    branch = a_primary_branch()
    event = a_meeting(branch=branch)
    tick(event, members(of=branch, number=2), by=head_of(branch))
    assert not Attendance.objects.filter(from_above=True).exists()
