"""What a measure counts: subtrees, dates, evidence, distinct people, sums, shares of branches."""

from datetime import date
from fractions import Fraction

import duckdb
import pytest

from pervichka.foundation.periods import PeriodKind
from pervichka.standard.engine import referee
from pervichka.standard.rulebook.document import (
    Count,
    Distinct,
    EvidenceClass,
    Level,
    ShareOf,
    Sum,
    Window,
)
from tests.standard.engine.test_referee import bits
from tests.standard.engine.town import (
    OCTOBER,
    facts,
    indicator,
    ratio,
    run,
    scored,
    scored_one,
    standard,
    town,
)


def day(month: int, number: int, year: int = 2026) -> date:
    return date(year, month, number)


def test_a_branch_counts_its_whole_subtree_and_what_closed_in_it() -> None:
    tables = town(facts=[{"branch": code} for code in ("R/1", "R/1", "R/2", "R/closed", "R", "?")])
    counts = {
        branch: score.indicators[0].numerator
        for branch, score in scored(standard(indicator(ratio(facts()))), tables).items()
    }
    assert counts == {"RU": 5.0, "R": 5.0, "R/1": 2.0, "R/2": 1.0}


def test_a_region_is_its_sums_not_an_average_of_averages() -> None:
    rows = [{"branch": "R/1", "kind": kind} for kind in ("due", "answered")]
    rows += [{"branch": "R/2", "kind": "due"}] * 9
    measure = ratio(facts("kind = 'answered'"), facts("kind = 'due'"))
    assert scored_one(measure, town(facts=rows), "R").value == 0.1


@pytest.mark.parametrize(
    ("period", "counted"),
    [(PeriodKind.MONTH, 2), (PeriodKind.QUARTER, 2), (PeriodKind.YEAR, 4)],
)
def test_a_period_is_counted_to_date(period: PeriodKind, counted: int) -> None:
    days = [day(12, 31, 2025), day(1, 1), day(9, 30), day(10, 1), day(10, 31), day(11, 1)]
    tables = town(facts=[{"occurred_on": one} for one in days])
    assert scored_one(ratio(facts()), tables, "R/1", period=period).numerator == counted


@pytest.mark.parametrize(
    ("window", "first"),
    [
        (Window(days=1), day(10, 31)),
        (Window(days=90), day(8, 3)),
        (Window(months=1), day(10, 1)),  # after 30 September: a month before the 31st is clamped
        (Window(months=12), day(11, 1, 2025)),
    ],
)
def test_a_window_ends_with_the_period_and_leaves_its_first_day_out(
    window: Window, first: date
) -> None:
    before = date.fromordinal(first.toordinal() - 1)
    measure = ratio(facts(window=window))
    for occurred_on, counted in ((before, 0), (first, 1), (day(10, 31), 1), (day(11, 1), 0)):
        tables = town(facts=[{"occurred_on": occurred_on}])
        assert scored_one(measure, tables, "R/1").numerator == counted, occurred_on


def test_weak_evidence_counts_in_a_denominator_alone() -> None:
    tables = town(facts=[{"evidence": one} for one in ("self_reported", "observed", "verified")])
    one = scored_one(ratio(facts(), facts()), tables, "R/1", evidence=EvidenceClass.OBSERVED)
    assert (one.numerator, one.denominator) == (2.0, 3.0)


def test_distinct_people_are_distinct_over_the_subtree() -> None:
    rows = [("R/1", "ann"), ("R/1", "ann"), ("R/2", "ann"), ("R/2", "bob"), ("R/2", None)]
    tables = town(facts=[{"branch": branch, "person": person} for branch, person in rows])
    once, twice, thrice = (
        [
            score.indicators[0].numerator
            for score in run(
                standard(
                    indicator(ratio(Distinct(column="person", table="facts", at_least=least)))
                ),
                tables,
                OCTOBER,
            )
        ]
        for least in (1, 2, 3)
    )
    assert once == [2.0, 1.0, 2.0, 2.0]  # R, R/1, R/2, RU
    assert twice == [1.0, 1.0, 0.0, 1.0]
    assert thrice == [1.0, 0.0, 0.0, 1.0]


def test_a_sum_skips_nulls_and_of_nothing_is_zero() -> None:
    voters = ratio(Sum(column="voters", table="branches"))
    assert scored_one(voters, town(), "R").numerator == 2000.0
    nothing = ratio(Sum(column="value", table="facts"))
    assert scored_one(nothing, town(facts=[{"value": None}]), "R/1").numerator == 0.0
    assert scored_one(nothing, town(), "R/1").numerator == 0.0


