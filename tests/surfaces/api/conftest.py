"""A small organisation, and those who ask the API about it.

RU ─ RU-AD ─ RU-AD/m ─ RU-AD/1   Alice is its secretary
                    └ RU-AD/2   the sibling
   └ RU-AL                      the neighbouring region
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from pervichka.register.accounts.actions import create_user
from pervichka.register.accounts.models import User
from pervichka.register.branches.models import Branch
from pervichka.register.people.models import Person
from pervichka.register.posts.actions import appoint, open_post
from tests.builders.actors import OPERATOR
from tests.builders.branches import a_branch, a_root
from tests.builders.people import a_person

AT = datetime(2025, 1, 1, 9, tzinfo=UTC)
LONG_AGO = date(2025, 1, 1)


@dataclass(frozen=True)
class Town:
    """Branches and people by code."""

    branches: Mapping[str, Branch]
    people: Mapping[str, Person] = field(default_factory=dict)


@pytest.fixture(autouse=True)
def static_files_as_they_lie(settings: Settings) -> None:
    """Nothing is collected for tests."""
    settings.WHITENOISE_AUTOREFRESH = True
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }


@pytest.fixture
def town(db: None) -> Town:
    root = a_root()
    region = a_branch(code="RU-AD", level="regional", parent=root)
    local = a_branch(code="RU-AD/m", level="local", parent=region)
    first = a_branch(code="RU-AD/1", parent=local)
    second = a_branch(code="RU-AD/2", parent=local)
    neighbour = a_branch(code="RU-AL", level="regional", parent=root)
    branches = [root, region, local, first, second, neighbour]
    return Town(
        {branch.code: branch for branch in branches},
        {code: a_person(branch=b, code=code) for code, b in (("p1", first), ("p2", second))},
    )


def a_user(name: str, *, branch: Branch | None = None, post: str = "", role: str = "") -> User:
    """A user, holding the post if one is named."""
    user = create_user(name=name, by=OPERATOR, at=AT)
    if branch is not None:
        opened = open_post(
            branch=branch, kind=post, role=role or None, opened_on=LONG_AGO, by=OPERATOR, at=AT
        )
        appoint(post=opened, user=user, starts_on=LONG_AGO, by=OPERATOR, at=AT)
    return user


class Asker:
    """Somebody at the API's door."""

    def __init__(self, user: User | None = None, *, checks_csrf: bool = False) -> None:
        self.client = Client(enforce_csrf_checks=checks_csrf)
        if user is not None:
            self.client.force_login(user)

    def get(self, path: str, **query: Any) -> tuple[int, Any]:
        answer = self.client.get(f"/api/v1{path}", query)
        return answer.status_code, answer.json()

    def send(self, method: str, path: str, body: Any, **headers: str) -> tuple[int, Any]:
        answer = self.client.generic(
            method, f"/api/v1{path}", _json(body), content_type="application/json", headers=headers
        )
        return answer.status_code, answer.json()


def _json(body: Any) -> str:

    return json.dumps(body)


@pytest.fixture
def alice(town: Town) -> Asker:
    """The secretary of RU-AD/1."""
    return Asker(a_user("alice", branch=town.branches["RU-AD/1"], post="secretary"))


@pytest.fixture
def head(town: Town) -> Asker:
    """The head of the region RU-AD."""
    return Asker(a_user("head", branch=town.branches["RU-AD"], post="regional_head"))


@pytest.fixture
def viewer(town: Town) -> Asker:
    """Sees the whole tree and nobody's personal data."""
    return Asker(a_user("viewer", branch=town.branches["RU"], post="viewer"))


@pytest.fixture
def nobody(town: Town) -> Asker:
    """Signed in, without a post."""
    return Asker(a_user("nobody"))


@pytest.fixture
def stranger(db: None) -> Asker:
    """Not signed in."""
    return Asker()
