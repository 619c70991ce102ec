"""Whether an actor may: asked by every action before it writes."""

from typing import Protocol

from pervichka.register.access.actor import Actor
from pervichka.register.access.permissions import Permission


class HasPlace(Protocol):
    @property
    def place(self) -> int: ...


class Forbidden(Exception):
    """The actor lacks the permission, or lacks it there. Answered like something that isn't."""

    def __init__(self, actor: Actor, permission: Permission) -> None:
        super().__init__(f"{actor.code} as {actor.role.code} lacks {permission}")
        self.permission = permission


def demand(actor: Actor, permission: Permission, where: HasPlace | None = None) -> None:
    """Raise `Forbidden` unless the actor holds the permission there (anywhere, if no place)."""
    if not actor.may(permission, None if where is None else where.place):
        raise Forbidden(actor, permission)