@pytest.mark.parametrize(
    "thousandths",
    [
        [2**53 + 1],
        [9_007_199_254_740_993_777],
        [2**62, 2**62, 2**62, 3],
        [1, 1, 1],
        [-(2**62), 7],
        [-(2**63)],
    ],
)
def test_a_sum_is_exact_until_it_becomes_the_nearest_double(thousandths: list[int]) -> None:
    tables = town(facts=[{"value": one} for one in thousandths])
    measure = ratio(Sum(column="value", table="facts"))
    exact = float(Fraction(sum(thousandths), 1000))
    assert scored_one(measure, tables, "R/1").numerator == exact
    document = standard(indicator(measure))
    assert bits(run(document, tables, OCTOBER)) == bits(referee.score(document, tables, OCTOBER))


def test_share_of_counts_branches_over_their_own_subtrees() -> None:
    tables = town(facts=[{"branch": "R/1"}, {"branch": "R/2"}, {"branch": "R/2"}])
    measure = ShareOf(level=Level.PRIMARY, having=facts(), at_least=2)
    scores = scored(standard(indicator(measure)), tables)
    shares = {code: (one.indicators[0].numerator, one.indicators[0].denominator)
              for code, one in scores.items()}  # fmt: skip
    assert shares == {"RU": (1, 2), "R": (1, 2), "R/1": (0, 1), "R/2": (1, 1)}


def test_share_of_has_no_number_below_its_level() -> None:
    measure = ShareOf(level=Level.REGIONAL, having=facts())
    one = scored_one(measure, town(facts=[{}]), "R/1")
    assert (one.numerator, one.denominator, one.value, one.points) == (None,) * 4


def test_where_null_is_not_met() -> None:
    tables = town(posts=[{"branch": "R/1", "filled": filled} for filled in (True, False, None)])
    for where, met in (("filled", 1), ("not filled", 1), ("filled is null", 1), (None, 3)):
        measure = ratio(Count(table="posts", where=where))
        assert scored_one(measure, tables, "R/1").numerator == met


@pytest.mark.parametrize(
    ("where", "met"),
    [
        ("term_ends_on - interval '1 day' is null", 1),
        ("term_ends_on - interval '1 month' is null", 1),
        ("term_ends_on + interval '1 day' is null", 1),
        ("term_ends_on + interval '1 month' is null", 1),
        ("term_ends_on - interval '1 day' < date '1900-01-01'", 0),
        ("term_ends_on + interval '36600 days' + interval '1200 months' < period_end", 1),
    ],
)
def test_a_date_beyond_the_calendar_is_null(where: str, met: int) -> None:
    ends = [date(1, 1, 1), date(9999, 12, 31)]
    tables = town(posts=[{"branch": "R/1", "term_ends_on": one} for one in ends])
    document = standard(indicator(ratio(Count(table="posts", where=where))))
    ours = run(document, tables, OCTOBER)
    assert bits(ours) == bits(referee.score(document, tables, OCTOBER))
    assert {one.branch: one for one in ours}["R/1"].indicators[0].numerator == met


@pytest.mark.parametrize(
    "where",
    [
        "value * 0.0005 = 0.0005",
        "value * value * 3 - 2.5 = 0.5",
        "value + 0.000001 > 1",
        "not (value + 0 > 1.000)",
        "abs(- value) = 1.000000",
        "least(value, 1.5, 2) = greatest(0.25, value)",
    ],
)
def test_numbers_are_exact_whatever_their_decimals(where: str) -> None:
    assert scored_one(ratio(facts(where)), town(facts=[{"value": 1000}]), "R/1").numerator == 1.0


def test_an_organisation_without_living_branches_has_no_scores() -> None:
    assert run(standard(indicator(ratio(facts(), facts()))), town(branches=[]), OCTOBER) == []


def test_a_standard_without_criteria_scores_nothing() -> None:
    score = scored(standard(), town(facts=[{}]))["R/1"]
    assert (score.indicators, score.criteria, score.points, score.grade) == ((), (), None, None)


def test_a_run_keeps_to_its_memory() -> None:
    rows = [{"person": f"person {at}", "branch": "R/1"} for at in range(200_000)]
    measure = ratio(Distinct(column="person", table="facts"))
    document = standard(indicator(measure))
    with pytest.raises(duckdb.OutOfMemoryException):
        run(document, town(facts=rows), OCTOBER, threads=1, memory="4MB")
