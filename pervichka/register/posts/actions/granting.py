"""A role is granted over a branch: at once, or as a proposal that waits for a second person."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from pervichka.foundation.journal import journal
from pervichka.foundation.refusal import refuse
from pervichka.register.access.actor import Actor
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import Forbidden, demand
from pervichka.register.accounts.actions import add_user
from pervichka.register.accounts.models import User
from pervichka.register.branches.models import Branch
from pervichka.register.branches.second_person import (
    Decision,
    decide,
    demand_to_decide,
    proposed,
)
from pervichka.register.people.models import Person
from pervichka.register.posts.actions.holdings import appoint, fill, locked
from pervichka.register.posts.actions.posts import open_post
from pervichka.register.posts.kinds import kind_of_role
from pervichka.register.posts.models import GrantProposal, Post, PostHolding
from pervichka.register.posts.rights import (
    demand_another,
    demand_fits,
    demand_may_grant,
    may_approve,
    needs_second_person,
    role_coded,
)


@transaction.atomic
def grant(
    *,
    branch: Branch,
    role: str,
    user: User | None = None,
    person: Person | None = None,
    starts_on: date,
    term_ends_on: date | None = None,
    by: Actor,
    at: datetime,
) -> PostHolding | GrantProposal:
    """Give a user, or a person, a role over a branch's subtree: in a vacant post, else a new one.

    A person who has no user yet gets one, without a password: a slip lets them in. A powerful role
    becomes a proposal. Raises `Forbidden`, `Refused`.
    """
    wanted = role_coded(role)
    demand_may_grant(by, wanted, branch)
    demand_fits(wanted, branch)
    if wanted.delegated:
        raise refuse("a helper is appointed by the secretary of the branch")
    user = _user_to_get_it(user, person, by=by, at=at)
    demand_another(by, user)
    if not user.is_active:
        raise refuse("the user {name} is switched off", name=user.name)
    if needs_second_person(wanted, branch.level, by):
        return _propose(branch, wanted.code, user, starts_on, term_ends_on, by=by, at=at)
    post = vacant_post(branch, wanted.code, starts_on)
    if post is None:
        kind = kind_of_role(wanted.code)
        post = open_post(
            branch=branch, kind=kind, role=wanted.code, opened_on=starts_on, by=by, at=at
        )
    return appoint(
        post=post, user=user, starts_on=starts_on, term_ends_on=term_ends_on, by=by, at=at
    )


@transaction.atomic
def approve_grant(*, proposal_id: UUID, by: Actor, at: datetime) -> PostHolding:
    """The second person agrees, and the user holds the post. Raises `Forbidden`, `Refused`."""
    proposal = _to_decide(proposal_id, by, at)
    branch = proposal.branch
    role = role_coded(proposal.role)
    demand_fits(role, branch)
    if branch.closed_on is not None:
        raise refuse("{code} is closed", code=branch.code)
    post = vacant_post(branch, proposal.role, proposal.starts_on)
    if post is None:
        post = Post.objects.create(
            branch=branch, kind=proposal.kind, role=proposal.role, opened_on=proposal.starts_on
        )
        journal.append(by=by, at=at, action="post.opened", subject=post, branch=branch)
    _decide(proposal, Decision.APPROVED, "", by=by, at=at)
    return fill(
        post=locked(post),
        person_id=proposal.user.person_id,
        user=proposal.user,
        starts_on=proposal.starts_on,
        term_ends_on=proposal.term_ends_on,
        by=by,
        at=at,
    )


@transaction.atomic
def refuse_grant(*, proposal_id: UUID, reason: str, by: Actor, at: datetime) -> GrantProposal:
    """The second person does not agree and says why. Raises `Forbidden`, `Refused`."""
    proposal = _to_decide(proposal_id, by, at)
    return _decide(proposal, Decision.REFUSED, reason, by=by, at=at)


def _user_to_get_it(user: User | None, person: Person | None, *, by: Actor, at: datetime) -> User:
    if user is not None:
        return user
    if person is None:
        raise refuse("name the person or the user who takes the post")
    # Only whoever sees the person may lead a post to them.
    demand(by, Permission.SEE_PEOPLE, person)
    if by.person_id == person.id:
        raise refuse("nobody grants a post to themselves")
    found = User.objects.filter(person=person).first()
    return found or add_user(person=person, branch=person.branch, by=by, at=at)


def vacant_post(branch: Branch, role: str, on: date) -> Post | None:
    """An open post of this role at the branch that nobody in term holds on that day."""
    posts = Post.objects.filter(branch=branch, role=role, closed_on=None)
    held = PostHolding.objects.filter(post__in=posts, ended_on=None)
    in_term = {one.post_id for one in held if one.term_ends_on is None or one.term_ends_on >= on}
    return posts.exclude(id__in=in_term).order_by("id").first()


def _propose(
    branch: Branch,
    role: str,
    user: User,
    starts_on: date,
    term_ends_on: date | None,
    *,
    by: Actor,
    at: datetime,
) -> GrantProposal:
    if branch.closed_on is not None:
        raise refuse("{code} is closed", code=branch.code)
    if term_ends_on is not None and term_ends_on < starts_on:
        raise refuse("the term ends before it begins")
    waiting = GrantProposal.objects.filter(
        branch=branch, role=role, user=user, decision="", expires_at__gt=at
    )
    if waiting.exists():
        raise refuse("this is proposed already and waits for a second person")
    proposal = GrantProposal.objects.create(
        branch=branch,
        kind=kind_of_role(role),
        role=role,
        user=user,
        starts_on=starts_on,
        term_ends_on=term_ends_on,
        **proposed(by, at),
    )
    journal.append(by=by, at=at, action="grant.proposed", subject=proposal, branch=branch)
    return proposal


def _to_decide(proposal_id: UUID, by: Actor, at: datetime) -> GrantProposal:
    """The proposal, locked, if this actor may decide it now."""
    proposal = (
        GrantProposal.objects.select_for_update(of=("self",))
        .select_related("branch", "user")
        .get(pk=proposal_id)
    )
    if not may_approve(by, proposal.role, proposal):
        raise Forbidden(by, Permission.CHANGE_POSTS)
    demand_to_decide(proposal, by=by, at=at)
    demand_another(by, proposal.user)
    return proposal


def _decide(
    proposal: GrantProposal, decision: Decision, reason: str, *, by: Actor, at: datetime
) -> GrantProposal:
    decide(proposal, decision, reason, by=by, at=at)
    journal.append(
        by=by,
        at=at,
        action=f"grant.{decision}",
        subject=proposal,
        branch=proposal.branch,
        fields=["decision"],
    )
    return proposal
