"""Who acts, and over which part of the tree."""

from dataclasses import dataclass, field
from uuid import UUID

from pervichka.register.access.permissions import Permission
from pervichka.register.access.roles import Role


@dataclass(frozen=True)
class Interval:
    """A subtree: the places `start` to `end`, both included."""

    start: int
    end: int

    def contains(self, other: "Interval | int") -> bool:
        if isinstance(other, int):
            return self.start <= other <= self.end
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, kw_only=True)
class Actor:
    """A user in one of their posts: a role over a subtree.

    `code` stands in the journal: `user:<id>`, `operator` for the local command line, `system` for
    background work, `person:<id>` for someone acting on their own behalf through a link.
    """

    code: str
    role: type[Role]
    scope: Interval | None
    user_id: UUID | None = None
    post_id: UUID | None = None
    branch_id: UUID | None = None
    person_id: UUID | None = None
    title: str = ""
    level: str = ""
    """Of the branch whose post is acted in."""
    permissions: frozenset[Permission] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "permissions", self.role.permissions)

    @property
    def is_above_primary(self) -> bool:
        """Whether the post reaches beyond one primary branch, so that a password is not enough."""
        return self.post_id is not None and self.level != "primary"

    def may(self, permission: Permission, place: int | None = None) -> bool:
        """Whether the actor holds the permission, and, where a place is given, holds it there."""
        if permission not in self.permissions:
            return False
        return place is None or (self.scope is not None and self.scope.contains(place))
