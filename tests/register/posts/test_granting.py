"""Granting: within one's scope, what one's role grants, the powerful by two people."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from pervichka.foundation.refusal import Refused
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import Forbidden
from pervichka.register.access.roles import ROLES, Administrator, Nobody, Operator
from pervichka.register.accounts.actions import create_user
from pervichka.register.accounts.models import User
from pervichka.register.branches.actions.branches import close_branch
from pervichka.register.branches.models import Branch
from pervichka.register.posts.actions import (
    DECIDED_WITHIN,
    appoint,
    appoint_helper,
    approve_grant,
    end_term,
    grant,
    open_post,
    refuse_grant,
)
from pervichka.register.posts.models import GrantProposal, PostHolding
from pervichka.register.posts.queries import actor_for, helpers_of, proposals_waiting
from tests.builders.actors import OPERATOR
from tests.builders.branches import LONG_AGO, a_primary_branch
from tests.builders.people import a_person
from tests.builders.users import a_user_with_post

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 1)
AT = datetime(2026, 6, 1, 9, tzinfo=UTC)
NEXT_YEAR = date(2027, 5, 1)


@pytest.fixture
def branch() -> Branch:
    return a_primary_branch()


@pytest.fixture
def root(branch: Branch) -> Branch:
    return Branch.objects.get(parent=None)


@pytest.fixture
def user() -> User:
    return create_user(name="vera", by=OPERATOR, at=LONG_AGO)


def holder(branch: Branch, kind: str, name: str):
    """Someone in a post of the branch, as they act."""
    return actor_for(a_user_with_post(branch=branch, kind=kind, name=name), at=AT)


def proposed(branch: Branch, user: User, by, role: str = "regional_head") -> GrantProposal:
    made = grant(branch=branch, role=role, user=user, starts_on=TODAY, by=by, at=AT)
    assert isinstance(made, GrantProposal)
    return made


# ------------------------------------------------------------------ what roles are


@pytest.mark.parametrize("role", [role for role in ROLES.values() if role is not Administrator])
def test_no_role_grants_more_than_it_has(role):
    for code in role.grants:
        assert ROLES[code].permissions <= role.permissions or role is Operator


def test_roles_have_no_more_than_they_need():
    holds = {
        permission: {code for code, role in ROLES.items() if permission in role.permissions}
        for permission in Permission
    }
    assert holds[Permission.RECEIVE_PRESSURE] == {"control_commission", "operator"}
    watching = {"control_commission", "data_protection_officer", "operator"}
    assert holds[Permission.READ_JOURNAL] == watching
    assert holds[Permission.MANAGE_USERS] == {"administrator", "operator"}
    assert holds[Permission.LOAD_IN_BULK] == {"operator"}
    assert "administrator" not in holds[Permission.SEE_PEOPLE]
    everything = [role for role in ROLES.values() if role.permissions == frozenset(Permission)]
    assert everything == [Operator]


@pytest.mark.parametrize("role", ROLES.values())
def test_every_role_describes_itself_in_both_languages(role):
    assert set(role.label) == set(role.about) == {"en", "ru"}
    assert role.demands_mfa is (not role.primary_only and role is not Nobody)


# ------------------------------------------------------------------ where, and what


def test_within_one_s_scope_and_what_one_s_role_grants(branch, user):
    head = holder(branch.parent, "local_head", "head")
    made = grant(branch=branch, role="branch_secretary", user=user, starts_on=TODAY, by=head, at=AT)
    assert isinstance(made, PostHolding)
    assert actor_for(user, at=AT).branch_id == branch.id
    other = create_user(name="boris", by=OPERATOR, at=LONG_AGO)
    for where, role in [
        (branch.parent.parent, "branch_secretary"),
        (branch, "local_head"),
        (branch, "administrator"),
        (branch, "data_protection_officer"),
    ]:
        with pytest.raises(Forbidden):
            grant(branch=where, role=role, user=other, starts_on=TODAY, by=head, at=AT)


def test_nobody_grants_a_post_to_themselves(branch):
    head = holder(branch.parent, "local_head", "head")
    own = User.objects.get(id=head.user_id)
    with pytest.raises(Refused, match="to themselves"):
        grant(branch=branch, role="branch_secretary", user=own, starts_on=TODAY, by=head, at=AT)


def test_a_primary_role_is_held_at_a_primary_branch_alone(branch, user):
    with pytest.raises(Refused, match="at a primary branch alone"):
        grant(
            branch=branch.parent,
            role="branch_secretary",
            user=user,
            starts_on=TODAY,
            by=OPERATOR,
            at=AT,
        )


def test_no_post_gives_the_operator_s_role(branch):
    with pytest.raises(Refused, match="is not known"):
        open_post(branch=branch, kind="god", role="operator", by=OPERATOR, at=AT)


# ------------------------------------------------------------------ two people


def test_a_powerful_grant_waits_for_a_second_person(root, branch, user):
    region = branch.parent.parent
    admin = holder(root, "administrator", "admin")
    officer = holder(root, "data_protection_officer", "officer")
    proposal = proposed(region, user, admin)
    assert actor_for(user, at=AT).role is Nobody
    (seen,) = proposals_waiting(officer, at=AT)
    assert (seen.id, seen.may_decide) == (proposal.id, True)
    assert not proposals_waiting(admin, at=AT)[0].may_decide
    approve_grant(proposal_id=proposal.id, by=officer, at=AT)
    assert actor_for(user, at=AT).branch_id == region.id
    assert proposals_waiting(officer, at=AT) == []
    with pytest.raises(Refused, match="decided already"):
        refuse_grant(proposal_id=proposal.id, reason="late", by=officer, at=AT)


def test_neither_who_proposed_nor_who_gets_it_decides(root, branch):
    admin = holder(root, "administrator", "admin")
    second = holder(root, "administrator", "second")
    of_second = User.objects.get(id=second.user_id)
    proposal = proposed(branch.parent.parent, of_second, admin)
    with pytest.raises(Refused, match="you proposed it yourself"):
        approve_grant(proposal_id=proposal.id, by=admin, at=AT)
    with pytest.raises(Refused, match="to themselves"):
        approve_grant(proposal_id=proposal.id, by=second, at=AT)
    for code in (admin.code, second.code):
        with pytest.raises(IntegrityError), transaction.atomic():
            GrantProposal.objects.filter(id=proposal.id).update(
                decision="approved", decided_by=code, decided_at=AT
            )


def test_who_has_no_right_there_decides_nothing(root, branch, user):
    proposal = proposed(branch.parent.parent, user, holder(root, "administrator", "admin"))
    for kind, where in [("viewer", root), ("regional_head", branch.parent.parent)]:
        with pytest.raises(Forbidden):
            approve_grant(proposal_id=proposal.id, by=holder(where, kind, kind), at=AT)


def test_a_refusal_says_why(root, branch, user):
    officer = holder(root, "data_protection_officer", "officer")
    proposal = proposed(branch.parent.parent, user, holder(root, "administrator", "admin"))
    with pytest.raises(Refused, match="say why"):
        refuse_grant(proposal_id=proposal.id, reason=" ", by=officer, at=AT)
    refuse_grant(proposal_id=proposal.id, reason="Not elected", by=officer, at=AT)
    assert actor_for(user, at=AT).role is Nobody


def test_undecided_for_14_days_it_is_over(root, branch, user):
    officer = holder(root, "data_protection_officer", "officer")
    proposal = proposed(branch.parent.parent, user, holder(root, "administrator", "admin"))
    late = AT + timedelta(days=14)
    assert late == AT + DECIDED_WITHIN
    assert proposals_waiting(officer, at=late) == []
    with pytest.raises(Refused, match="in time"):
        approve_grant(proposal_id=proposal.id, by=officer, at=late)


def test_names_of_a_region_or_more_need_two_people_whatever_the_role(root, branch, user):
    admin = holder(root, "administrator", "admin")
    proposed(branch.parent.parent, user, admin, "clerk")
    proposed(root, user, admin, "local_head")
    post = open_post(branch=root, kind="local_head", by=admin, at=AT)
    with pytest.raises(Refused, match="two people"):
        appoint(post=post, user=user, starts_on=TODAY, by=admin, at=AT)


# ------------------------------------------------------------------ helpers, and losing a post


def test_a_helper_acts_in_the_branch_until_the_secretary_s_post_ends(branch):
    secretary = holder(branch, "secretary", "anna")
    helping = appoint_helper(
        person=a_person(branch=branch),
        starts_on=TODAY,
        term_ends_on=NEXT_YEAR,
        by=secretary,
        at=AT,
    )
    helper = helping.user
    acting = actor_for(helper, at=AT)
    assert (acting.role.code, acting.branch_id) == ("secretary_helper", branch.id)
    assert not acting.may(Permission.CHANGE_POSTS)
    assert [one.user_name for one in helpers_of(secretary, on=TODAY)] == [helper.name]
    # The secretary's term running out is enough; nobody has to end anything.
    own = PostHolding.objects.get(user_id=secretary.user_id)
    PostHolding.objects.filter(id=own.id).update(term_ends_on=TODAY)
    assert actor_for(helper, at=AT + timedelta(days=1)).role is Nobody
    end_term(holding=own, on=TODAY, by=OPERATOR, at=AT)
    helping.refresh_from_db()
    assert helping.ended_on == TODAY
    assert actor_for(helper, at=AT).role is Nobody


def test_a_helper_is_revoked_at_will_and_appointed_by_the_secretary_alone(branch, user):
    secretary = holder(branch, "secretary", "anna")
    helping = appoint_helper(starts_on=TODAY, term_ends_on=NEXT_YEAR, by=secretary, at=AT)
    end_term(holding=helping, on=TODAY, by=secretary, at=AT)
    assert actor_for(helping.user, at=AT).role is Nobody
    head = holder(branch.parent, "local_head", "head")
    # Nor by another head of the very branch, whose post a helper would not end with.
    beside = holder(branch, "local_head", "beside")
    for other in (OPERATOR, head, beside):
        with pytest.raises(Refused, match="by the secretary"):
            appoint_helper(starts_on=TODAY, term_ends_on=NEXT_YEAR, by=other, at=AT)
    with pytest.raises(Refused, match="by the secretary"):
        grant(branch=branch, role="secretary_helper", user=user, starts_on=TODAY, by=head, at=AT)


def test_a_secretary_ends_no_post_but_her_helpers(branch):
    secretary = holder(branch, "secretary", "anna")
    own = PostHolding.objects.get(user_id=secretary.user_id)
    with pytest.raises(Forbidden):
        end_term(holding=own, on=TODAY, by=secretary, at=AT)


def test_rights_end_with_the_branch(branch):
    secretary = holder(branch, "secretary", "anna")
    close_branch(branch=branch, on=TODAY, by=OPERATOR, at=AT)
    user = User.objects.get(id=secretary.user_id)
    assert actor_for(user, at=AT).role is Nobody
