"""Controllers: a branch's own, else that of the branch above, by the day."""

from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from pervichka.foundation.journal.models import Entry
from pervichka.foundation.refusal import Refused
from pervichka.register.access.policy import Forbidden
from pervichka.register.access.roles import BranchSecretary, RegionalHead
from pervichka.register.branches.models import Branch
from pervichka.register.texts.actions import end_controller, name_controller
from pervichka.register.texts.queries import controller_of, controllers_of
from tests.builders.actors import OPERATOR, head_of
from tests.builders.branches import a_branch, a_primary_branch
from tests.builders.texts import a_controller

pytestmark = pytest.mark.django_db
AT = datetime(2026, 6, 1, 9, tzinfo=UTC)


def name_of(branch: Branch, on: date) -> str | None:
    found = controller_of(branch, on=on)
    return None if found is None else found.name


def test_a_branch_without_its_own_has_that_of_the_nearest_above(django_assert_num_queries):
    primary = a_primary_branch()
    region = Branch.objects.get(code="RU-AD")
    root = Branch.objects.get(code="RU")
    beside = a_branch(code="RU-AL", level="regional", parent=root)
    assert name_of(primary, date(2026, 1, 1)) is None
    a_controller(branch=root, name="Партия")
    a_controller(branch=region, name="Отделение", since=date(2026, 2, 1))
    assert name_of(primary, date(2024, 12, 31)) is None
    assert name_of(primary, date(2026, 1, 31)) == "Партия"
    with django_assert_num_queries(1):
        assert name_of(primary, date(2026, 2, 1)) == "Отделение"
    assert name_of(beside, date(2026, 2, 1)) == "Партия"
    end_controller(branch=region, valid_from=date(2026, 3, 1), by=OPERATOR, at=AT)
    assert name_of(primary, date(2026, 3, 1)) == "Партия"
    assert name_of(primary, date(2026, 2, 28)) == "Отделение"
    assert [one.name for one in controllers_of(region)] == ["", "Отделение"]


def test_the_last_word_of_a_day_holds():
    root = a_branch(code="RU", level="federal")
    a_controller(branch=root, name="Опечтка")
    name_controller(
        branch=root,
        name=" Опечатка \n исправлена",
        number="1",
        address="2",
        valid_from=date(2025, 1, 1),
        by=OPERATOR,
        at=AT,
    )
    assert name_of(root, date(2025, 1, 1)) == "Опечатка исправлена"


def test_all_that_is_missing_is_said_at_once():
    root = a_branch(code="RU", level="federal")
    with pytest.raises(Refused) as refused:
        name_controller(
            branch=root, name=" ", number="", address="", valid_from=AT.date(), by=OPERATOR, at=AT
        )
    assert [reason.column for reason in refused.value.reasons] == ["name", "number", "address"]
    with pytest.raises(Refused, match="has no controller"):
        end_controller(branch=root, valid_from=AT.date(), by=OPERATOR, at=AT)


def test_a_region_names_its_own_and_no_other():
    primary = a_primary_branch()
    region, root = (Branch.objects.get(code=code) for code in ("RU-AD", "RU"))
    head = head_of(region, role=RegionalHead)
    said = {"name": "А", "number": "1", "address": "Б", "valid_from": AT.date(), "at": AT}
    name_controller(branch=region, by=head, **said)
    assert Entry.objects.filter(action="controller.named", branch_id=region.id).count() == 1
    for branch, actor in ((root, head), (primary, head_of(primary, role=BranchSecretary))):
        with pytest.raises(Forbidden):
            name_controller(branch=branch, by=actor, **said)


def test_what_was_named_is_never_rewritten():
    a_controller(branch=a_branch(code="RU", level="federal"))
    with (
        pytest.raises(DatabaseError, match="never changes"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("update controller set name = 'x'")
