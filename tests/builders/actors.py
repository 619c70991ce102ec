"""Who acts in a test."""

from pervichka.register.access.actor import Actor, Interval
from pervichka.register.access.roles import BranchSecretary, Nobody, Role
from pervichka.register.branches.acting import OPERATOR
from pervichka.register.branches.models import Branch
from pervichka.register.people.models import Person

__all__ = ["OPERATOR", "STRANGER", "head_of", "oneself"]

STRANGER = Actor(code="stranger", role=Nobody, scope=None)


def head_of(
    branch: Branch, *, role: type[Role] = BranchSecretary, person: Person | None = None
) -> Actor:
    """Someone who holds the role over the branch and all below it."""
    return Actor(
        code=f"head:{branch.code}",
        role=role,
        scope=Interval(branch.place, branch.place_end),
        branch_id=branch.id,
        person_id=None if person is None else person.id,
    )


def oneself(person: Person) -> Actor:
    """A person on their own behalf."""
    return Actor(code=f"person:{person.id}", role=Nobody, scope=None, person_id=person.id)
