"""Loading: whole stages, each with its mark; what is real is never written over."""

from datetime import UTC, datetime

import pytest
from django.db import connection

from pervichka.foundation.journal.sealing import verify
from pervichka.foundation.refusal import Refused
from pervichka.register.accounts.queries import is_made_up, made_up
from pervichka.register.branches.models import Branch
from pervichka.register.people.models import Person
from pervichka.register.posts.models import PostHolding
from pervichka.register.posts.queries import (
    actor_for,
    proposals_waiting,
    sign_ins_to_try,
    user_to_try,
)
from pervichka.standard.scores.models import Score, ScoredPeriod
from pervichka.surfaces.demo import loading
from pervichka.surfaces.demo.loading import load_demo
from pervichka.surfaces.demo.sizes import Size
from pervichka.work.events.models import Event
from tests.builders.actors import OPERATOR
from tests.builders.branches import a_root

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture
def ready_made(made, monkeypatch):
    """Made once for all tests of this file."""
    monkeypatch.setattr(loading, "make_organisation", lambda **_given: made)
    return made


def rows_that_the_planner_expects(table: str) -> float:
    """-1 for a table that nobody has counted yet."""
    with connection.cursor() as cursor:
        cursor.execute("select reltuples from pg_class where oid = %s::regclass", [table])
        return cursor.fetchone()[0]


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.django_db(transaction=True)
def test_a_run_cut_short_goes_on_and_all_of_it_stands(ready_made, monkeypatch):
    rebuild = loading.rebuild_facts

    def killed():
        raise KeyboardInterrupt

    monkeypatch.setattr(loading, "rebuild_facts", killed)
    with pytest.raises(KeyboardInterrupt):
        load_demo(size=Size.SMALL, seed=7, by=OPERATOR, at=AT)
    assert Person.objects.count() == len(ready_made.people.people)
    assert not Event.objects.exists()
    assert made_up().stages == ("tree", "people", "posts", "texts", "appeals")

    monkeypatch.setattr(loading, "rebuild_facts", rebuild)
    loaded = load_demo(size=Size.SMALL, by=OPERATOR, at=AT)
    assert loaded.stages[0] == "events"
    assert Event.objects.count() == len(ready_made.events.events)
    assert ScoredPeriod.objects.count() == 13
    regional = Score.objects.filter(level="regional", month="2026-10-01")
    assert regional.count() == 83
    assert regional.filter(points=None).count() == 0
    assert len(set(regional.values_list("grade", flat=True))) > 1
    assert verify() == []
    assert rows_that_the_planner_expects("precinct_link") > 0

    assert load_demo(size=None, by=OPERATOR, at=AT).stages == []
    with pytest.raises(Refused, match="is small, not region"):
        load_demo(size=Size.REGION, by=OPERATOR, at=AT)

    offered = sign_ins_to_try(at=AT)
    assert len(offered) == 10
    assert {one.role for one in offered} == {
        "regional_head",
        "local_head",
        "branch_secretary",
        "headquarters_editor",
        "viewer",
        "data_protection_officer",
        "administrator",
    }
    officer = actor_for(user_to_try("demo-officer"), at=AT)
    assert [one.may_decide for one in proposals_waiting(officer, at=AT)] == [True, True]
    assert PostHolding.objects.exclude(delegated_from=None).count() == 1
    soon = PostHolding.objects.filter(term_ends_on__range=("2026-11-24", "2026-12-10"))
    assert soon.filter(user__last_active_on=None).exists()
    for one in offered:
        user = user_to_try(one.user_name)
        assert user is not None
        assert not user.has_usable_password()
        assert actor_for(user, at=AT).role.code == one.role


@pytest.mark.django_db
def test_a_real_organisation_is_left_alone(ready_made):
    a_root()
    with pytest.raises(Refused, match="there is an organisation here already"):
        load_demo(size=Size.SMALL, by=OPERATOR, at=AT)
    assert Branch.objects.count() == 1
    assert not is_made_up()
