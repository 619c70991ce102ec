"""Branches for tests."""

from datetime import UTC, date, datetime

from pervichka.register.branches.actions.branches import create_branch
from pervichka.register.branches.models import Branch, LevelOfTree
from tests.builders.actors import OPERATOR

LONG_AGO = datetime(2025, 1, 1, 9, tzinfo=UTC)


def a_branch(
    *,
    code: str,
    level: str = LevelOfTree.PRIMARY,
    parent: Branch | None = None,
    name: str = "",
    voters: int | None = None,
    opened_on: date | None = None,
) -> Branch:
    return create_branch(
        code=code,
        level=level,
        name=name or f"Branch {code}",
        parent=parent,
        voters=voters,
        opened_on=opened_on,
        by=OPERATOR,
        at=LONG_AGO,
    )


def a_root() -> Branch:
    """The whole organisation: a fresh one in each test."""
    return a_branch(code="RU", level=LevelOfTree.FEDERAL, name="The organisation")


def a_primary_branch(*, code: str = "RU-AD/1") -> Branch:
    """A primary branch with all that stands above it."""
    regional = a_branch(code="RU-AD", level=LevelOfTree.REGIONAL, parent=a_root())
    local = a_branch(code="RU-AD/local", level=LevelOfTree.LOCAL, parent=regional)
    return a_branch(code=code, parent=local)
