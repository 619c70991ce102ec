"""The daily row budget: counted to the row, whoever asks at once, and raised by another alone."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from pervichka.foundation.journal.models import Entry
from pervichka.foundation.refusal import Refused
from pervichka.register.access.actor import Actor
from pervichka.register.access.policy import BudgetExhausted, Forbidden
from pervichka.register.accounts.models import User
from pervichka.register.branches.acting import acting_as
from pervichka.register.branches.models import Branch
from pervichka.register.disclosure.actions import raise_budget, show, spend
from pervichka.register.disclosure.models import BudgetRaise, RowBudget
from pervichka.register.disclosure.policy import policy
from pervichka.register.disclosure.queries import budget_of, budgets_drawn, who_may_raise
from pervichka.register.posts.queries import acting_user
from tests.builders.actors import OPERATOR
from tests.builders.branches import a_primary_branch
from tests.builders.users import a_user_with_post

pytestmark = pytest.mark.django_db
AT = datetime(2026, 10, 20, 9, tzinfo=UTC)
ALLOWED = 1000


@pytest.fixture
def branch() -> Branch:
    return a_primary_branch()


def acting(user: User) -> Actor:
    return acting_user(user, at=AT)


@pytest.fixture
def head(branch: Branch) -> Actor:
    assert branch.parent is not None
    return acting(a_user_with_post(branch=branch.parent, kind="local_head", name="head"))


@pytest.fixture
def officer(branch: Branch) -> Actor:
    root = Branch.objects.get(code="RU")
    return acting(a_user_with_post(branch=root, kind="data_protection_officer", name="officer"))


def spent(actor: Actor) -> int:
    return budget_of(actor, at=AT).spent


def test_the_last_row_is_shown_and_the_next_is_not(head: Actor) -> None:
    assert policy().rows_a_day("local") == ALLOWED
    spend(rows=ALLOWED - 1, by=head, at=AT)
    with pytest.raises(BudgetExhausted) as refused:
        spend(rows=2, by=head, at=AT)
    assert (refused.value.wanted, refused.value.left) == (2, 1)
    # Nothing of what was refused is counted.
    spend(rows=1, by=head, at=AT)
    assert spent(head) == ALLOWED


def test_more_than_a_day_holds_is_refused_at_once(head: Actor) -> None:
    with pytest.raises(BudgetExhausted):
        spend(rows=ALLOWED + 1, by=head, at=AT)
    assert not RowBudget.objects.exists()


def test_it_is_full_again_at_midnight_where_the_organisation_is(head: Actor) -> None:
    spend(rows=ALLOWED, by=head, at=AT)
    # 00:00 in Moscow.
    full = datetime(2026, 10, 20, 21, tzinfo=UTC)
    assert budget_of(head, at=AT).full_at == full
    with pytest.raises(BudgetExhausted):
        spend(rows=1, by=head, at=full - timedelta(seconds=1))
    spend(rows=1, by=head, at=full)


def test_rows_of_one_s_own_branch_draw_nothing(branch: Branch, head: Actor) -> None:
    show(people=[head.branch_id] * 2_000, by=head, at=AT)
    assert spent(head) == 0
    show(people=[head.branch_id, branch.id, branch.id, None], by=head, at=AT)
    assert spent(head) == 3


def test_whoever_has_no_account_has_no_budget() -> None:
    spend(rows=1_000_000, by=OPERATOR, at=AT)
    assert not RowBudget.objects.exists()


def test_an_unknown_level_has_the_strictest() -> None:
    assert policy().rows_a_day("") == policy().rows_a_day("primary") == 100


def test_an_officer_raises_it_for_one_day_and_a_reason(head: Actor, officer: Actor) -> None:
    spend(rows=ALLOWED, by=head, at=AT)
    with acting_as(officer):
        raise_budget(
            user_name="head", rows=20, reason="Сверка перед конференцией", by=officer, at=AT
        )
        (drawn,) = budgets_drawn(officer, at=AT)
        assert (drawn.user_name, drawn.spent, drawn.raised) == ("head", ALLOWED, 20)
    with acting_as(head):
        spend(rows=20, by=head, at=AT)
        with pytest.raises(BudgetExhausted):
            spend(rows=1, by=head, at=AT)
        with pytest.raises(BudgetExhausted):
            spend(rows=ALLOWED + 1, by=head, at=AT + timedelta(days=1))
    entry = Entry.objects.get(action="budget.raised")
    assert (entry.actor, entry.subject_id) == (officer.code, str(head.user_id))


def test_a_raise_lets_more_through_than_a_whole_day_before_anything_is_spent(
    head: Actor, officer: Actor
) -> None:
    raise_budget(user_name="head", rows=100, reason="Сверка перед съездом", by=officer, at=AT)
    spend(rows=ALLOWED + 100, by=head, at=AT)
    assert budget_of(head, at=AT).left == 0


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"rows": 0}, "from 1 to"),
        ({"rows": 10_001}, "from 1 to"),
        ({"reason": " "}, "say why"),
        ({"user_name": "nobody"}, "nobody of this user name"),
        ({"user_name": "officer"}, "another person"),
    ],
)
def test_what_can_t_be_raised(
    head: Actor, officer: Actor, change: dict[str, object], reason: str
) -> None:
    asked = {"user_name": "head", "rows": 10, "reason": "Сверка перед съездом"} | change
    with pytest.raises(Refused, match=reason):
        raise_budget(**asked, by=officer, at=AT)  # type: ignore[arg-type]  # one of them is wrong
    assert not BudgetRaise.objects.exists()


def test_who_may_not_raise_at_all(head: Actor) -> None:
    with pytest.raises(Forbidden):
        raise_budget(user_name="head", rows=10, reason="Очень нужно", by=head, at=AT)


def test_the_database_knows_no_one_who_raises_their_own(branch: Branch, head: Actor) -> None:
    with pytest.raises(IntegrityError, match="budget_raise_not_for_oneself"), transaction.atomic():
        BudgetRaise.objects.create(
            branch=branch,
            user_id=head.user_id,
            day=AT.date(),
            rows=1,
            reason="x",
            raised_by=head.code,
            raised_at=AT,
        )


def test_whom_to_ask_is_a_post_above_and_no_name(head: Actor, officer: Actor) -> None:
    with acting_as(head):
        (whom,) = who_may_raise(head)
    assert "The organisation" in whom


@pytest.mark.django_db(transaction=True)
def test_it_is_exact_when_many_ask_at_once(head: Actor) -> None:
    """Eight threads ask for 200 rows each of 1000: five are shown theirs, whichever they are."""
    start = threading.Barrier(8)
    shown: list[bool] = []

    def ask() -> None:
        try:
            with acting_as(head):
                start.wait()
                spend(rows=200, by=head, at=AT)
                shown.append(True)
        except BudgetExhausted:
            shown.append(False)
        finally:
            connection.close()

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (sum(shown), len(shown)) == (5, 8)
    assert spent(head) == ALLOWED
