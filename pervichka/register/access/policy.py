"""Whether an actor may: asked by every action before it writes."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from pervichka.foundation.refusal import Reason
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


class BudgetExhausted(Exception):
    """More rows about people beyond one's own branch than are left today. None may be shown.

    It is full again at `full_at`, a moment of the organisation's own time zone.
    """

    def __init__(self, *, wanted: int, left: int, allowed: int, full_at: datetime) -> None:
        self.wanted, self.left, self.allowed, self.full_at = wanted, left, allowed, full_at
        super().__init__(str(self.reason))

    @property
    def reasons(self) -> Sequence[Reason]:
        """As a refusal gives them."""
        return (self.reason,)

    @property
    def reason(self) -> Reason:
        return Reason(
            message="this shows {wanted} rows about people of other branches, and {left} of"
            " {allowed} are left today; the budget is full again at {full_at}, and a data"
            " protection officer can raise it for today",
            params={
                "wanted": self.wanted,
                "left": self.left,
                "allowed": self.allowed,
                "full_at": f"{self.full_at:%Y-%m-%d %H:%M}",
            },
        )


def demand(actor: Actor, permission: Permission, where: HasPlace | None = None) -> None:
    """Raise `Forbidden` unless the actor holds the permission there (anywhere, if no place)."""
    if not actor.may(permission, None if where is None else where.place):
        raise Forbidden(actor, permission)
