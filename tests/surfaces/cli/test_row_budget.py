"""`--as USER` draws on that user's budget; the local operator has none."""

from pathlib import Path

import pytest

from pervichka.register.branches.models import Branch
from pervichka.register.disclosure import policy as rules
from pervichka.register.disclosure.models import RowBudget
from pervichka.standard.facts.actions.deriving import rebuild_facts
from tests.builders.branches import a_primary_branch
from tests.builders.events import a_held_meeting
from tests.builders.people import a_person, members
from tests.builders.standards import a_published_standard
from tests.builders.users import a_user_with_post
from tests.surfaces.cli.conftest import Pervichka

pytestmark = pytest.mark.django_db(transaction=True)
EXPLAIN = ("explain", "RU-AD/1", "came", "--period", "2026-10", "--json")


@pytest.fixture(autouse=True)
def _organisation(tmp_path: Path) -> None:
    people = members(of=a_primary_branch(), number=5)
    a_held_meeting(branch=people[0].branch, came=people[:3])
    rebuild_facts()
    a_published_standard(tmp_path)
    for kind, code in (("regional_head", "RU-AD"), ("secretary", "RU-AD/1")):
        a_user_with_post(branch=Branch.objects.get(code=code), kind=kind, name=kind)


def test_rows_about_people_are_counted(pervichka: Pervichka) -> None:
    assert len(pervichka(*EXPLAIN, "--as", "regional_head").document["rows"]) == 3
    assert RowBudget.objects.get().spent == 3


def test_beyond_the_budget_none_is_shown(
    pervichka: Pervichka, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules.Policy, "rows_a_day", lambda _self, _level: 2)
    refused = pervichka(*EXPLAIN, "--as", "regional_head")
    assert refused.code == 1
    assert "2 of 2 are left today" in refused.err
    assert "rows" not in refused.document


HOLDERS = ("access", "list", "--branch", "RU-AD/1", "--json")


def test_holders_of_posts_draw_on_it_like_any_people(
    pervichka: Pervichka, monkeypatch: pytest.MonkeyPatch
) -> None:
    branch = Branch.objects.get(code="RU-AD/1")
    a_user_with_post(branch=branch, kind="secretary", person=a_person(branch=branch))
    rows = pervichka(*HOLDERS, "--as", "regional_head").document["rows"]
    named = [row["holder"] for row in rows if row["holder"]]
    assert len(named) == RowBudget.objects.get().spent == 1

    monkeypatch.setattr(rules.Policy, "rows_a_day", lambda _self, _level: 1)
    refused = pervichka(*HOLDERS, "--as", "regional_head")
    assert refused.code == 1
    assert "0 of 1 are left today" in refused.err
    assert named[0] not in refused.out
    assert RowBudget.objects.get().spent == 1
    # One's own branch's, and the operator's look, draw nothing.
    assert named[0] in pervichka(*HOLDERS, "--as", "secretary").out
    assert named[0] in pervichka(*HOLDERS).out
    assert RowBudget.objects.get().spent == 1


def test_neither_one_s_own_branch_nor_the_operator_draws(pervichka: Pervichka) -> None:
    assert pervichka(*EXPLAIN, "--as", "secretary").code == 0
    assert pervichka(*EXPLAIN).code == 0
    assert not RowBudget.objects.exists()
