"""Users with posts, for tests that go through the pages."""

from datetime import date

from pervichka.register.accounts.actions import create_user
from pervichka.register.accounts.models import User
from pervichka.register.branches.models import Branch
from pervichka.register.people.models import Person
from pervichka.register.posts.actions import appoint, open_post
from tests.builders.actors import OPERATOR
from tests.builders.branches import LONG_AGO


def a_user_with_post(
    *,
    branch: Branch,
    kind: str = "secretary",
    role: str | None = None,
    person: Person | None = None,
    name: str | None = None,
    password: str | None = None,
) -> User:
    """Someone who holds the post now and for long; without a role the kind's own."""
    user = create_user(name=name, password=password, person=person, by=OPERATOR, at=LONG_AGO)
    post = open_post(branch=branch, kind=kind, role=role, by=OPERATOR, at=LONG_AGO)
    appoint(post=post, user=user, starts_on=date(2025, 1, 1), by=OPERATOR, at=LONG_AGO)
    return user
