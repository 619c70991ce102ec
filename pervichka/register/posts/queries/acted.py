"""Who stood behind a code of the journal's when it was written: the user's posts of that day."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from pervichka.register.access.actor import Actor
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import demand
from pervichka.register.accounts.models import User
from pervichka.register.posts.kinds import post_label
from pervichka.register.posts.models import PostHolding

_PREFIX = "user:"


@dataclass(frozen=True, kw_only=True)
class PostHeld:
    """A post that a user held from the one day to the other, none meaning still."""

    title: str
    branch_code: str
    starts_on: date
    until: date | None

    def on(self, day: date) -> bool:
        return self.starts_on <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, kw_only=True)
class UserInJournal:
    """A user by the name they sign in with, and their posts that the reader sees."""

    name: str
    posts: Sequence[PostHeld]


def users_in_journal(codes: Iterable[str], *, actor: Actor) -> Mapping[str, UserInJournal]:
    """The users among the codes of actors. Two queries. Raises `Forbidden`."""
    demand(actor, Permission.READ_JOURNAL)
    ids = {id_ for id_ in map(_id, codes) if id_ is not None}
    names = dict(User.objects.filter(id__in=ids).values_list("id", "name"))
    posts: dict[UUID, list[PostHeld]] = {id_: [] for id_ in names}
    if actor.scope is not None:
        held = PostHolding.objects.filter(
            user__in=names, place__gte=actor.scope.start, place__lte=actor.scope.end
        )
        for row in held.select_related("post", "branch").order_by("place", "starts_on"):
            if row.user_id is not None:
                posts[row.user_id].append(_held(row))
    return {
        f"{_PREFIX}{id_}": UserInJournal(name=name, posts=posts[id_]) for id_, name in names.items()
    }


def actor_in_journal(text: str, *, actor: Actor) -> str:
    """The code of an actor by the name of a user, or the code itself. Raises `Forbidden`."""
    demand(actor, Permission.READ_JOURNAL)
    wanted = text.strip()
    found = User.objects.filter(name=wanted).values_list("id", flat=True).first()
    return wanted if found is None else f"{_PREFIX}{found}"


def _held(row: PostHolding) -> PostHeld:
    last = [day for day in (row.ended_on, row.term_ends_on) if day is not None]
    return PostHeld(
        title=post_label(row.post.kind),
        branch_code=row.branch.code,
        starts_on=row.starts_on,
        until=min(last, default=None),
    )


def _id(code: str) -> UUID | None:
    try:
        return UUID(code.removeprefix(_PREFIX)) if code.startswith(_PREFIX) else None
    except ValueError:
        return None
