"""What appeals are as facts."""

from datetime import timedelta

import pytest

from pervichka.register.branches.acting import acting_as
from pervichka.register.branches.models import Branch
from pervichka.standard.facts.rows import OBSERVED, SELF_REPORTED, VERIFIED, FactRow
from pervichka.standard.facts.sources import casework as source
from pervichka.standard.rulebook.catalogue import KINDS
from pervichka.work.casework import actions
from pervichka.work.casework.models import Appeal
from tests.builders.actors import OPERATOR, head_of
from tests.builders.branches import a_primary_branch
from tests.builders.casework import (
    ANSWERED,
    CAME,
    an_appeal,
    answered,
    applicant_of,
    registered,
    taken_down,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def branch() -> Branch:
    return a_primary_branch()


def facts_of(appeal: Appeal) -> list[FactRow]:
    return list(source.facts(subjects=[appeal.id]))


def evidence(appeal: Appeal) -> dict[str, int]:
    return {row.kind: row.evidence for row in facts_of(appeal)}


def say_solved(appeal: Appeal) -> None:
    with acting_as(applicant_of(appeal)):
        actions.confirm_solved(appeal=appeal, by=applicant_of(appeal), at=ANSWERED)


def test_an_appeal_is_due_from_the_day_on_which_it_comes(branch: Branch) -> None:
    """Not to register it wins nothing."""
    appeal = an_appeal(branch=branch)

    (due,) = facts_of(appeal)
    assert (due.kind, due.occurred_on, due.evidence) == ("appeal.due", appeal.due_on, OBSERVED)
    late = actions.register_appeal(appeal=appeal, by=OPERATOR, at=CAME + timedelta(days=20))
    assert late.due_on == appeal.due_on


def test_answered_on_time_is_dated_on_the_deadline(branch: Branch) -> None:
    appeal = answered(branch=branch)

    assert {row.occurred_on for row in facts_of(appeal)} == {appeal.due_on}
    assert evidence(appeal) == {"appeal.due": OBSERVED, "appeal.answered_on_time": OBSERVED}


def test_answered_late_it_is_due_and_no_more(branch: Branch) -> None:
    appeal = registered(branch=branch)
    actions.answer_appeal(appeal=appeal, text="Да.", by=OPERATOR, at=CAME + timedelta(days=60))

    assert evidence(appeal) == {"appeal.due": OBSERVED}


def test_the_applicants_own_word_verifies(branch: Branch) -> None:
    appeal = answered(branch=branch)
    say_solved(appeal)

    assert evidence(appeal) == {
        "appeal.due": VERIFIED,
        "appeal.answered_on_time": VERIFIED,
        "appeal.closed": VERIFIED,
        "appeal.solved": VERIFIED,
    }


def test_a_branch_that_was_told_reports_it_itself(branch: Branch) -> None:
    appeal = answered(branch=branch)
    actions.record_solved(appeal=appeal, told="По телефону", by=OPERATOR, at=ANSWERED)

    assert evidence(appeal)["appeal.solved"] == SELF_REPORTED
    assert evidence(appeal)["appeal.answered_on_time"] == OBSERVED


def test_an_appeal_that_the_branch_wrote_is_its_own_word(branch: Branch) -> None:
    """What a padder would do: write it, answer it, and confirm it with the code in hand."""
    appeal = taken_down(branch=branch)
    actions.answer_appeal(appeal=appeal, text="Сделано.", by=OPERATOR, at=ANSWERED)
    assert set(evidence(appeal).values()) == {SELF_REPORTED}

    say_solved(appeal)
    assert set(evidence(appeal).values()) == {OBSERVED}


def test_what_another_unit_entered_stays_its_word(branch: Branch) -> None:
    assert branch.parent is not None
    above = head_of(branch.parent)
    appeal = taken_down(branch=branch, by=above)

    assert evidence(appeal) == {"appeal.due": SELF_REPORTED}


def test_silence_closes_and_solves_nothing(branch: Branch) -> None:
    appeal = answered(branch=branch)
    assert actions.settle_silent(by=OPERATOR, at=ANSWERED + timedelta(days=29)) == 0
    assert actions.settle_silent(by=OPERATOR, at=ANSWERED + timedelta(days=32)) == 1

    assert set(evidence(appeal)) == {"appeal.due", "appeal.answered_on_time", "appeal.closed"}


def test_reopened_it_is_due_again_and_closed_no_more(branch: Branch) -> None:
    appeal = answered(branch=branch)
    say_solved(appeal)
    with acting_as(applicant_of(appeal)):
        actions.reopen(appeal=appeal, why="Погас", by=applicant_of(appeal), at=ANSWERED)

    kinds = [row.kind for row in facts_of(appeal)]
    assert sorted(kinds) == ["appeal.answered_on_time", "appeal.due", "appeal.due"]


def test_facts_follow_an_appeal_to_where_it_is_handed(branch: Branch) -> None:
    appeal = registered(branch=branch)
    assert branch.parent is not None
    actions.forward_appeal(
        appeal=appeal, to=branch.parent, reason="Не наше", by=OPERATOR, at=ANSWERED
    )

    assert {row.branch_id for row in facts_of(appeal)} == {branch.parent_id}


def test_every_kind_of_the_room_is_in_the_catalogue(branch: Branch) -> None:
    appeal = answered(branch=branch)
    say_solved(appeal)
    documented = {each.name for each in KINDS if each.room == "casework" and each.derived}

    assert {row.kind for row in facts_of(appeal)} <= documented
