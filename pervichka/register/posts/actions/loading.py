"""Many posts, their holders and the users among them written at once, as one act."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from django.db import transaction

from pervichka.foundation.journal import journal
from pervichka.register.access.actor import Actor
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import demand
from pervichka.register.branches.actions.bulk import copy_in


class UserRow(NamedTuple):
    """A user who has no password, and so signs in by one click or not at all."""

    id: UUID
    name: str
    person_id: UUID | None
    last_active_on: date | None
    one_click_order: int | None
    password: str = "!"  # noqa: S105 - Django's mark for none
    is_active: bool = True
    language: str = "ru"


class PostRow(NamedTuple):
    id: UUID
    branch_id: UUID
    place: int
    kind: str
    role: str
    opened_on: date | None = None
    closed_on: date | None = None


class PostHoldingRow(NamedTuple):
    id: UUID
    branch_id: UUID
    place: int
    post_id: UUID
    person_id: UUID | None
    user_id: UUID | None
    acting: bool
    starts_on: date
    term_ends_on: date | None
    ended_on: date | None


@transaction.atomic
def load_posts(
    *,
    users: Iterable[UserRow],
    posts: Iterable[PostRow],
    holdings: Iterable[PostHoldingRow],
    by: Actor,
    at: datetime,
) -> None:
    """Write users, posts and who holds them."""
    demand(by, Permission.LOAD_IN_BULK)
    copy_in("account", UserRow._fields, users)
    copy_in("post", PostRow._fields, posts)
    copy_in("post_holding", PostHoldingRow._fields, holdings)
    journal.append(by=by, at=at, action="posts.loaded", subject=("posts", "all"))
