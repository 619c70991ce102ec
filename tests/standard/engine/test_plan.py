"""A standard compiles once into few named steps, which reach nothing but the tables given."""

import duckdb
import pytest

from pervichka.foundation.periods import Month
from pervichka.standard.engine.compile import compile_standard
from pervichka.standard.engine.load import fetch, loaded, store
from pervichka.standard.rulebook.document import Count, Distinct, EvidenceClass, Sum, Window
from tests.standard.engine.town import OCTOBER, facts, indicator, ratio, standard, town


def test_each_source_is_read_once_and_equal_counts_are_computed_once() -> None:
    due, value = facts("kind = 'due'"), Sum(column="value", table="facts")
    plan = compile_standard(
        standard(
            indicator(ratio(facts("kind = 'answered'"), due), "a"),
            indicator(ratio(value, due), "b"),
            indicator(ratio(Count(table="posts"), due), "c", evidence=EvidenceClass.VERIFIED),
            indicator(ratio(Distinct(column="person", table="facts"), due), "d"),
        )
    )
    assert [step.name for step in plan.steps] == [
        "living",
        "closure",
        "a4_reach",
        "a4_shared",
        "a4",
        "facts_own",
        "facts_rolled",
        "posts_own",
        "posts_rolled",
        "counts",
    ]
    assert {counts.denominator for counts in plan.indicators} == {"a1"}
    assert plan.scales["a2"] == 3


def test_a_plan_serves_any_month() -> None:
    plan = compile_standard(standard(indicator(ratio(facts(window=Window(months=3))))))
    assert {name: str(day) for name, day in plan.dates(OCTOBER).items()} == {
        "period_end": "2026-10-31",
        "month_start": "2026-10-01",
        "before_3_months": "2026-07-31",
    }
    assert str(plan.dates(Month(2026, 5))["before_3_months"]) == "2026-02-28"


def test_each_step_can_be_looked_at() -> None:
    plan = compile_standard(standard(indicator(ratio(facts()))))
    with loaded(town(facts=[{"branch": "R/closed"}, {"branch": "R/1"}])) as connection:
        for step in plan.steps:
            store(connection, step.name, step.sql, plan.dates(OCTOBER))
        own = fetch(connection, "FROM facts_own ORDER BY branch").to_pylist()
        counts = fetch(connection, "SELECT branch, a0 FROM counts").to_pylist()
    assert own == [{"branch": "R/1", "a0": 1}, {"branch": "R/closed", "a0": 1}]
    assert {row["branch"]: int(row["a0"]) for row in counts} == {
        "R": 2,
        "R/1": 1,
        "R/2": 0,
        "RU": 2,
    }


@pytest.mark.parametrize(
    "reach",
    [
        "SELECT * FROM read_text('/etc/hostname')",
        "COPY branches TO '/tmp/branches.csv'",
        "INSTALL httpfs",
        "SET enable_external_access = true",
    ],
)
def test_nothing_outside_is_within_reach(reach: str) -> None:
    with loaded(town()) as connection, pytest.raises(duckdb.Error):
        connection.execute(reach).fetchall()
