"""A secretary appoints a helper, who signs in under a name of their own.

What this ends is the sharing of a password: it is quicker, and it ends with the secretary's post.
"""

from datetime import date, datetime, timedelta

from django.db import transaction

from pervichka.foundation.journal import journal
from pervichka.foundation.refusal import refuse
from pervichka.register.access.actor import Actor
from pervichka.register.access.roles import BranchSecretary, SecretaryHelper
from pervichka.register.accounts.actions import add_user
from pervichka.register.accounts.models import User
from pervichka.register.branches.models import Branch
from pervichka.register.people.models import Person
from pervichka.register.posts.actions.holdings import fill, locked
from pervichka.register.posts.kinds import kind_of_role
from pervichka.register.posts.models import Post, PostHolding
from pervichka.register.posts.queries.holdings import holdings_in_force
from pervichka.register.posts.rights import demand_another, demand_fits, demand_may_grant

MOST_HELPERS = 5
LONGEST = timedelta(days=366)
"""A helper is appointed for a year at most, and then anew."""


@transaction.atomic
def appoint_helper(
    *,
    person: Person | None = None,
    language: str = "ru",
    password: str | None = None,
    starts_on: date,
    term_ends_on: date,
    by: Actor,
    at: datetime,
) -> PostHolding:
    """Make a helper of the actor's own branch: a person of it, or a user name and nothing else.

    Whoever has a user keeps it; else one is made, with the password given. Raises `Refused`.
    """
    own = (
        holdings_in_force(starts_on)
        .select_for_update(of=("self",))
        .select_related("branch")
        .filter(post_id=by.post_id, user_id=by.user_id)
        .first()
        if by.role is BranchSecretary and by.post_id is not None and by.user_id is not None
        else None
    )
    if own is None:
        raise refuse("a helper is appointed by the secretary of the branch")
    branch = own.branch
    demand_may_grant(by, SecretaryHelper, branch)
    demand_fits(SecretaryHelper, branch)
    if person is not None and person.branch_id != branch.id:
        raise refuse("this person is not of your branch")
    if term_ends_on > starts_on + LONGEST:
        raise refuse("a helper is appointed for a year at most")
    if own.delegated.filter(ended_on=None, term_ends_on__gte=starts_on).count() >= MOST_HELPERS:
        raise refuse("a branch has {most} helpers at most", most=MOST_HELPERS)
    user = _user_of(person, branch, language, password, by=by, at=at)
    demand_another(by, user)
    if not user.is_active:
        raise refuse("the user {name} is switched off", name=user.name)
    post = _vacant(branch, starts_on, by=by, at=at)
    return fill(
        post=locked(post),
        person_id=None if person is None else person.id,
        user=user,
        starts_on=starts_on,
        term_ends_on=term_ends_on,
        delegated_from=own,
        by=by,
        at=at,
    )


def _user_of(
    person: Person | None,
    branch: Branch,
    language: str,
    password: str | None,
    *,
    by: Actor,
    at: datetime,
) -> User:
    found = None if person is None else User.objects.filter(person=person).first()
    return found or add_user(
        person=person, branch=branch, language=language, password=password, by=by, at=at
    )


def _vacant(branch: Branch, on: date, *, by: Actor, at: datetime) -> Post:
    """A helper's post that is free, so that posts don't pile up; else a new one."""
    role = SecretaryHelper.code
    posts = Post.objects.filter(branch=branch, role=role, closed_on=None)
    held = PostHolding.objects.filter(post__in=posts, ended_on=None, term_ends_on__gte=on)
    free = posts.exclude(id__in=held.values("post_id")).order_by("id").first()
    if free is not None:
        return free
    post = Post.objects.create(branch=branch, kind=kind_of_role(role), role=role, opened_on=on)
    journal.append(by=by, at=at, action="post.opened", subject=post, branch=branch)
    return post
