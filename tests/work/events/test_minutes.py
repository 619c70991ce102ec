"""Agenda, resolutions and minutes."""

import pytest

from pervichka.foundation.refusal import Refused
from pervichka.register.people.models import Person
from pervichka.work.events import actions, queries
from pervichka.work.events.actions import Decided
from pervichka.work.events.models import Correction, Event, Minutes
from tests.builders.actors import OPERATOR
from tests.builders.branches import a_branch, a_primary_branch
from tests.builders.events import AFTER, PLANNED, a_held_meeting, a_meeting
from tests.builders.people import a_person, members

pytestmark = pytest.mark.django_db

BENCHES = Decided(text="Поставить скамейки у подъезда", votes_for=2, votes_abstained=1)


@pytest.fixture
def people() -> list[Person]:
    return members(of=a_primary_branch(), number=5)


@pytest.fixture
def event(people: list[Person]) -> Event:
    return a_held_meeting(branch=people[0].branch, came=people[:3])


def test_the_agenda_is_written_anew_and_numbered() -> None:
    event = a_meeting(branch=a_primary_branch())

    for items in (["О скамейках"], ["О выборе секретаря", "", " О скамейках "]):
        actions.record_agenda(event=event, items=items, by=OPERATOR, at=PLANNED)

    agenda = queries.event_page(OPERATOR, event).agenda
    assert [str(item) for item in agenda] == ["1. О выборе секретаря", "2. О скамейках"]


def test_resolutions_keep_their_votes(event: Event) -> None:
    for _ in range(2):
        actions.record_resolutions(event=event, resolutions=[BENCHES], by=OPERATOR, at=AFTER)

    (resolution,) = queries.event_page(OPERATOR, event).resolutions
    votes = (resolution.votes_for, resolution.votes_against, resolution.votes_abstained)
    assert votes == (2, 0, 1)


def test_more_votes_than_people_and_empty_texts_are_refused_together(event: Event) -> None:
    wrong = [Decided(text="Скамейки", votes_for=4), Decided(text=" ", votes_for=-1)]

    with pytest.raises(Refused) as refused:
        actions.record_resolutions(event=event, resolutions=wrong, by=OPERATOR, at=AFTER)

    where = [(reason.line, reason.column) for reason in refused.value.reasons]
    assert where == [(1, "votes"), (2, "text"), (2, "votes")]


def test_guests_add_no_votes_and_nobody_votes_beyond_the_electorate(people: list[Person]) -> None:
    branch = people[0].branch
    guests = [
        a_person(branch=branch, first_name=name, affiliation="supporter")
        for name in ("Олег", "Яна")
    ]
    event = a_held_meeting(branch=branch, came=[*people[:3], *guests])
    four, three = (Decided(text="Скамейки", votes_for=votes) for votes in (4, 3))

    with pytest.raises(Refused, match="4 votes were given, and 3 of those who came had a vote"):
        actions.record_resolutions(event=event, resolutions=[four], by=OPERATOR, at=AFTER)
    actions.record_resolutions(event=event, resolutions=[three], by=OPERATOR, at=AFTER)

    # Eight heads, two of them guests in the list: five members are all who have a vote.
    counted = a_held_meeting(branch=branch, came=[*people[:1], *guests], head_count=8)
    six = Decided(text="Скамейки", votes_for=6)
    with pytest.raises(Refused, match="6 votes were given, and 5 of those who came had a vote"):
        actions.record_resolutions(event=counted, resolutions=[six], by=OPERATOR, at=AFTER)


def test_nothing_is_decided_before_it_is_known_who_came() -> None:
    event = a_meeting(branch=a_primary_branch())

    with pytest.raises(Refused, match="first say who came"):
        actions.record_resolutions(event=event, resolutions=[BENCHES], by=OPERATOR, at=AFTER)


def test_minutes_are_published_once(event: Event, people: list[Person]) -> None:
    actions.record_minutes(
        event=event, text="Слушали: о скамейках.", chair_id=people[0].id, by=OPERATOR, at=AFTER
    )

    first = actions.publish_minutes(event=event, by=OPERATOR, at=AFTER)
    again = actions.publish_minutes(event=event, by=OPERATOR, at=AFTER)

    assert first.published_at == again.published_at == AFTER
    assert Minutes.objects.get().chair == people[0]


def test_empty_minutes_are_not_published(event: Event) -> None:
    with pytest.raises(Refused, match="empty"):
        actions.publish_minutes(event=event, by=OPERATOR, at=AFTER)


def test_after_publication_a_change_is_a_correction_with_a_reason(event: Event) -> None:
    actions.record_resolutions(event=event, resolutions=[BENCHES], by=OPERATOR, at=AFTER)
    actions.publish_minutes(event=event, by=OPERATOR, at=AFTER)
    other = [Decided(text="Поставить две скамейки", votes_for=3)]

    with pytest.raises(Refused, match="say why"):
        actions.record_resolutions(event=event, resolutions=other, by=OPERATOR, at=AFTER)
    with pytest.raises(Refused, match="the agenda stands"):
        actions.record_agenda(event=event, items=["Иное"], by=OPERATOR, at=AFTER)

    actions.record_resolutions(
        event=event, resolutions=other, reason="Ошиблись в подсчёте", by=OPERATOR, at=AFTER
    )
    correction = Correction.objects.get(event=event)
    assert correction.before == "Поставить скамейки у подъезда (2/0/1)"


def test_a_stranger_does_not_chair(event: Event) -> None:
    stranger = a_person(branch=a_branch(code="RU-AD/2", parent=event.branch.parent))

    with pytest.raises(Refused, match="chair"):
        actions.record_minutes(event=event, text="…", chair_id=stranger.id, by=OPERATOR, at=AFTER)
