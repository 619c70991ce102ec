"""What meetings and events are as facts."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest

from pervichka.register.people.actions import erase_person
from pervichka.register.people.models import AffiliationKind, Person
from pervichka.standard.facts.rows import OBSERVED, SELF_REPORTED, VERIFIED, FactRow
from pervichka.standard.facts.sources import events as source
from pervichka.standard.rulebook.catalogue import KINDS
from pervichka.work.events import actions
from pervichka.work.events.actions import Decided, Plan
from pervichka.work.events.codes import code_at
from pervichka.work.events.models import Answer, Event, EventKind
from tests.builders.actors import OPERATOR, oneself
from tests.builders.branches import a_primary_branch
from tests.builders.events import (
    AFTER,
    DURING,
    PLANNED,
    STARTS,
    a_held_meeting,
    a_meeting,
    an_event,
    tick,
)
from tests.builders.people import members

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> list[Person]:
    """Five members: three make a quorum."""
    return members(of=a_primary_branch(), number=5)


def facts_of(*events: Event) -> list[FactRow]:
    return list(source.facts(subjects=[event.id for event in events]))


def evidence(event: Event) -> dict[str, int]:
    """The evidence of each kind that names no person."""
    return {row.kind: row.evidence for row in facts_of(event) if row.person is None}


def kinds(event: Event) -> Counter[str]:
    return Counter(row.kind for row in facts_of(event))


def check_in(event: Event, people: list[Person]) -> None:
    actions.open_check_in(event=event, by=OPERATOR, at=STARTS)
    code = code_at(event.check_in_secret, DURING)
    for person in people:
        actions.check_in_with_code(event=event, code=code, by=oneself(person), at=DURING)


def test_a_planned_meeting(people: list[Person]) -> None:
    event = a_meeting(branch=people[0].branch)
    actions.invite(event=event, affiliations=[AffiliationKind.MEMBER], by=OPERATOR, at=PLANNED)
    actions.answer_invitation(event=event, answer=Answer.YES, by=oneself(people[0]), at=PLANNED)

    rows = facts_of(event)

    assert kinds(event) == {"event.planned": 1, "event.invited": 5, "event.accepted": 1}
    assert {row.occurred_on for row in rows} == {date(2026, 10, 12)}
    assert {row.person for row in rows if row.kind == "event.accepted"} == {people[0].code}
    assert {(row.branch_id, row.place) for row in rows} == {(event.branch_id, event.place)}


def test_ticks_alone_are_self_reported(people: list[Person]) -> None:
    event = a_held_meeting(branch=people[0].branch, came=people[:3])

    assert kinds(event)["event.attended"] == 3
    assert {row.evidence for row in facts_of(event) if row.person} == {SELF_REPORTED}
    assert evidence(event) == {
        "event.planned": OBSERVED,
        "meeting.held": SELF_REPORTED,
        "meeting.quorate": SELF_REPORTED,
    }


def test_ticks_with_a_confirmed_head_count_are_verified(people: list[Person]) -> None:
    event = a_held_meeting(
        branch=people[0].branch, came=people[:3], head_count=4, confirmed_by=people[1]
    )

    assert {row.evidence for row in facts_of(event) if row.person} == {VERIFIED}
    assert evidence(event)["meeting.quorate"] == VERIFIED


def test_a_head_count_that_nobody_confirms_changes_nothing(people: list[Person]) -> None:
    event = a_held_meeting(branch=people[0].branch, came=people[:3], head_count=3)

    assert evidence(event)["meeting.held"] == SELF_REPORTED


def test_who_is_ticked_after_the_confirmation_is_not_verified(people: list[Person]) -> None:
    event = a_held_meeting(
        branch=people[0].branch, came=people[:2], head_count=5, confirmed_by=people[1]
    )

    tick(event, people[:3], at=AFTER, reason="Забыли отметить")

    by_person = {row.person: row.evidence for row in facts_of(event) if row.person}
    assert by_person == {
        people[0].code: VERIFIED,
        people[1].code: VERIFIED,
        people[2].code: SELF_REPORTED,
    }
    assert evidence(event)["meeting.quorate"] == SELF_REPORTED


def test_codes_are_observed_and_the_quorum_is_as_good_as_those_who_make_it(
    people: list[Person],
) -> None:
    event = a_meeting(branch=people[0].branch)
    check_in(event, people[:2])
    tick(event, people[2:4])
    two_by_code = actions.hold_event(event=event, by=OPERATOR, at=AFTER)

    other = a_meeting(branch=people[0].branch)
    check_in(other, people[:3])
    three_by_code = actions.hold_event(event=other, by=OPERATOR, at=AFTER)

    assert evidence(two_by_code)["meeting.held"] == OBSERVED
    assert evidence(two_by_code)["meeting.quorate"] == SELF_REPORTED
    assert evidence(three_by_code)["meeting.quorate"] == OBSERVED


def test_without_a_quorum_it_was_held_and_not_quorate(people: list[Person]) -> None:
    event = a_held_meeting(branch=people[0].branch, came=people[:2])

    assert kinds(event)["meeting.held"] == 1
    assert kinds(event)["meeting.quorate"] == 0


def test_an_event_is_held_and_no_meeting(people: list[Person]) -> None:
    event = an_event(branch=people[0].branch)
    tick(event, people[:3])
    actions.hold_event(event=event, by=OPERATOR, at=AFTER)

    assert kinds(event) == {"event.planned": 1, "event.attended": 3, "event.held": 1}


@pytest.mark.parametrize(("days", "minuted"), [(0, 1), (10, 1), (11, 0)])
def test_minutes_count_if_published_in_time(people: list[Person], days: int, minuted: int) -> None:
    event = a_held_meeting(branch=people[0].branch, came=people[:3])
    at = AFTER + timedelta(days=days)
    decided = [Decided(text="Поставить скамейки", votes_for=3)]
    actions.record_resolutions(event=event, resolutions=decided, by=OPERATOR, at=at)
    actions.publish_minutes(event=event, by=OPERATOR, at=at)

    assert kinds(event)["meeting.minuted"] == minuted


def test_entered_late_is_self_reported(people: list[Person]) -> None:
    event = a_meeting(branch=people[0].branch, planned_at=AFTER)

    assert evidence(event) == {"event.planned": SELF_REPORTED}


def test_cancelled_ahead_leaves_nothing_and_later_leaves_the_plan(people: list[Person]) -> None:
    ahead = a_meeting(branch=people[0].branch)
    actions.cancel_event(event=ahead, reason="Метель", by=OPERATOR, at=PLANNED)
    taken_back = a_held_meeting(branch=people[0].branch, came=people[:3])
    actions.cancel_event(event=taken_back, reason="Ошибка", by=OPERATOR, at=AFTER)

    assert kinds(ahead) == {}
    assert kinds(taken_back) == {"event.planned": 1}


def test_a_corrected_day_moves_the_facts(people: list[Person]) -> None:
    event = a_held_meeting(branch=people[0].branch, came=people[:3])
    plan = replace(Plan.of(event), starts_at=STARTS - timedelta(days=14), ends_at=None)
    before = {row.source_id for row in facts_of(event)}

    actions.correct_event(event=event, plan=plan, reason="Ошибка", by=OPERATOR, at=AFTER)

    rows = facts_of(event)
    assert {row.occurred_on for row in rows} == {date(2026, 9, 28)}
    assert {row.source_id for row in rows} == before


def test_an_erased_person_still_counts_under_a_code_that_leads_nowhere(
    people: list[Person],
) -> None:
    event = a_held_meeting(
        branch=people[0].branch, came=people[:3], head_count=3, confirmed_by=people[1]
    )
    before = facts_of(event)

    erase_person(person=people[1], by=OPERATOR, at=AFTER)

    after = facts_of(event)
    assert [replace(row, person=None) for row in after] == [
        replace(row, person=None) for row in before
    ]
    assert people[1].code not in {row.person for row in after}
    assert facts_of(event) == after


def test_all_events_or_those_named_and_the_same_every_time(people: list[Person]) -> None:
    first = a_held_meeting(branch=people[0].branch, came=people[:3])
    second = an_event(branch=people[0].branch)

    everything = list(source.facts(subjects=None))

    assert everything == list(source.facts(subjects=None))
    assert everything == facts_of(first, second)
    assert len({row.source_id for row in everything}) == len(everything)
    assert {row.subject for row in facts_of(second)} == {second.id}
    assert facts_of() == []


def test_every_kind_of_the_room_is_derived(people: list[Person]) -> None:
    event = a_meeting(branch=people[0].branch)
    actions.invite(event=event, affiliations=[AffiliationKind.MEMBER], by=OPERATOR, at=PLANNED)
    actions.answer_invitation(event=event, answer=Answer.YES, by=oneself(people[0]), at=PLANNED)
    tick(event, people)
    actions.hold_event(event=event, by=OPERATOR, at=AFTER)
    actions.record_minutes(event=event, text="…", by=OPERATOR, at=AFTER)
    actions.publish_minutes(event=event, by=OPERATOR, at=AFTER)
    lecture = a_meeting(branch=people[0].branch, kind=EventKind.LECTURE)
    tick(lecture, people[:1])
    actions.hold_event(event=lecture, by=OPERATOR, at=AFTER)

    documented = {kind.name for kind in KINDS if kind.room == "events"}

    assert {row.kind for row in facts_of(event, lecture)} == documented
