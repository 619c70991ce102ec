"""Up and down the line, and who reads what on the way."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from pervichka.foundation.refusal import Refused
from pervichka.register.access.policy import Forbidden
from pervichka.register.access.roles import Caseworker, LocalHead
from pervichka.register.branches.acting import acting_as
from pervichka.register.branches.models import Branch
from pervichka.register.branches.queries.calendar import working_day
from pervichka.work.casework import actions, terms
from pervichka.work.casework.models import Appeal, Round, Step
from pervichka.work.casework.queries import (
    AppealFilter,
    appeal_of,
    appeal_page,
    appeals_of,
    follow,
)
from tests.builders.actors import head_of
from tests.builders.branches import a_branch, a_primary_branch
from tests.builders.casework import ANSWERED, CAME, WORDS, an_appeal, applicant_of, registered

pytestmark = pytest.mark.django_db


@pytest.fixture
def branch() -> Branch:
    return a_primary_branch()


@pytest.fixture
def above(branch: Branch) -> Branch:
    assert branch.parent is not None
    return branch.parent


def test_sent_up_it_leaves_the_senders_sight(branch: Branch, above: Branch) -> None:
    appeal = registered(branch=branch)
    alice, head = head_of(branch), head_of(above, role=LocalHead)
    with acting_as(alice):
        actions.forward_appeal(
            appeal=appeal, to=above, reason="Фонарь городской.", by=alice, at=ANSWERED
        )
        with pytest.raises(Appeal.DoesNotExist):
            appeal_of(alice, appeal.id)
        for model in (Appeal, Round, Step):
            assert not model.objects.exists()

    with acting_as(head):
        page = appeal_page(head, appeal_of(head, appeal.id), on=ANSWERED.date())
        assert page.words == WORDS
        assert page.steps[-1].text == "Фонарь городской."
    with acting_as(applicant_of(appeal)):
        found = follow(applicant_of(appeal))
        assert found is not None
        assert found.appeal.branch_id == above.id


def test_the_database_hands_nothing_beside_the_line(branch: Branch, above: Branch) -> None:
    appeal = registered(branch=branch)
    beside = a_branch(code="RU-AD/2", parent=above)
    alice, charlie = head_of(branch), head_of(beside)

    for actor, target in ((alice, beside), (charlie, above), (charlie, beside)):
        with (
            acting_as(actor),
            pytest.raises(DatabaseError),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute("select appeal_hand_over(%s, %s)", [appeal.id, target.id])
    with acting_as(alice), pytest.raises(Refused, match="above or right below"):
        actions.forward_appeal(appeal=appeal, to=beside, reason="Им", by=alice, at=ANSWERED)


def test_above_nobody_reads_who_asks_until_it_is_taken_over(branch: Branch, above: Branch) -> None:
    appeal = registered(branch=branch)
    head = head_of(above, role=LocalHead)
    with acting_as(head):
        before = appeal_page(head, appeal_of(head, appeal.id), on=ANSWERED.date())
        assert (before.applicant, before.words) == (None, None)
        assert all(not step.text for step in before.steps)
        with pytest.raises(Forbidden):
            actions.answer_appeal(appeal=appeal, text="Да", by=head, at=ANSWERED)
        actions.take_over(appeal=appeal, reason="Молчат", by=head, at=ANSWERED)
        after = appeal_page(head, appeal_of(head, appeal.id), on=ANSWERED.date())
        assert after.words == WORDS


def test_the_inbox_goes_by_deadline_overdue_first(branch: Branch, above: Branch) -> None:
    fresh = registered(branch=branch, at=CAME)
    old = registered(branch=branch, at=CAME - timedelta(days=40))
    unregistered = an_appeal(branch=branch, at=CAME - timedelta(days=5))
    elsewhere = registered(branch=a_branch(code="RU-AD/2", parent=above))
    alice = head_of(branch, role=Caseworker)
    on = (CAME + timedelta(days=2)).date()

    with acting_as(alice):
        rows, total = appeals_of(alice, AppealFilter(), on=on)
        overdue, _ = appeals_of(alice, AppealFilter(state="overdue"), on=on)

    assert total == 3
    assert [row.id for row in rows] == [old.id, unregistered.id, fresh.id]
    assert {row.id for row in overdue} == {old.id, unregistered.id}
    assert elsewhere.id not in {row.id for row in rows}


def test_a_list_takes_two_queries(branch: Branch, django_assert_num_queries) -> None:
    for _ in range(5):
        registered(branch=branch)
    alice = head_of(branch)
    with acting_as(alice), django_assert_num_queries(2):
        appeals_of(alice, AppealFilter(), on=ANSWERED.date())


def test_terms_end_on_working_days() -> None:
    # 9 March 2026 is a Monday off after a Sunday that is a holiday.
    assert working_day(date(2026, 3, 9), before=True) == date(2026, 3, 6)
    assert working_day(date(2026, 3, 9), before=False) == date(2026, 3, 10)
    assert terms.register_by(date(2026, 3, 6)) == date(2026, 3, 6)
    # 1 November 2025 is a Saturday that works.
    assert working_day(date(2025, 11, 1), before=True) == date(2025, 11, 1)
    # From 31 December every day but the first eleven of January: never before the beginning.
    assert terms.register_by(date(2026, 1, 1)) >= date(2026, 1, 1)


def test_a_deadline_moves_once_in_time_and_with_a_reason(branch: Branch) -> None:
    appeal = registered(branch=branch)
    alice = head_of(branch)
    with pytest.raises(Refused, match="say why"):
        actions.extend_appeal(appeal=appeal, days=10, reason=" ", by=alice, at=ANSWERED)
    with pytest.raises(Refused, match="1 to 30"):
        actions.extend_appeal(appeal=appeal, days=31, reason="Ждём", by=alice, at=ANSWERED)
    moved = actions.extend_appeal(appeal=appeal, days=10, reason="Ждём", by=alice, at=ANSWERED)
    assert moved.due_on > appeal.due_on
    with pytest.raises(Refused, match="once already"):
        actions.extend_appeal(appeal=appeal, days=1, reason="Ждём", by=alice, at=ANSWERED)

    late = registered(branch=branch, at=CAME - timedelta(days=90))
    with pytest.raises(Refused, match="is over"):
        actions.extend_appeal(appeal=late, days=1, reason="Ждём", by=alice, at=ANSWERED)
