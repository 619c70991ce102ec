"""Facts kept up to date after any sequence of work are those derived from nothing."""

from collections.abc import Callable

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pervichka.foundation.journal.following import Act
from pervichka.foundation.journal.models import Entry
from pervichka.foundation.refusal import Refused
from pervichka.register.people.models import Person
from pervichka.standard.facts.actions.deriving import rebuild_facts
from pervichka.standard.facts.actions.erasing import erase_everywhere
from pervichka.standard.facts.actions.following import derive_from
from pervichka.standard.facts.models import Fact
from pervichka.work.events import actions
from pervichka.work.events.models import Answer, Event
from tests.builders.actors import OPERATOR, oneself
from tests.builders.branches import a_primary_branch
from tests.builders.events import AFTER, PLANNED, a_meeting, an_event, tick
from tests.builders.people import members

pytestmark = pytest.mark.django_db

COLUMNS = ("kind", "branch_id", "place", "person", "occurred_on", "value", "evidence", "source_id")
number = st.integers(0, 9)


def _event(which: int) -> Event:
    return Event.objects.order_by("id")[which % Event.objects.count()]


def _some(which: int) -> list[Person]:
    people = list(Person.objects.order_by("id"))
    return people[which % 3 :] or people


def _answer(which: int, who: int) -> None:
    (person, *_) = _some(who)
    actions.answer_invitation(
        event=_event(which), answer=Answer.YES, by=oneself(person), at=PLANNED
    )


def _erase(_: int, who: int) -> None:
    if Person.objects.count() > 1:
        erase_everywhere(person=_some(who)[0], by=OPERATOR, at=AFTER)


ACTS: dict[str, Callable[[int, int], object]] = {
    "plan": lambda which, who: a_meeting(branch=_some(who)[0].branch),
    "another": lambda which, who: an_event(branch=_some(who)[0].branch),
    "invite": lambda which, who: actions.invite(
        event=_event(which), affiliations=["member"], by=OPERATOR, at=PLANNED
    ),
    "answer": _answer,
    "tick": lambda which, who: tick(_event(which), _some(who)),
    "correct": lambda which, who: tick(_event(which), _some(who), at=AFTER, reason="Ошибка"),
    "hold": lambda which, who: actions.hold_event(event=_event(which), by=OPERATOR, at=AFTER),
    "minute": lambda which, who: actions.publish_minutes(
        event=_event(which), by=OPERATOR, at=AFTER
    ),
    "cancel": lambda which, who: actions.cancel_event(
        event=_event(which), reason="Метель", by=OPERATOR, at=AFTER if who % 2 else PLANNED
    ),
    "erase": _erase,
}


@given(acts=st.lists(st.tuples(st.sampled_from(sorted(ACTS)), number, number), max_size=15))
@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_kept_up_to_date_is_derived_from_nothing(acts: list[tuple[str, int, int]]) -> None:
    with transaction.atomic():
        people = members(of=a_primary_branch(), number=4)
        a_meeting(branch=people[0].branch)
        followed = 0
        for name, which, who in acts:
            try:
                with transaction.atomic():
                    ACTS[name](which, who)
            except Refused:
                continue
            entries = Entry.objects.filter(id__gt=followed).order_by("id")
            found = entries.values_list("action", "subject_type", "subject_id")
            derive_from([Act(*row) for row in found])
            followed = Entry.objects.latest("id").id
        if not followed:
            rebuild_facts()
        kept = list(Fact.objects.order_by("source_id").values_list(*COLUMNS))

        assert rebuild_facts() == len(kept)
        assert list(Fact.objects.order_by("source_id").values_list(*COLUMNS)) == kept
        transaction.set_rollback(True)
