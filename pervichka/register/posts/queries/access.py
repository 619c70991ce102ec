"""Who holds what, over what, until when; what waits for a second person. For whoever may see it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from pervichka.register.access.actor import Actor, Interval
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import demand
from pervichka.register.access.roles import ROLES, Nobody, Role
from pervichka.register.accounts.models import User
from pervichka.register.accounts.queries import user_named
from pervichka.register.branches.models import Branch
from pervichka.register.branches.queries.units import Unit, branch_label
from pervichka.register.posts.kinds import post_label, role_label
from pervichka.register.posts.models import GrantProposal, PostHolding
from pervichka.register.posts.queries.holdings import holdings_in_force
from pervichka.register.posts.rights import (
    may_approve,
    may_manage,
    may_reset_factor,
    needs_second_person,
)


@dataclass(frozen=True, kw_only=True)
class Holding:
    """One who holds a post today. `holder` is their name, for those who see people there alone.

    `user_name` is none where they can't sign in yet; `signed_in_on` is the last day they did
    something, none where they never came in.
    """

    id: UUID
    title: str
    role: str
    role_title: str
    branch_id: UUID
    branch_code: str
    branch_name: str
    above_name: str
    level: str
    holder: str | None
    user_name: str | None
    starts_on: date
    term_ends_on: date | None
    acting: bool
    signed_in_on: date | None
    may_end: bool


@dataclass(frozen=True, kw_only=True)
class HoldingFilter:
    """What the list is narrowed to. `never` keeps those who have not signed in yet."""

    within: Interval | None = None
    roles: Collection[str] = ()
    never: bool = False


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """A grant that waits. `may_decide` says whether this reader can be the second person."""

    id: UUID
    role: str
    role_title: str
    branch_code: str
    branch_name: str
    user_name: str
    starts_on: date
    term_ends_on: date | None
    proposed_by: str
    proposed_at: datetime
    expires_at: datetime
    mine: bool
    may_decide: bool


def holdings_of(
    actor: Actor, narrowed: HoldingFilter, *, on: date, offset: int = 0, limit: int = 50
) -> tuple[Sequence[Holding], int]:
    """A part of the list in the tree's order, and how long the whole is. Two queries."""
    found = _visible(actor, on)
    if narrowed.within is not None:
        found = found.filter(place__range=(narrowed.within.start, narrowed.within.end))
    if narrowed.roles:
        found = found.filter(post__role__in=list(narrowed.roles))
    if narrowed.never:
        found = found.filter(_NEVER)
    rows = (
        found.select_related("post", "branch__parent", "user", "person")
        .order_by("place", "post_id", "id")
        .all()[offset : offset + limit]
    )
    return [_holding(row, actor) for row in rows], found.count()


def never_signed_in(actor: Actor, *, on: date) -> tuple[int, int]:
    """How many of those who hold a post have not signed in yet, and how many hold one."""
    found = _visible(actor, on)
    return found.filter(_NEVER).count(), found.count()


def holding_of(actor: Actor, holding_id: UUID, *, on: date) -> Holding | None:
    """One holding of the list, if the actor sees it."""
    row = (
        _visible(actor, on)
        .select_related("post", "branch__parent", "user", "person")
        .filter(id=holding_id)
        .first()
    )
    return None if row is None else _holding(row, actor)


def helpers_of(actor: Actor, *, on: date) -> Sequence[Holding]:
    """The helpers whom this secretary appointed, and who act in her stead today."""
    if actor.user_id is None or actor.post_id is None:
        return []
    rows = (
        _visible(actor, on)
        .filter(
            delegated_from__user_id=actor.user_id,
            delegated_from__post_id=actor.post_id,
        )
        .select_related("post", "branch__parent", "user", "person")
        .order_by("id")
    )
    return [_holding(row, actor) for row in rows]


def holding_to_end(actor: Actor, holding_id: UUID, *, on: date) -> PostHolding | None:
    """The holding itself, for the action that ends it; none where it is out of sight."""
    return _visible(actor, on).filter(id=holding_id).first()


