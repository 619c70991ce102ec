"""One post at a time: rights follow from the post one acts in, while its term lasts."""

from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from pervichka.foundation.refusal import Refused
from pervichka.register.access.actor import Interval
from pervichka.register.access.policy import Forbidden
from pervichka.register.access.roles import BranchSecretary, LocalHead, Nobody, RegionalHead, Viewer
from pervichka.register.accounts.actions import create_user
from pervichka.register.accounts.models import MadeUpOrganisation, User
from pervichka.register.branches.models import Branch
from pervichka.register.posts.actions import (
    appoint,
    close_post,
    end_term,
    open_post,
    switch_off_user,
)
from pervichka.register.posts.queries import (
    acting_choices,
    actor_for,
    posts_of_branch,
    sign_ins_to_try,
    user_to_try,
)
from tests.builders.actors import OPERATOR, head_of
from tests.builders.branches import LONG_AGO, a_primary_branch
from tests.builders.people import a_person

pytestmark = pytest.mark.django_db
STARTS = date(2026, 1, 10)
AT = datetime(2026, 6, 1, 9, tzinfo=UTC)


@pytest.fixture
def branch() -> Branch:
    return a_primary_branch()


@pytest.fixture
def user() -> User:
    return create_user(name="vera", by=OPERATOR, at=LONG_AGO)


def hold(user: User, branch: Branch, kind: str = "secretary", ends: date | None = None):
    post = open_post(branch=branch, kind=kind, by=OPERATOR, at=LONG_AGO)
    return appoint(
        post=post, user=user, starts_on=STARTS, term_ends_on=ends, by=OPERATOR, at=LONG_AGO
    )


