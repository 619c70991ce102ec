"""How well it is known: the rules as a table, from plain rows."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from pervichka.work.events import evidence
from pervichka.work.events.evidence import Came, Count, Evidence
from pervichka.work.events.models import AnswerMeans, AttendanceMeans
from tests.builders.events import AFTER, DURING

REPORTED, OBSERVED, VERIFIED = Evidence
CODE = Came(means=AttendanceMeans.CODE, recorded_at=DURING, has_vote=True)
TICK = Came(means=AttendanceMeans.TICKS, recorded_at=DURING, has_vote=True)
SHEET = Came(means=AttendanceMeans.SHEET, recorded_at=DURING, has_vote=True)
LATE_TICK = Came(means=AttendanceMeans.TICKS, recorded_at=AFTER, has_vote=True)
LATE_CODE = Came(means=AttendanceMeans.CODE, recorded_at=AFTER, has_vote=True)
GUEST = Came(means=AttendanceMeans.CODE, recorded_at=DURING, has_vote=False)
NO_COUNT = Count()
UNCONFIRMED = Count(heads=3)
CONFIRMED = Count(heads=3, confirmed_at=DURING + timedelta(minutes=1))


@pytest.mark.parametrize(
    ("row", "count", "listed", "known"),
    [
        (TICK, NO_COUNT, 1, REPORTED),
        (SHEET, NO_COUNT, 1, REPORTED),
        (CODE, NO_COUNT, 1, OBSERVED),
        (TICK, UNCONFIRMED, 3, REPORTED),
        (TICK, CONFIRMED, 3, VERIFIED),
        (SHEET, CONFIRMED, 1, VERIFIED),
        (CODE, CONFIRMED, 3, VERIFIED),
        # More people are listed than heads were counted: the count proves nothing.
        (TICK, CONFIRMED, 4, REPORTED),
        (CODE, CONFIRMED, 4, OBSERVED),
        # Written down after the count was confirmed.
        (LATE_TICK, CONFIRMED, 2, REPORTED),
        (LATE_CODE, CONFIRMED, 2, OBSERVED),
    ],
)
def test_of_an_attendance(row: Came, count: Count, listed: int, known: Evidence) -> None:
    assert evidence.of_attendance(row, count, listed=listed) is known


@pytest.mark.parametrize(
    ("rows", "count", "known"),
    [
        ([], NO_COUNT, REPORTED),
        ([], CONFIRMED, VERIFIED),
        ([CODE, TICK], NO_COUNT, OBSERVED),
        ([CODE, TICK, TICK], NO_COUNT, REPORTED),
        ([CODE, CODE, TICK], NO_COUNT, OBSERVED),
        ([TICK, TICK, TICK], CONFIRMED, VERIFIED),
        ([TICK, TICK, TICK, TICK], CONFIRMED, REPORTED),
    ],
)
def test_that_it_took_place(rows: Sequence[Came], count: Count, known: Evidence) -> None:
    assert evidence.of_event(rows, count) is known


@pytest.mark.parametrize(
    ("rows", "count", "quorum", "known"),
    [
        ([TICK, TICK], NO_COUNT, 3, None),
        ([TICK, TICK, TICK], NO_COUNT, 3, REPORTED),
        ([CODE, CODE, TICK], NO_COUNT, 3, REPORTED),
        ([CODE, CODE, CODE, TICK], NO_COUNT, 3, OBSERVED),
        ([CODE, CODE, GUEST], NO_COUNT, 3, None),
        ([TICK, TICK, LATE_TICK], CONFIRMED, 2, VERIFIED),
        ([TICK, TICK, LATE_TICK], CONFIRMED, 3, REPORTED),
    ],
)
def test_that_there_was_a_quorum(
    rows: Sequence[Came], count: Count, quorum: int, known: Evidence | None
) -> None:
    assert evidence.of_quorum(rows, count, quorum=quorum) is known


def test_of_an_answer() -> None:
    assert evidence.of_answer(AnswerMeans.LINK) is OBSERVED
    assert evidence.of_answer(AnswerMeans.BRANCH) is REPORTED
    assert evidence.of_answer("") is REPORTED
