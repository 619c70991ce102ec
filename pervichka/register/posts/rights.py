"""Who may grant what to whom, and where a second person must agree."""

from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from pervichka.foundation.postgres.django.scoping import within
from pervichka.foundation.postgres.scope import EVERYTHING
from pervichka.foundation.refusal import refuse
from pervichka.register.access.actor import Actor, Interval
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import Forbidden, HasPlace, demand
from pervichka.register.access.roles import ROLES, Operator, Role
from pervichka.register.accounts.models import User
from pervichka.register.branches.models import Branch, LevelOfTree
from pervichka.register.people.models import Person
from pervichka.register.posts.models import GrantProposal, PostHolding

_WIDE = frozenset({LevelOfTree.FEDERAL, LevelOfTree.REGIONAL})


def role_coded(code: str | None) -> type[Role]:
    """The role of that code, if a post can give it. Raises `Refused`."""
    role = ROLES.get(code or "")
    if role is None or role is Operator:
        raise refuse(
            "the role {role} is not known; write one of {allowed}",
            role=repr(code),
            allowed=", ".join(one for one in ROLES if one != Operator.code),
        )
    return role


def demand_may_grant(by: Actor, role: type[Role], where: HasPlace) -> None:
    """Raise `Forbidden` unless the actor's role grants this one and reaches there."""
    demand(by, Permission.CHANGE_POSTS, where)
    if role.code not in by.role.grants:
        raise Forbidden(by, Permission.CHANGE_POSTS)


def may_approve(by: Actor, role: str, where: HasPlace) -> bool:
    """Whether the actor may be the second person for a grant of this role there."""
    reaches = by.scope is not None and by.scope.contains(where.place)
    return reaches and role in by.role.approves


def needs_second_person(role: type[Role], level: str, by: Actor) -> bool:
    """Powerful roles; those that read names, over a region or more.

    The local operator grants alone, else nobody could be the first.
    """
    if by.role is Operator:
        return False
    reads_many = Permission.SEE_PEOPLE in role.permissions and level in _WIDE
    return role.powerful or reads_many


def demand_fits(role: type[Role], branch: Branch) -> None:
    """Raise `Refused` if the role is not for branches of this level."""
    if role.primary_only and branch.level != LevelOfTree.PRIMARY:
        raise refuse("this role is held at a primary branch alone")


def demand_another(by: Actor, user: User | None) -> None:
    """Raise `Refused` if someone would grant a post to themselves."""
    if user is None:
        return
    if by.user_id == user.id or (by.person_id is not None and by.person_id == user.person_id):
        raise refuse("nobody grants a post to themselves")


def demand_may_manage(by: Actor, user: User, at: datetime) -> None:
    """Raise `Forbidden` unless the actor manages users over all that this user reaches."""
    demand(by, Permission.MANAGE_USERS)
    if by.role is not Operator:
        _demand_reaches(by, user, at)


def may_manage(by: Actor, user: User, at: datetime) -> bool:
    """Whether the actor manages users over all that this user reaches."""
    try:
        demand_may_manage(by, user, at)
    except Forbidden:
        return False
    return True


def demand_may_take_over(by: Actor, user: User, at: datetime) -> None:
    """The same, and none of the user's roles may do what the actor's may not."""
    demand(by, Permission.MANAGE_USERS)
    if by.role is Operator:
        return
    posts = _demand_reaches(by, user, at)
    if any(not ROLES.get(role, Operator).permissions <= by.permissions for role, _ in posts):
        raise Forbidden(by, Permission.MANAGE_USERS)


def may_reset_factor(by: Actor, user: User, at: datetime) -> bool:
    """Whether the actor reaches this user and could not, besides, sign in as them."""
    if by.role is Operator:
        return True
    if not may_manage(by, user, at):
        return False
    try:
        demand_may_take_over(by, user, at)
    except Forbidden:
        return by.user_id != user.id
    return False


def _demand_reaches(by: Actor, user: User, at: datetime) -> list[tuple[str, Interval]]:
    """The user's posts, all of which the actor reaches; else `Forbidden`.

    Users belong to no branch, so the database is asked twice, past the actor's scope and within
    it: what it shows there must be all that there is.
    """
    with within(EVERYTHING):
        posts, home = _posts_of(user, at), _home_of(user)
    reached = [where for _, where in posts] + home
    seen = (_posts_of(user, at), _home_of(user)) == (posts, home)
    if not seen or by.scope is None or not all(by.scope.contains(where) for where in reached):
        raise Forbidden(by, Permission.MANAGE_USERS)
    return posts


def _posts_of(user: User, at: datetime) -> list[tuple[str, Interval]]:
    """Roles and subtrees of all that the user holds, will hold or is proposed for."""
    held = (
        PostHolding.objects.filter(
            Q(ended_on=None) | Q(ended_on__gt=timezone.localdate(at)), user=user
        )
        .select_related("post", "branch")
        .order_by("id")
    )
    proposed = (
        GrantProposal.objects.filter(user=user, decision="", expires_at__gt=at)
        .select_related("branch")
        .order_by("id")
    )
    return [
        *((one.post.role, Interval(one.place, one.branch.place_end)) for one in held),
        *((one.role, Interval(one.place, one.branch.place_end)) for one in proposed),
    ]


def _home_of(user: User) -> list[Interval]:
    """Where the person is whom the user is, if they are one."""
    found = Person.objects.filter(id=user.person_id) if user.person_id else Person.objects.none()
    return [Interval(place, place) for place in found.values_list("place", flat=True)]