def on(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def test_whoever_holds_no_post_is_nobody(user):
    actor = actor_for(user, at=AT)
    assert (actor.role, actor.scope, actor.code) == (Nobody, None, f"user:{user.id}")


def test_a_post_gives_its_role_over_the_branch_s_subtree(user, branch):
    region = branch.parent.parent
    hold(user, region, "regional_head")
    actor = actor_for(user, at=AT)
    assert actor.role is RegionalHead
    assert actor.scope == Interval(region.place, region.place_end)
    assert actor.scope.contains(branch.place)
    assert not actor.scope.contains(region.parent.place)


def test_the_title_is_in_the_reader_s_language(user, branch):
    Branch.objects.filter(id=branch.id).update(name_ru="Отделение № 1")
    hold(user, branch)
    with translation.override("ru"):
        assert actor_for(user, at=AT).title == "Секретарь, Отделение № 1"
    with translation.override("en"):
        assert actor_for(user, at=AT).title == f"Secretary, {branch.name}"


@pytest.mark.parametrize(
    ("day", "role"),
    [
        (date(2026, 1, 9), Nobody),
        (date(2026, 1, 10), BranchSecretary),
        (date(2026, 12, 31), BranchSecretary),
        (date(2027, 1, 1), Nobody),
    ],
)
def test_rights_last_as_long_as_the_term(user, branch, day, role):
    hold(user, branch, ends=date(2026, 12, 31))
    assert actor_for(user, at=on(day)).role is role


@pytest.mark.parametrize(
    ("day", "role"), [(date(2026, 4, 30), BranchSecretary), (date(2026, 5, 1), Nobody)]
)
def test_rights_end_on_the_day_the_holder_leaves(user, branch, day, role):
    end_term(holding=hold(user, branch), on=date(2026, 5, 1), by=OPERATOR, at=AT)
    assert actor_for(user, at=on(day)).role is role


def test_a_day_begins_at_midnight_where_the_organisation_is(user, branch):
    hold(user, branch)
    assert actor_for(user, at=datetime(2026, 1, 9, 20, 59, tzinfo=UTC)).role is Nobody
    assert actor_for(user, at=datetime(2026, 1, 9, 21, 0, tzinfo=UTC)).role is BranchSecretary


def test_of_several_posts_one_acts_in_one(user, branch):
    low = hold(user, branch)
    high = hold(user, branch.parent, "local_head")
    assert actor_for(user, at=AT).role is LocalHead
    acting = actor_for(user, at=AT, post_id=low.post_id)
    assert (acting.role, acting.branch_id) == (BranchSecretary, branch.id)
    choices = acting_choices(user, at=AT, post_id=low.post_id)
    assert [(one.id, one.current) for one in choices] == [
        (high.post_id, False),
        (low.post_id, True),
    ]


def test_someone_else_s_post_can_t_be_acted_in(user, branch):
    other = create_user(name="boris", by=OPERATOR, at=LONG_AGO)
    theirs = hold(other, branch.parent, "local_head")
    hold(user, branch)
    assert actor_for(user, at=AT, post_id=theirs.post_id).role is BranchSecretary


def test_a_user_switched_off_is_nobody(user, branch):
    hold(user, branch)
    switch_off_user(user=user, by=OPERATOR, at=AT)
    assert actor_for(user, at=AT).role is Nobody
    assert acting_choices(user, at=AT) == []


def test_a_post_has_one_holder_until_their_term_is_over(user, branch):
    first = hold(user, branch, ends=date(2026, 3, 1))
    other = create_user(name="boris", by=OPERATOR, at=LONG_AGO)
    with pytest.raises(Refused, match="somebody holds this post"):
        appoint(post=first.post, user=other, starts_on=date(2026, 3, 1), by=OPERATOR, at=AT)
    appoint(post=first.post, user=other, starts_on=date(2026, 3, 2), by=OPERATOR, at=AT)
    first.refresh_from_db()
    assert first.ended_on == date(2026, 3, 2)


def test_nobody_appoints_outside_their_scope_or_above_their_rights(user, branch):
    local = branch.parent
    secretary = open_post(branch=branch, kind="secretary", by=OPERATOR, at=LONG_AGO)
    regional = open_post(branch=local, kind="regional_head", by=OPERATOR, at=LONG_AGO)
    head = head_of(local, role=LocalHead)
    appoint(post=secretary, user=user, starts_on=STARTS, by=head, at=AT)
    with pytest.raises(Forbidden):
        appoint(post=regional, user=user, starts_on=STARTS, by=head, at=AT)
    with pytest.raises(Forbidden):
        open_post(branch=branch, kind="data_protection_officer", by=head, at=AT)
    with pytest.raises(Forbidden):
        open_post(branch=local.parent, kind="secretary", by=head, at=AT)
    with pytest.raises(Forbidden):
        open_post(branch=branch, kind="secretary", by=head_of(branch), at=AT)


def test_a_held_post_does_not_close(user, branch):
    holding = hold(user, branch)
    with pytest.raises(Refused, match="end their term first"):
        close_post(post=holding.post, on=date(2026, 6, 1), by=OPERATOR, at=AT)
    end_term(holding=holding, on=date(2026, 5, 1), by=OPERATOR, at=AT)
    close_post(post=holding.post, on=date(2026, 6, 1), by=OPERATOR, at=AT)
    with pytest.raises(Refused, match="this post is closed"):
        appoint(post=holding.post, user=user, starts_on=date(2026, 7, 1), by=OPERATOR, at=AT)


def test_an_unknown_role_is_refused(branch):
    with pytest.raises(Refused, match="the role 'king' is not known; write one of nobody, "):
        open_post(branch=branch, kind="treasurer", role="king", by=OPERATOR, at=AT)
    with pytest.raises(Refused, match="no kind of post 'treasurer'; write one of secretary, "):
        open_post(branch=branch, kind="treasurer", by=OPERATOR, at=AT)
    assert open_post(branch=branch, kind="treasurer", role="viewer", by=OPERATOR, at=AT)


def test_the_holder_s_name_is_for_those_who_see_people_there(branch):
    person = a_person(branch=branch)
    post = open_post(branch=branch, kind="secretary", by=OPERATOR, at=LONG_AGO)
    appoint(
        post=post,
        person=person,
        starts_on=STARTS,
        term_ends_on=date(2026, 3, 1),
        by=OPERATOR,
        at=AT,
    )
    (seen,) = posts_of_branch(branch=branch, on=date(2026, 6, 1), actor=head_of(branch))
    assert (seen.filled, seen.holder, seen.term_over) == (True, person.full_name, True)
    (hidden,) = posts_of_branch(
        branch=branch, on=date(2026, 6, 1), actor=head_of(branch, role=Viewer)
    )
    assert (hidden.filled, hidden.holder, hidden.holder_id) == (True, None, None)


def test_one_click_exists_in_a_made_up_organisation_alone(user, branch):
    hold(user, branch)
    User.objects.filter(id=user.id).update(one_click_order=0)
    assert sign_ins_to_try(at=AT) == []
    assert user_to_try(user.name) is None
    MadeUpOrganisation.objects.create(size="small", seed=1, made_on=date(2026, 6, 1))
    assert [one.user_name for one in sign_ins_to_try(at=AT)] == [user.name]
    assert user_to_try(user.name) == user
    other = create_user(name="boris", by=OPERATOR, at=LONG_AGO)
    assert user_to_try(other.name) is None
