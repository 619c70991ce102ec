"""The applicant, by number and code: their own appeal, and nobody else's."""

from collections.abc import Callable

import pytest
from django.db import connection

from pervichka.foundation.postgres.scope import Scope, remembered
from pervichka.foundation.refusal import Refused
from pervichka.register.access.policy import Forbidden
from pervichka.register.branches.acting import acting_as
from pervichka.register.branches.models import Branch
from pervichka.work.casework import actions
from pervichka.work.casework.codes import code_of
from pervichka.work.casework.models import Appeal, Round, Status, Step
from pervichka.work.casework.queries import follow, known_applicant
from tests.builders.actors import OPERATOR
from tests.builders.branches import a_primary_branch
from tests.builders.casework import (
    ANSWERED,
    CAME,
    NAME,
    PHONE,
    WORDS,
    an_appeal,
    answered,
    applicant_of,
    given,
    registered,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def branch() -> Branch:
    return a_primary_branch()


def enter(appeal: Appeal, *, number: str = "", code: str = "", address: str = "192.0.2.1"):
    return known_applicant(
        number=number or str(appeal.number),
        code=code or code_of(appeal.id),
        address=address,
        at=CAME,
    )


def test_number_and_code_open_ones_own_appeal(branch: Branch) -> None:
    appeal, other = an_appeal(branch=branch), an_appeal(branch=branch)

    actor = enter(appeal, number=f"№ {appeal.number}", code=code_of(appeal.id).replace("-", " "))
    assert actor is not None
    with acting_as(actor):
        found = follow(actor)
        assert found is not None
        assert (found.appeal.id, found.words) == (appeal.id, WORDS)
        assert [step.kind for step in found.steps] == ["received"]
        assert list(Appeal.objects.all()) == [appeal]
        assert not Round.objects.filter(appeal=other).exists()
    assert enter(appeal, code=code_of(other.id)) is None
    assert enter(appeal, number=str(other.number + 1000)) is None
    assert enter(appeal, number="x") is None


def test_the_database_itself_shows_nothing_else(branch: Branch) -> None:
    """With the application's own lock out of the way."""
    appeal, _other = an_appeal(branch=branch), an_appeal(branch=branch)
    actions.add_note(appeal=appeal, text="Звонила трижды.", by=OPERATOR, at=CAME)

    with acting_as(applicant_of(appeal)), connection.cursor() as cursor:
        for table, key in (("appeal", "id"), ("appeal_round", "appeal_id")):
            cursor.execute(f"select distinct {key} from {table}")
            assert cursor.fetchall() == [(appeal.id,)]
        cursor.execute("select kind from appeal_step")
        assert cursor.fetchall() == [("received",)]


def test_the_application_itself_shows_nothing_else(branch: Branch) -> None:
    """With the database's lock out of the way: it is told the whole tree."""
    appeal, _other = an_appeal(branch=branch), an_appeal(branch=branch)
    actions.add_note(appeal=appeal, text="Звонила трижды.", by=OPERATOR, at=CAME)

    with remembered(Scope(1, 0, person_id=appeal.id)):
        assert list(Appeal.objects.all()) == [appeal]
        assert list(Step.objects.values_list("kind", flat=True)) == ["received"]


def test_what_lies_in_the_database_says_nothing_of_the_applicant(branch: Branch) -> None:
    appeal = an_appeal(branch=branch)
    actions.add_note(appeal=appeal, text="Звонила трижды.", by=OPERATOR, at=CAME)

    with connection.cursor() as cursor:
        for table in ("appeal", "appeal_round", "appeal_step"):
            cursor.execute(f"select {table}::text from {table}")
            stored = " ".join(text for (text,) in cursor.fetchall())
            hexed = stored.replace("\\x", " ")
            for secret in (NAME, PHONE, WORDS, "Звонила"):
                assert secret not in stored
                assert secret.encode().hex() not in hexed


def test_many_tries_are_answered_like_wrong_ones(branch: Branch) -> None:
    appeal = an_appeal(branch=branch)
    for _ in range(20):
        assert enter(appeal, code="0000-0000-0000") is None

    assert enter(appeal) is None
    assert enter(appeal, address="198.51.100.7") is None  # the number rests, too


def test_sent_twice_it_comes_once(branch: Branch) -> None:
    appeal = an_appeal(branch=branch)
    with acting_as(applicant_of(appeal)):
        again = actions.receive_appeal(
            branch=branch,
            given=given(words="Другое"),
            agreed=True,
            appeal_id=appeal.id,
            by=applicant_of(appeal),
            at=CAME,
        )

    assert again.appeal.id == appeal.id
    assert Appeal.objects.count() == 1


def test_nobody_acts_for_another_applicant(branch: Branch) -> None:
    first, second = answered(branch=branch), answered(branch=branch)
    acts: list[Callable[..., object]] = [
        actions.confirm_solved,
        lambda **said: actions.reopen(why="Нет", **said),
        lambda **said: actions.rate(rating=1, **said),
    ]
    for act in acts:
        with acting_as(applicant_of(first)), pytest.raises(Forbidden):
            act(appeal=second, by=applicant_of(first), at=ANSWERED)
        with pytest.raises(Forbidden):
            act(appeal=second, by=OPERATOR, at=ANSWERED)


def test_solved_is_what_the_applicant_says(branch: Branch) -> None:
    appeal = registered(branch=branch)
    me = applicant_of(appeal)
    with acting_as(me), pytest.raises(Refused, match="no answer yet"):
        actions.confirm_solved(appeal=appeal, by=me, at=CAME)
    actions.answer_appeal(appeal=appeal, text="Заменят.", by=OPERATOR, at=ANSWERED)

    with acting_as(me):
        solved = actions.confirm_solved(appeal=appeal, by=me, at=ANSWERED)
        actions.rate(appeal=appeal, rating=5, by=me, at=ANSWERED)
        found = follow(me)

    assert solved.status == Status.CLOSED
    assert found is not None
    assert (found.round.outcome, found.round.confirmed_by, found.round.rating) == (
        "solved",
        "applicant",
        5,
    )


def test_reopened_at_will_a_new_deadline_runs(branch: Branch) -> None:
    appeal = answered(branch=branch)
    me = applicant_of(appeal)
    with acting_as(me):
        actions.confirm_solved(appeal=appeal, by=me, at=ANSWERED)
        again = actions.reopen(appeal=appeal, why="Опять погас.", by=me, at=ANSWERED)

    assert again.status == Status.OPEN
    first, second = Round.objects.filter(appeal=appeal).order_by("number")
    assert first.outcome == "reopened"
    assert second.due_on > first.due_on
    assert again.due_on == second.due_on
