"""Who did and who saw what: by person, actor and part of the tree, newest first, page by page."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import transaction

from pervichka.foundation.journal import journal
from pervichka.foundation.journal.queries import entries
from pervichka.register.access.actor import Actor, Interval
from pervichka.register.access.roles import DataProtectionOfficer
from pervichka.register.branches.acting import acting_as
from tests.builders.actors import OPERATOR

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 1, 9, tzinfo=UTC)
PLACES = [None, 5, 10, 10, 20, 10, 30, 40, 20]


def hour(number: int) -> datetime:
    return AT + timedelta(hours=number)


class At:
    def __init__(self, place: int) -> None:
        self.id, self.place = uuid4(), place


@pytest.fixture(autouse=True)
def written() -> None:
    """Nine acts, every third of them a look."""
    with transaction.atomic():
        for number, place in enumerate(PLACES):
            journal.append(
                by=Actor(code=f"user:{number % 2}", role=OPERATOR.role, scope=None),
                # Several at the same moment, as whatever is loaded at once is.
                at=AT + timedelta(hours=number // 3),
                action=f"thing.{number}",
                subject=("people.person", number % 4),
                branch=None if place is None else At(place),
                look=number % 3 == 0,
            )


def numbers(**asked) -> Sequence[int]:
    return [int(one.action.removeprefix("thing.")) for one in entries(**asked)]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, [8, 7, 6, 5, 4, 3, 2, 1, 0]),
        ({"looks": True}, [6, 3, 0]),
        ({"subjects": ["1"]}, [5, 1]),
        ({"subjects": ["1", "3"]}, [7, 5, 3, 1]),
        ({"actor": "user:1"}, [7, 5, 3, 1]),
        ({"actor": "user:1", "looks": True}, [3]),
        ({"actor": "user:1", "within": (10, 20)}, [5, 3]),
        ({"within": (10, 20)}, [8, 5, 4, 3, 2]),
        ({"within": (10, 10)}, [5, 3, 2]),
        ({"within": (10, 30), "looks": True}, [6, 3]),
        ({"within": (11, 19)}, []),
        ({"within": (10, 20), "limit": 2}, [8, 5]),
        ({"within": (5, 40), "limit": 3}, [8, 7, 6]),
        ({"since": hour(1)}, [8, 7, 6, 5, 4, 3]),
        ({"until": hour(1)}, [2, 1, 0]),
        ({"since": hour(1), "until": hour(2)}, [5, 4, 3]),
        ({"since": hour(1), "until": hour(2), "within": (10, 20)}, [5, 4, 3]),
        ({"until": hour(1), "within": (10, 20)}, [2]),
        ({"since": hour(1), "until": hour(2), "actor": "user:1"}, [5, 3]),
        ({"since": hour(1), "subjects": ["0"]}, [8, 4]),
        ({"since": hour(3)}, []),
    ],
)
def test_the_newest_that_fit(asked, expected):
    assert numbers(**asked) == expected


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"looks": True},
        {"within": (5, 30)},
        {"within": (5, 30), "until": hour(2)},
        {"actor": "user:0"},
        {"subjects": ["0"]},
        {"since": hour(1)},
    ],
)
def test_page_by_page_comes_to_the_whole(asked):
    whole, paged, before = entries(**asked), [], None
    while part := entries(**asked, before=before, limit=2):
        paged += part
        before = part[-1].id
    assert paged == whole


@pytest.mark.parametrize(
    "asked", [{}, {"within": (0, 100)}, {"actor": "user:0"}, {"subjects": ["0", "1", "2", "3"]}]
)
def test_what_the_scope_does_not_hold_is_not_there(asked):
    officer = Actor(code="user:9", role=DataProtectionOfficer, scope=Interval(10, 20))
    with acting_as(officer):
        assert set(numbers(**asked)) <= {8, 5, 4, 3, 2}
        assert numbers(**asked)


def test_what_was_written_late_stands_where_it_happened():
    with transaction.atomic():
        journal.append(
            by=OPERATOR,
            at=AT - timedelta(days=1),
            action="thing.9",
            subject=("people.person", 0),
            branch=At(10),
        )
    assert numbers()[-1] == 9
    assert numbers(within=(10, 10)) == [5, 3, 2, 9]
    (before,) = [one.id for one in entries() if one.action == "thing.2"]
    assert numbers(within=(10, 10), before=before) == [9]


def test_after_an_entry_out_of_the_scope_comes_nothing():
    unseen = entries(within=(40, 40))[0].id
    officer = Actor(code="user:9", role=DataProtectionOfficer, scope=Interval(10, 20))
    with acting_as(officer):
        assert entries(before=unseen) == []
