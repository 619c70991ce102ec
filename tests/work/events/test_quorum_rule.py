"""How many must come: the rule as data."""

import pytest

from pervichka.work.events.models import MEETINGS, EventKind
from pervichka.work.events.quorum import Electorate, rule_for


@pytest.mark.parametrize(
    ("members", "needed"),
    [(0, 3), (1, 3), (3, 3), (5, 3), (6, 4), (19, 10), (20, 11), (21, 11), (33, 11), (34, 12),
     (100, 34), (1000, 334)],
)  # fmt: skip
def test_of_a_general_meeting(members: int, needed: int) -> None:
    rule = rule_for(EventKind.GENERAL_MEETING)

    assert rule is not None
    assert rule.of is Electorate.MEMBERS
    assert rule.needed(members) == needed


def test_a_larger_branch_never_needs_fewer() -> None:
    for kind in MEETINGS:
        rule = rule_for(kind)
        assert rule is not None
        needed = [rule.needed(size) for size in range(500)]
        assert needed == sorted(needed)


@pytest.mark.parametrize(("invited", "needed"), [(2, 2), (3, 2), (4, 3), (10, 6)])
def test_of_a_council_by_those_invited(invited: int, needed: int) -> None:
    rule = rule_for(EventKind.COUNCIL)

    assert rule is not None
    assert rule.of is Electorate.INVITED
    assert rule.needed(invited) == needed


def test_an_event_has_none() -> None:
    assert rule_for(EventKind.LECTURE) is None


def test_every_meeting_has_one() -> None:
    assert all(rule_for(kind) is not None for kind in MEETINGS)
