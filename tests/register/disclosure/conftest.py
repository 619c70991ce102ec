"""A region of two primary branches, and those who ask for its people."""

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from pervichka.register.access.actor import Actor
from pervichka.register.accounts.models import User
from pervichka.register.branches.models import Branch
from pervichka.register.disclosure.actions import Wish
from pervichka.register.people.models import Person
from pervichka.register.posts.queries import acting_user
from tests.builders.branches import a_branch, a_primary_branch
from tests.builders.people import members
from tests.builders.users import a_user_with_post

AT = datetime(2026, 10, 20, 9, tzinfo=UTC)


@dataclass(frozen=True)
class Region:
    """`one` has three people and `two` has two. All act at `AT`."""

    root: Branch
    region: Branch
    local: Branch
    one: Branch
    two: Branch
    people: list[Person]
    secretary: Actor
    head: Actor
    regional_head: Actor
    officer: Actor
    users: dict[str, User]

    def wish(self, **changes: object) -> Wish:
        asked = {
            "branch": self.local,
            "affiliation": "",
            "purpose": "reconciliation",
            "words": "Сверка перед конференцией",
            "form": "csv",
        }
        return Wish(**(asked | changes))  # type: ignore[arg-type]  # by name


@pytest.fixture
def region(db: None) -> Region:
    one = a_primary_branch()
    two = a_branch(code="RU-AD/2", parent=one.parent)
    local, regional, root = (Branch.objects.get(code=c) for c in ("RU-AD/local", "RU-AD", "RU"))
    people = members(of=one, number=3) + members(of=two, number=2)
    kinds: dict[str, tuple[Branch, str]] = {
        "secretary": (one, "secretary"),
        "head": (local, "local_head"),
        "regional_head": (regional, "regional_head"),
        "officer": (root, "data_protection_officer"),
    }
    users = {
        name: a_user_with_post(branch=branch, kind=kind, name=name)
        for name, (branch, kind) in kinds.items()
    }

    def acting(name: str) -> Actor:
        return acting_user(users[name], at=AT)

    return Region(
        root=root,
        region=regional,
        local=local,
        one=one,
        two=two,
        people=people,
        users=users,
        secretary=acting("secretary"),
        head=acting("head"),
        regional_head=acting("regional_head"),
        officer=acting("officer"),
    )