def user_to_help(actor: Actor, holding_id: UUID, *, at: datetime) -> User | None:
    """The user of a holding, if the actor may take their lost second factor away."""
    held = _visible(actor, timezone.localdate(at)).select_related("user").filter(id=holding_id)
    holding = held.first()
    if holding is None or holding.user is None:
        return None
    return holding.user if may_reset_factor(actor, holding.user, at) else None


def user_managed(actor: Actor, name: str, *, at: datetime) -> User | None:
    """The user of that name; none where the actor does not reach them. Raises `Forbidden`."""
    demand(actor, Permission.MANAGE_USERS)
    user = user_named(name)
    return user if user is not None and may_manage(actor, user, at) else None


def own_term_ends_on(actor: Actor, *, on: date) -> date | None:
    """When the post ends in which the actor acts; none: no end is set."""
    if actor.user_id is None or actor.post_id is None:
        return None
    held = holdings_in_force(on).filter(user_id=actor.user_id, post_id=actor.post_id)
    return held.values_list("term_ends_on", flat=True).first()


def proposals_waiting(actor: Actor, *, at: datetime) -> Sequence[Proposal]:
    """Grants over the actor's part of the tree that wait for a second person, the oldest first."""
    demand(actor, Permission.SEE_ACCESS)
    if actor.scope is None:
        return []
    rows = (
        GrantProposal.objects.filter(
            decision="",
            expires_at__gt=at,
            place__range=(actor.scope.start, actor.scope.end),
        )
        .select_related("branch", "user")
        .order_by("expires_at", "id")
    )
    return [_proposal(row, actor) for row in rows]


def roles_to_grant(actor: Actor, unit: Unit | Branch) -> Sequence[type[Role]]:
    """The roles that this actor may grant over a branch, the plainest first."""
    if not actor.may(Permission.CHANGE_POSTS, unit.place):
        return []
    return [
        role
        for role in ROLES.values()
        if role.code in actor.role.grants
        and not role.delegated
        and (unit.level == "primary" or not role.primary_only)
    ]


def waits_for_second(actor: Actor, role: type[Role], unit: Unit | Branch) -> bool:
    """Whether this grant would wait for a second person."""
    return needs_second_person(role, unit.level, actor)


def is_proposal(made: PostHolding | GrantProposal) -> bool:
    """Whether what a grant made only waits yet."""
    return isinstance(made, GrantProposal)


_NEVER = Q(user=None) | Q(user__last_active_on=None)


def _visible(actor: Actor, on: date) -> QuerySet[PostHolding]:
    demand(actor, Permission.SEE_ACCESS)
    if actor.scope is None:
        return PostHolding.objects.none()
    return holdings_in_force(on).filter(place__range=(actor.scope.start, actor.scope.end))


def _holding(row: PostHolding, actor: Actor) -> Holding:
    branch, user = row.branch, row.user
    role = ROLES.get(row.post.role, Nobody)
    named = row.person is not None and actor.may(Permission.SEE_PEOPLE, row.place)
    may_end = actor.may(Permission.CHANGE_POSTS, row.place) and role.code in actor.role.grants
    return Holding(
        id=row.id,
        title=post_label(row.post.kind),
        role=row.post.role,
        role_title=role_label(row.post.role),
        branch_id=branch.id,
        branch_code=branch.code,
        branch_name=branch_label(branch),
        above_name="" if branch.parent is None else branch_label(branch.parent),
        level=branch.level,
        holder=row.person.full_name if named and row.person is not None else None,
        user_name=None if user is None else user.name,
        starts_on=row.starts_on,
        term_ends_on=row.term_ends_on,
        acting=row.acting,
        signed_in_on=None if user is None else user.last_active_on,
        may_end=may_end,
    )


def _proposal(row: GrantProposal, actor: Actor) -> Proposal:
    mine = row.proposed_by == actor.code
    about_me = actor.user_id is not None and row.user_id == actor.user_id
    return Proposal(
        id=row.id,
        role=row.role,
        role_title=role_label(row.role),
        branch_code=row.branch.code,
        branch_name=branch_label(row.branch),
        user_name=row.user.name,
        starts_on=row.starts_on,
        term_ends_on=row.term_ends_on,
        proposed_by=row.proposed_by,
        proposed_at=row.proposed_at,
        expires_at=row.expires_at,
        mine=mine,
        may_decide=may_approve(actor, row.role, row) and not mine and not about_me,
    )
