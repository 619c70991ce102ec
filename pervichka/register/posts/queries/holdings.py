"""Who holds what post on a day, and what that lets them do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from pervichka.foundation.postgres.django.scoping import within
from pervichka.foundation.postgres.scope import NOTHING, Scope
from pervichka.register.access.actor import Actor, Interval
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import demand
from pervichka.register.access.roles import ROLES, Nobody
from pervichka.register.accounts.models import User
from pervichka.register.branches.models import Branch
from pervichka.register.branches.queries.units import Unit, branch_label
from pervichka.register.posts.kinds import post_label
from pervichka.register.posts.models import Post, PostHolding


@dataclass(frozen=True, kw_only=True)
class PostChoice:
    """A post that a user may act in; `current` is the one they would act in if they chose none."""

    id: UUID
    title: str
    branch_id: UUID
    branch_name: str
    level: str
    role: str
    acting: bool
    term_ends_on: date | None
    current: bool = False


@dataclass(frozen=True, kw_only=True)
class PostOfBranch:
    """A post of a branch and who holds it. The holder's name only for whoever sees people there."""

    id: UUID
    kind: str
    title: str
    filled: bool
    acting: bool
    holder: str | None
    holder_id: UUID | None
    starts_on: date | None
    term_ends_on: date | None
    term_over: bool


def holdings_in_force(on: date) -> QuerySet[PostHolding]:
    """Holdings that give rights that day.

    Begun, not ended, the term not over, the post and the branch open; and where it was delegated,
    the holding it comes from is so too.
    """
    delegated = _in_force(on, "delegated_from__")
    return PostHolding.objects.filter(_in_force(on), Q(delegated_from=None) | delegated)


def _in_force(on: date, of: str = "") -> Q:
    def open_or_after(name: str) -> Q:
        return Q(**{of + name: None}) | Q(**{f"{of}{name}__gt": on})

    return (
        open_or_after("ended_on")
        & (Q(**{f"{of}term_ends_on": None}) | Q(**{f"{of}term_ends_on__gte": on}))
        & open_or_after("post__closed_on")
        & open_or_after("post__branch__closed_on")
        & Q(**{f"{of}starts_on__lte": on})
    )


def actor_for(user: User, *, at: datetime, post_id: UUID | None = None) -> Actor:
    """The user in one of their posts: the one asked for if they hold it, else their highest.

    Without a post, or switched off, they are nobody: what is public remains.
    """
    held = _held_by(user, timezone.localdate(at))
    if not held:
        return Actor(
            code=f"user:{user.id}",
            role=Nobody,
            scope=None,
            user_id=user.id,
            person_id=user.person_id,
        )
    chosen = next((holding for holding in held if holding.post_id == post_id), held[0])
    branch = chosen.post.branch
    return Actor(
        code=f"user:{user.id}",
        role=ROLES.get(chosen.post.role, Nobody),
        scope=Interval(branch.place, branch.place_end),
        user_id=user.id,
        post_id=chosen.post_id,
        branch_id=branch.id,
        person_id=user.person_id,
        title=f"{post_label(chosen.post.kind)}, {branch_label(branch)}",
        level=branch.level,
    )


def acting_user(user: User, *, at: datetime, post_id: UUID | None = None) -> Actor:
    """The same, asked by the user themself: it takes no one's scope but theirs to find out."""
    with within(Scope(NOTHING.start, NOTHING.end, user_id=user.id)):
        return actor_for(user, at=at, post_id=post_id)


def acting_choices(user: User, *, at: datetime, post_id: UUID | None = None) -> list[PostChoice]:
    """The posts the user holds, the widest first; `post_id` is the one they act in now."""
    held = _held_by(user, timezone.localdate(at))
    ids = [holding.post_id for holding in held]
    current = post_id if post_id in ids else next(iter(ids), None)
    return [_choice(holding, current=holding.post_id == current) for holding in held]


def own_posts(actor: Actor, *, at: datetime) -> list[PostChoice]:
    """The posts that the actor themself holds, in whichever of them they act, or in none."""
    user = User.objects.filter(id=actor.user_id).first() if actor.user_id else None
    if user is None:
        return []
    with within(Scope(NOTHING.start, NOTHING.end, user_id=user.id)):
        return acting_choices(user, at=at)


def signs_in_or_holds(person_id: UUID) -> bool:
    """Whether the person has a user, or a post that has not ended, as far as the scope reaches."""
    held = PostHolding.objects.filter(person_id=person_id, ended_on=None)
    return User.objects.filter(person_id=person_id).exists() or held.exists()


def posts_of_branch(*, branch: Branch | Unit, on: date, actor: Actor) -> list[PostOfBranch]:
    """The posts of one branch that are open that day, filled or not."""
    demand(actor, Permission.SEE_BRANCHES)
    named = actor.may(Permission.SEE_PEOPLE, branch.place)
    posts = Post.objects.filter(
        Q(opened_on=None) | Q(opened_on__lte=on),
        Q(closed_on=None) | Q(closed_on__gt=on),
        branch_id=branch.id,
    ).order_by("kind", "id")
    holdings = {
        holding.post_id: holding
        for holding in PostHolding.objects.filter(
            Q(ended_on=None) | Q(ended_on__gt=on), post__in=posts, starts_on__lte=on
        ).select_related("person")
    }
    return [_of_branch(post, holdings.get(post.id), on, named=named) for post in posts]


def _held_by(user: User, on: date) -> Sequence[PostHolding]:
    if not user.is_active:
        return []
    return list(
        holdings_in_force(on)
        .filter(user=user)
        .select_related("post__branch")
        # The smaller the place, the higher in the tree; of two in one branch the older post.
        .order_by("place", "-post__branch__place_end", "post_id")
    )


def _choice(holding: PostHolding, *, current: bool) -> PostChoice:
    branch = holding.post.branch
    return PostChoice(
        id=holding.post_id,
        title=post_label(holding.post.kind),
        branch_id=branch.id,
        branch_name=branch_label(branch),
        level=branch.level,
        role=holding.post.role,
        acting=holding.acting,
        term_ends_on=holding.term_ends_on,
        current=current,
    )


def _of_branch(post: Post, holding: PostHolding | None, on: date, *, named: bool) -> PostOfBranch:
    person = holding.person if holding is not None and named else None
    ends = holding.term_ends_on if holding is not None else None
    return PostOfBranch(
        id=post.id,
        kind=post.kind,
        title=post_label(post.kind),
        filled=holding is not None,
        acting=holding is not None and holding.acting,
        holder=None if person is None else person.full_name,
        holder_id=None if person is None else person.id,
        starts_on=None if holding is None else holding.starts_on,
        term_ends_on=ends,
        term_over=ends is not None and ends < on,
    )
