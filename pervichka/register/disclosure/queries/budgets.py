"""What is left of a day's rows, and who may have it raised."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import Q, Sum
from django.utils import timezone

from pervichka.register.access.actor import Actor
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import demand
from pervichka.register.access.roles import ROLES
from pervichka.register.branches.queries.units import branch_label
from pervichka.register.disclosure.models import BudgetRaise, RowBudget
from pervichka.register.disclosure.policy import policy
from pervichka.register.posts.kinds import post_label
from pervichka.register.posts.models import Post
from pervichka.register.posts.queries import holdings_in_force


@dataclass(frozen=True, kw_only=True)
class Budget:
    """Rows about people beyond one's own branch, for one account on one day."""

    allowed: int
    spent: int
    full_at: datetime

    @property
    def left(self) -> int:
        return max(self.allowed - self.spent, 0)


@dataclass(frozen=True, kw_only=True)
class DrawnBudget:
    """An account of the actor's part of the tree that was shown people beyond its branch today."""

    user_name: str
    post: str
    branch: str
    spent: int
    raised: int


def budget_of(actor: Actor, *, at: datetime) -> Budget:
    """The actor's own, in the post they act in. Two queries."""
    day = timezone.localdate(at)
    users = [actor.user_id] if actor.user_id else []
    row = RowBudget.objects.filter(user_id__in=users, day=day).first()
    raised = BudgetRaise.objects.filter(user_id__in=users, day=day).aggregate(all=Sum("rows"))
    return Budget(
        allowed=policy().rows_a_day(actor.level) + (raised["all"] or 0),
        spent=0 if row is None else row.spent,
        full_at=timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min)),
    )


def who_may_raise(actor: Actor) -> Sequence[str]:
    """The posts that may raise this actor's budget: what they are called, and where. No names."""
    codes = [role.code for role in ROLES.values() if Permission.RAISE_BUDGETS in role.permissions]
    if actor.scope is None:
        return []
    # A post says nothing of who holds it, so it is looked for past one's own part of the tree.
    posts = Post._base_manager.filter(  # noqa: SLF001 - Django's public name for it
        closed_on=None,
        role__in=codes,
        branch__place__lte=actor.scope.start,
        branch__place_end__gte=actor.scope.end,
    ).select_related("branch")
    found = posts.order_by("-branch__place", "id")
    return list(
        dict.fromkeys(f"{post_label(one.kind)}, {branch_label(one.branch)}" for one in found)
    )


def budgets_drawn(actor: Actor, *, at: datetime, most: int = 100) -> Sequence[DrawnBudget]:
    """The accounts that drew on their budget today, most first. Three queries."""
    demand(actor, Permission.RAISE_BUDGETS)
    day = timezone.localdate(at)
    if actor.scope is None:
        return []
    held = (
        holdings_in_force(day)
        .filter(place__range=(actor.scope.start, actor.scope.end), user__isnull=False)
        .filter(Q(user__in=RowBudget.objects.filter(day=day, spent__gt=0).values("user_id")))
        .select_related("post", "branch", "user")
        .order_by("-place", "id")
    )
    by_user = {one.user.id: (one.user.name, one) for one in held if one.user is not None}
    spent = RowBudget.objects.filter(day=day, user_id__in=by_user).order_by("-spent", "user_id")
    raised = dict(
        BudgetRaise.objects.filter(day=day, user_id__in=by_user)
        .values("user_id")
        .annotate(all=Sum("rows"))
        .values_list("user_id", "all")
    )
    return [
        DrawnBudget(
            user_name=by_user[row.user_id][0],
            post=post_label(by_user[row.user_id][1].post.kind),
            branch=branch_label(by_user[row.user_id][1].branch),
            spent=row.spent,
            raised=raised.get(row.user_id, 0),
        )
        for row in spent[:most]
    ]
