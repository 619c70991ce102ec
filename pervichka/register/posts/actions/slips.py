"""Sign-in slips are printed for those who hold posts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from pervichka.foundation.journal import journal
from pervichka.foundation.refusal import refuse
from pervichka.register.access.actor import Actor
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import Forbidden, demand
from pervichka.register.access.roles import ROLES
from pervichka.register.accounts.actions.slips import PrintedSlip, own_scope, write_slip
from pervichka.register.accounts.actions.users import LANGUAGES, opaque_name
from pervichka.register.accounts.models import User
from pervichka.register.branches.queries.units import branch_label
from pervichka.register.posts.kinds import post_label
from pervichka.register.posts.models import PostHolding
from pervichka.register.posts.queries.coming_in import holdings_within
from pervichka.register.posts.queries.holdings import holdings_in_force

MOST_AT_ONCE = 100


@dataclass(frozen=True, kw_only=True)
class SlipOfHolder:
    """A slip, and what is printed above it: the holder's name only for whoever sees people."""

    slip: PrintedSlip
    holding_id: UUID
    holder: str | None
    post: str
    branch_id: UUID
    branch: str


@transaction.atomic
def print_slips(
    *, holding_ids: Sequence[UUID], language: str, by: Actor, at: datetime
) -> list[SlipOfHolder]:
    """A slip for each holder, all or none; whoever has no user yet gets one.

    A slip signs in as its user, so nobody prints one for a user who holds a post anywhere outside
    their own scope, or with more rights than their own. Raises `Forbidden`, `Refused`.
    """
    demand(by, Permission.ISSUE_SLIPS)
    if not 0 < len(holding_ids) <= MOST_AT_ONCE:
        raise refuse("choose 1 to {most} people", most=MOST_AT_ONCE)
    if language not in LANGUAGES:
        raise refuse("choose a language of the slip")
    # One out of sight is told from one that isn't by nothing.
    held = list(
        holdings_within(by, at)
        .filter(id__in=holding_ids)
        .select_related("post", "branch", "person")
        .select_for_update(of=("self",))
        .order_by("place", "id")
    )
    if len(held) != len(set(holding_ids)):
        raise refuse("one of the chosen holds this post no longer; look at the list again")
    return [_print(holding, language, by, at) for holding in held]


def _demand_no_more_than_own(by: Actor, role: str) -> None:
    """Whoever prints a slip could use it: it must open nothing that they may not do themselves."""
    for permission in sorted(ROLES[role].permissions - by.permissions):
        raise Forbidden(by, permission)


def _print(holding: PostHolding, language: str, by: Actor, at: datetime) -> SlipOfHolder:
    demand(by, Permission.ISSUE_SLIPS, holding)
    _demand_no_more_than_own(by, holding.post.role)
    user = _user_of(holding, language, by, at)
    for other in _held_anywhere(user, at):
        demand(by, Permission.ISSUE_SLIPS, other)
        _demand_no_more_than_own(by, other.post.role)
    slip = write_slip(user=user, branch=holding.branch, language=language, by=by, at=at)
    named = holding.person if by.may(Permission.SEE_PEOPLE, holding.place) else None
    return SlipOfHolder(
        slip=slip,
        holding_id=holding.id,
        holder=None if named is None else named.full_name,
        post=post_label(holding.post.kind),
        branch_id=holding.branch_id,
        branch=branch_label(holding.branch),
    )


def _held_anywhere(user: User, at: datetime) -> list[PostHolding]:
    """Everything the user holds: the printer's own scope would hide what forbids the slip."""
    with own_scope(user.id):
        held = holdings_in_force(timezone.localdate(at)).filter(user=user)
        return list(held.select_related("post"))


def _user_of(holding: PostHolding, language: str, by: Actor, at: datetime) -> User:
    """Whoever holds the post signs in as this user."""
    if holding.user is not None:
        return holding.user
    user = User.objects.filter(person_id=holding.person_id).first() if holding.person_id else None
    if user is None:
        user = User(name=opaque_name(), person=holding.person, language=language)
        user.set_unusable_password()
        user.save(force_insert=True)
        journal.append(by=by, at=at, action="user.created", subject=user, branch=holding.branch)
    holding.user = user
    holding.save(update_fields=["user"])
    return user
