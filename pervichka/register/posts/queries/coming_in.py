"""Who of those who hold posts has not signed in yet, and how their slip stands."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from pervichka.register.access.actor import Actor
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import demand
from pervichka.register.access.roles import ROLES
from pervichka.register.accounts.models import SignInSlip
from pervichka.register.branches.queries.units import branch_label
from pervichka.register.posts.kinds import post_label
from pervichka.register.posts.models import PostHolding
from pervichka.register.posts.queries.holdings import holdings_in_force


@dataclass(frozen=True, kw_only=True)
class ComingIn:
    """A holder of a post. `slip_until`: a printed slip that still opens; `slip_ran_out`: one that
    does no more. `may_print`: as far as this post's rights go."""

    holding_id: UUID
    post: str
    branch_id: UUID
    branch_code: str
    branch: str
    level: str
    holder: str | None
    has_been_in: bool
    slip_until: datetime | None
    slip_ran_out: bool
    may_print: bool


@dataclass(frozen=True, kw_only=True)
class ComingInList:
    """A part of the list, and how many there are: not in yet, and in all."""

    rows: list[ComingIn]
    not_in: int
    total: int


def coming_in(
    *, actor: Actor, at: datetime, everyone: bool = False, offset: int = 0, limit: int = 50
) -> ComingInList:
    """Over the actor's subtree, in the order of the tree; those not in yet unless `everyone`."""
    demand(actor, Permission.ISSUE_SLIPS)
    held = holdings_within(actor, at)
    missing = held.exclude(_has_been_in())
    shown = held if everyone else missing
    rows = list(
        shown.select_related("post", "branch", "person", "user").order_by("place", "post_id")[
            offset : offset + limit
        ]
    )
    slips = {
        slip.user_id: slip
        for slip in SignInSlip.objects.filter(
            user_id__in=[row.user_id for row in rows if row.user_id],
            used_at=None,
            withdrawn_at=None,
        )
    }
    return ComingInList(
        rows=[
            _row(row, slips.get(row.user_id) if row.user_id else None, actor, at) for row in rows
        ],
        not_in=missing.count(),
        total=held.count(),
    )


def reaches_above_primary(holding_ids: list[UUID], *, actor: Actor, at: datetime) -> bool:
    """Whether one of these posts is above a primary branch, of those that the actor sees."""
    found = holdings_within(actor, at).filter(id__in=holding_ids)
    return found.exclude(branch__level="primary").exists()


def holdings_within(actor: Actor, at: datetime) -> QuerySet[PostHolding]:
    """What is held today in the actor's part of the tree."""
    if actor.scope is None:
        return PostHolding.objects.none()
    return holdings_in_force(timezone.localdate(at)).filter(
        place__gte=actor.scope.start, place__lte=actor.scope.end
    )


def _has_been_in() -> Q:
    return Q(user__isnull=False) & (
        Q(user__last_login__isnull=False) | Q(user__last_active_on__isnull=False)
    )


def _row(holding: PostHolding, slip: SignInSlip | None, actor: Actor, at: datetime) -> ComingIn:
    named = holding.person if actor.may(Permission.SEE_PEOPLE, holding.place) else None
    user = holding.user
    role = ROLES.get(holding.post.role)
    return ComingIn(
        holding_id=holding.id,
        post=post_label(holding.post.kind),
        branch_id=holding.branch_id,
        branch_code=holding.branch.code,
        branch=branch_label(holding.branch),
        level=holding.branch.level,
        holder=None if named is None else named.full_name,
        has_been_in=user is not None
        and (user.last_login is not None or user.last_active_on is not None),
        slip_until=slip.expires_at if slip is not None and slip.expires_at > at else None,
        slip_ran_out=slip is not None and slip.expires_at <= at,
        may_print=role is not None and role.permissions <= actor.permissions,
    )
