"""Whom a made-up organisation lets in by one click. Empty anywhere else, whatever is asked."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from pervichka.register.accounts.models import User
from pervichka.register.accounts.queries import is_made_up
from pervichka.register.branches.models import LEVEL_DEPTH, Branch
from pervichka.register.branches.queries.units import branch_label
from pervichka.register.posts.kinds import post_label
from pervichka.register.posts.queries.holdings import holdings_in_force


@dataclass(frozen=True, kw_only=True)
class SignInToTry:
    """A post in which the made-up organisation can be tried; `user_name` signs in.

    `within` names the region that a branch below it lies in, as its own name may be any region's.
    """

    user_name: str
    title: str
    branch_name: str
    within: str
    level: str
    role: str


def sign_ins_to_try(*, at: datetime) -> list[SignInToTry]:
    """Headquarters first, then down the tree; within a level in the organisation's own order."""
    if not is_made_up():
        return []
    held = (
        holdings_in_force(timezone.localdate(at))
        .filter(user__one_click_order__isnull=False, user__is_active=True)
        .select_related("user", "post__branch")
        .order_by("user__one_click_order", "place")
    )
    found: dict[str, SignInToTry] = {}
    for holding in held:
        user, branch = holding.user, holding.post.branch
        if user is not None and user.name not in found:
            found[user.name] = SignInToTry(
                user_name=user.name,
                title=post_label(holding.post.kind),
                branch_name=branch_label(branch),
                within=_region_of(branch),
                level=branch.level,
                role=holding.post.role,
            )
    return sorted(found.values(), key=lambda one: LEVEL_DEPTH[one.level])


def _region_of(branch: Branch) -> str:
    above = Branch.objects.filter(
        level="regional", place__lt=branch.place, place_end__gte=branch.place_end
    ).first()
    return "" if above is None else branch_label(above)


def user_to_try(name: str) -> User | None:
    """The user of that name, if one click may sign in as them; else none."""
    if not is_made_up():
        return None
    return User.objects.filter(name=name, is_active=True, one_click_order__isnull=False).first()
