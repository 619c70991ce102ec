"""A branch that may write: a mail server, a calendar, an imprint."""

from collections.abc import Iterator

import pytest

from pervichka.register.branches.models import Branch
from tests.builders.branches import a_primary_branch
from tests.builders.messaging import Sink, a_calendar, a_mail_server, an_imprint


@pytest.fixture
def branch() -> Branch:
    found = a_primary_branch()
    root = found.parent.parent.parent  # type: ignore[union-attr] # a primary branch has all above it
    assert root is not None
    an_imprint(branch=root)
    a_calendar()
    return found


@pytest.fixture
def sink(settings) -> Iterator[Sink]:
    with a_mail_server(settings) as listening:
        yield listening
