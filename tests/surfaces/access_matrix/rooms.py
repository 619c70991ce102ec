"""A tree in every branch of which there is something to find, and somebody in every role.

    RU ─ RU-AA ─ L/own ─ P/one     most roles act in L/own, those for primary branches alone
               │       └ P/two     in P/one
               └ L/sib ─ P/nib

Every branch has people, events, posts, sheets, links, a request, a proposal and a report of
pressure of its own, whose names occur nowhere else: so a leak is found by looking for them. Nor is
a code the beginning of another. `building` builds it, `furnishing` fills each branch.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final, Literal
from uuid import uuid4

from django.test import Client
from django.utils import timezone

from pervichka.foundation import clock
from pervichka.foundation.periods import Month
from pervichka.register.access.permissions import Permission
from pervichka.register.access.roles import ROLES, Role
from pervichka.register.accounts.models import User

Relation = Literal["own", "child", "parent", "sibling", "beyond"]
TODAY: Final = timezone.localdate(clock.now())
MONTH: Final = Month.of(TODAY)
# Who acts: everyone but the operator, whom no post makes.
ACTING: Final = tuple(role for role in ROLES.values() if role.code != "operator")
# Who asks in no role: nobody at all; whoever opened the link to what is held of them; and a user,
# for what is held of them.
STRANGER, LINKED, HOLDER = "stranger", "linked", "holder"


@dataclass(frozen=True)
class Room:
    """A branch and what is in it. `things` are ids and codes; `marks` what a leak would show.

    Each mark stands beside the permissions one of which shows it.
    """

    name: str
    role: str
    proposed: str
    is_primary: bool
    things: Mapping[str, str]
    marks: Mapping[str, frozenset[Permission]]

    def absent(self) -> "Room":
        """The same with ids of nothing, as long as the true ones."""
        nothing = {
            key: str(uuid4()) if len(value) == len(str(uuid4())) else _of_nobody(value)
            for key, value in self.things.items()
        }
        nothing["grantable"] = self.role
        return Room("absent", self.role, self.proposed, self.is_primary, nothing, {})

    def having(self, **things: str) -> "Room":
        """The same with things besides that are there for one reader alone."""
        return replace(self, things={**self.things, **things})


@dataclass(frozen=True)
class Tree:
    """All rooms, and a browser for each who asks: none signed in for the stranger."""

    rooms: Mapping[str, Room]
    users: Mapping[str, User]
    browsers: Mapping[str, Client] = field(default_factory=dict)

    def inside(self, role: type[Role]) -> frozenset[str]:
        """The rooms of a role's own part of the tree."""
        if role.code == "nobody":
            return frozenset()
        return frozenset({"one"} if role.primary_only else {"own", "one", "two"})

    def around(self, role: type[Role]) -> dict[Relation, Room]:
        """The rooms as seen from where a role acts."""
        near: dict[Relation, str] = (
            {"own": "one", "parent": "own", "sibling": "two", "beyond": "nib"}
            if role.primary_only
            else {
                "own": "own",
                "child": "one",
                "parent": "RU-AA",
                "sibling": "sib",
                "beyond": "nib",
            }
        )
        return {relation: self.rooms[name] for relation, name in near.items()}


def _of_nobody(value: str) -> str:
    """As long, and of nothing: a number no row has, a code or name that nothing has."""
    return "9" * max(len(value), 6) if value.isdigit() else value[:-2] + "qq"
