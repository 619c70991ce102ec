"""Managing users: none of those who may do more, or do it elsewhere, is taken over."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.auth import authenticate
from django.db import connection

from pervichka.foundation.postgres.django.scoping import within
from pervichka.foundation.postgres.scope import NOTHING, Scope
from pervichka.register.access.policy import Forbidden
from pervichka.register.accounts.actions import create_user, set_password
from pervichka.register.accounts.models import User
from pervichka.register.branches.acting import acting_as
from pervichka.register.branches.models import Branch
from pervichka.register.posts.actions import (
    appoint_helper,
    approve_grant,
    grant,
    reset_password,
    switch_off_user,
)
from pervichka.register.posts.models import PostHolding
from pervichka.register.posts.queries import acting_user
from tests.builders.actors import OPERATOR
from tests.builders.branches import LONG_AGO, a_primary_branch
from tests.builders.people import a_person
from tests.builders.users import a_user_with_post

pytestmark = pytest.mark.django_db
AT = datetime(2026, 6, 1, 9, tzinfo=UTC)
PASSWORD = "long enough, not common"


@pytest.fixture
def region() -> Branch:
    return a_primary_branch().parent.parent


@pytest.fixture
def admin(region: Branch):
    """An administrator of the region, as they act."""
    user = a_user_with_post(branch=region, kind="administrator", name="admin")
    return acting_user(user, at=AT)


def resets(admin, user: User) -> bool:
    """Whether this administrator may set the user's password, under the locks of their own."""
    with acting_as(admin):
        try:
            reset_password(user=user, password=PASSWORD, by=admin, at=AT)
        except Forbidden:
            return False
    assert authenticate(username=user.name, password=PASSWORD) == user
    return True


def test_one_who_may_no_more_and_within_reach(admin, region):
    assert resets(admin, create_user(name="nobody", by=OPERATOR, at=LONG_AGO))
    assert resets(admin, a_user_with_post(branch=region, kind="administrator", name="second"))


@pytest.mark.parametrize("kind", ["regional_head", "data_protection_officer", "viewer"])
def test_nobody_whose_role_may_what_the_administrator_s_may_not(admin, region, kind):
    assert not resets(admin, a_user_with_post(branch=region, kind=kind, name="vera"))


def test_nobody_who_holds_a_post_or_is_a_person_out_of_reach(admin, region):
    assert not resets(admin, a_user_with_post(branch=region.parent, kind="administrator"))
    elsewhere = a_person(branch=region.parent)
    assert not resets(admin, create_user(person=elsewhere, by=OPERATOR, at=LONG_AGO))


def test_nobody_to_whom_more_is_about_to_be_given(admin, region):
    user = create_user(name="vera", by=OPERATOR, at=LONG_AGO)
    tomorrow = AT.date() + timedelta(days=1)
    proposing = acting_user(a_user_with_post(branch=region, kind="administrator"), at=AT)
    grant(branch=region, role="regional_head", user=user, starts_on=tomorrow, by=proposing, at=AT)
    assert not resets(admin, user)


def test_the_plain_action_is_for_oneself_and_the_operator(admin, region):
    vera = create_user(name="vera", by=OPERATOR, at=LONG_AGO)
    with pytest.raises(Forbidden):
        set_password(user=vera, password=PASSWORD, by=admin, at=AT)
    set_password(user=vera, password=PASSWORD, by=acting_user(vera, at=AT), at=AT)
    set_password(user=vera, password=PASSWORD, by=OPERATOR, at=AT)


def test_switching_off_reaches_as_far_as_the_administrator(admin, region):
    below = a_user_with_post(branch=region, kind="regional_head", name="below")
    above = a_user_with_post(branch=region.parent, kind="viewer", name="above")
    with acting_as(admin):
        switch_off_user(user=below, by=admin, at=AT)
        with pytest.raises(Forbidden):
            switch_off_user(user=above, by=admin, at=AT)
    assert acting_user(below, at=AT).scope is None


def test_a_helper_acts_by_the_secretary_s_post_through_both_locks(region):
    # What a helper's first query of a request sees is their own rows, and the secretary's one.
    branch = Branch.objects.get(code="RU-AD/1")
    secretary = acting_user(a_user_with_post(branch=branch, name="anna"), at=AT)
    other = a_user_with_post(branch=branch, kind="secretary", name="other")
    with acting_as(secretary):
        helping = appoint_helper(
            starts_on=AT.date(), term_ends_on=date(2027, 1, 1), by=secretary, at=AT
        )
    helper = User.objects.get(id=helping.user_id)
    assert acting_user(helper, at=AT).branch_id == branch.id
    with within(Scope(NOTHING.start, NOTHING.end, user_id=helper.id)):
        both = {helper.id, secretary.user_id}
        assert set(PostHolding.objects.values_list("user_id", flat=True)) == both
        with connection.cursor() as cursor:
            cursor.execute("select user_id from post_holding")
            assert {user_id for (user_id,) in cursor.fetchall()} == both
    assert acting_user(other, at=AT).branch_id == branch.id


def test_a_second_person_who_does_not_see_the_person_agrees_all_the_same(region):
    person = a_person(branch=region.parent)
    user = create_user(person=person, by=OPERATOR, at=LONG_AGO)
    first, second = (
        acting_user(a_user_with_post(branch=region, kind="administrator"), at=AT) for _ in range(2)
    )
    with acting_as(first):
        made = grant(
            branch=region, role="regional_head", user=user, starts_on=AT.date(), by=first, at=AT
        )
    with acting_as(second):
        held = approve_grant(proposal_id=made.id, by=second, at=AT)
    assert held.person_id == person.id
    assert acting_user(user, at=AT).branch_id == region.id
