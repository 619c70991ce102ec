"""A list of people brings in nobody, and tells of nobody, beyond the reach of whoever brings it."""

import pytest

from pervichka.register.access.policy import Forbidden
from pervichka.register.branches.acting import acting_as
from pervichka.register.people.models import Person
from tests.builders.actors import STRANGER, head_of
from tests.builders.branches import a_branch
from tests.register.people.importing.rows import ANNA, counts

pytestmark = pytest.mark.django_db


def test_a_code_that_somebody_out_of_sight_has_is_not_told_of(load, branch):
    other = a_branch(code="RU-AD/2", parent=branch.parent)
    load(ANNA | {"external_id": "7", "branch": other.code})
    vera = {"last_name": "Верина", "first_name": "Вера", "phone": "+79990000001"}
    olga = {"last_name": "Ольгина", "external_id": "8"}
    secretary = head_of(branch)

    with acting_as(secretary):
        effects = [
            load(vera | {"external_id": "7"}, olga, by=secretary, commit=commit)
            for commit in (False, True)
        ]
        assert [counts(effect) for effect in effects] == [(2, 0, 0, 0)] * 2
        assert set(Person.objects.values_list("last_name", flat=True)) == {"Верина", "Ольгина"}
        assert not Person.objects.filter(code="7").exists()
        assert Person.objects.get(last_name="Ольгина").code == "8"
        # Sent again, it is known by what else there is; the code is told of no more than before.
        again = load(vera | {"external_id": "7"}, by=secretary)
        assert counts(again)[0] == 0
        assert not again.refusals


def test_people_enter_only_where_the_actor_may_change_them(load, branch):
    other = a_branch(code="RU-AD/2", parent=branch.parent)
    effect = load(
        ANNA | {"external_id": "1"},
        ANNA | {"external_id": "2", "branch": other.code},
        by=head_of(branch),
    )
    assert counts(effect) == (1, 0, 0, 1)
    assert "within your reach" in str(effect.refusals[0])
    assert Person.objects.get().branch == branch
    with pytest.raises(Forbidden):
        load(ANNA | {"external_id": "1"}, by=STRANGER)


def test_people_of_other_branches_stay_invisible_to_a_secretary_s_list(load, branch):
    other = a_branch(code="RU-AD/2", parent=branch.parent)
    load(ANNA | {"phone": "89000000001", "branch": other.code})
    effect = load(ANNA | {"phone": "89000000001"}, by=head_of(branch))
    assert counts(effect) == (1, 0, 0, 0)
    assert not effect.unsure
