"""Who looked at a person: for that person. Dates, roles and branches, and no names."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from pervichka.foundation.journal.models import Entry
from pervichka.foundation.postgres.django.scoping import within
from pervichka.foundation.postgres.scope import EVERYTHING
from pervichka.register.access.actor import Actor
from pervichka.register.branches.queries.units import branch_label
from pervichka.register.people.queries import reasons_for
from pervichka.register.posts.kinds import post_label
from pervichka.register.posts.models import PostHolding

# No look by itself, but it opens all that is held.
_LINK = "own_link.printed"
ENTERED = "person.enrolled"
MOST = 200


@dataclass(frozen=True, kw_only=True)
class Look:
    """`post` and `branch` are of whoever looked; empty where it was no holder of a post.

    `way`: `post`, `operator` for the server's command line, `self`, or `system`. `reason`: why the
    name was opened from above the branch, in words.
    """

    at: datetime
    actor: str
    action: str
    way: str
    post: str
    branch: str
    reason: str = ""


def who_looked_at(actor: Actor) -> Sequence[Look]:
    """The latest looks at the actor themself, the latest first."""
    looks = _entries(actor, Q(look=True) | Q(action=_LINK))
    if actor.person_id is None or not looks:
        return looks
    reasons = {(one.at, one.actor): one.reason for one in reasons_for(actor.person_id)}
    return [replace(one, reason=reasons.get((one.at, one.actor), "")) for one in looks]


def who_entered(actor: Actor) -> Look | None:
    """By whom the actor was entered in the register, if not within a bulk load."""
    found = _entries(actor, Q(action=ENTERED))
    return found[-1] if found else None


def _entries(actor: Actor, which: Q) -> list[Look]:
    if actor.person_id is None:
        return []
    found = list(
        Entry.objects.filter(which, subject_id=str(actor.person_id))
        .exclude(actor__in=_oneself(actor))
        .order_by("-at", "-id")[:MOST]
    )
    # Which post somebody held elsewhere is not the person's to see; what it is called is.
    with within(EVERYTHING):
        held = _held({one for entry in found if (one := _user(entry.actor)) is not None})
        return [_look(entry, held) for entry in found]


def _look(entry: Entry, held: list[PostHolding]) -> Look:
    holding = _acted_in(entry, held)
    kind = entry.actor.partition(":")[0]
    return Look(
        at=entry.at,
        actor=entry.actor,
        action=entry.action,
        way="post" if kind == "user" else kind,
        post="" if holding is None else post_label(holding.post.kind),
        branch="" if holding is None else branch_label(holding.branch),
    )


def _acted_in(entry: Entry, held: list[PostHolding]) -> PostHolding | None:
    """The post that let them look: of several the one nearest to the person's branch."""
    day, user = timezone.localdate(entry.at), _user(entry.actor)
    reaching = [
        one
        for one in held
        if one.user_id == user
        and one.starts_on <= day
        and (one.ended_on is None or one.ended_on >= day)
        and (entry.place_now is None or one.place <= entry.place_now <= one.branch.place_end)
    ]
    return max(reaching, key=lambda one: one.place, default=None)


def _held(users: set[UUID]) -> list[PostHolding]:
    return list(PostHolding.objects.filter(user__in=users).select_related("post", "branch"))


def _user(code: str) -> UUID | None:
    kind, _, id_ = code.partition(":")
    try:
        return UUID(id_) if kind == "user" else None
    except ValueError:
        return None


def _oneself(actor: Actor) -> list[str]:
    return [f"person:{actor.person_id}", *([f"user:{actor.user_id}"] if actor.user_id else [])]
