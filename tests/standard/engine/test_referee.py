"""For random trees, facts and standards the engine equals the referee, to the last bit."""

import os
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pervichka.foundation.periods import Month
from pervichka.standard.engine import referee
from pervichka.standard.engine.result import BranchScore
from pervichka.standard.engine.run import run
from pervichka.standard.engine.tables import Tables
from pervichka.standard.rulebook.document import Standard
from tests.standard.engine.standards import standards
from tests.standard.engine.worlds import months, worlds

EXAMPLES = int(os.environ.get("PERVICHKA_EXAMPLES", "500"))


@st.composite
def cases(draw: st.DrawFn) -> tuple[Standard, Tables, Month]:
    month = draw(months())
    return draw(standards(month.end)), draw(worlds(month.end)), month


def bits(scores: list[BranchScore]) -> list[Any]:
    """The scores with every double as its bits, so that 0.0 and -0.0 differ."""

    def exact(value: float | str | None) -> str | None:
        return value.hex() if isinstance(value, float) else value

    return [
        (
            score.branch,
            score.level,
            [
                [exact(one) for one in (i.numerator, i.denominator, i.value, i.points)]
                for i in score.indicators
            ],
            [exact(one) for one in score.criteria],
            exact(score.points),
            score.grade,
        )
        for score in scores
    ]


@pytest.mark.timeout(0 if EXAMPLES > 1000 else 600)
@settings(
    max_examples=EXAMPLES,
    derandomize="PERVICHKA_EXAMPLES" not in os.environ,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)
@given(cases())
def test_engine_equals_referee(case: tuple[Standard, Tables, Month]) -> None:
    standard, tables, month = case
    assert bits(run(standard, tables, month, threads=1)) == bits(
        referee.score(standard, tables, month)
    )
