"""A number opened to its rows, as a secretary and a head of a region would read it."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from pervichka.foundation.periods import PeriodKind
from pervichka.foundation.refusal import Refused
from pervichka.standard.engine.explain import Explanation, Miss, Side, explain, threshold
from pervichka.standard.rulebook.document import (
    Count,
    Distinct,
    EvidenceClass,
    Level,
    Measure,
    ShareOf,
    Sum,
    Window,
)
from tests.standard.engine.town import OCTOBER, facts, indicator, ratio, standard, town

NUMERATOR, DENOMINATOR, MISSED = Side
ABSENT = (Miss("not_in_numerator"),)
ANSWERED = ratio(facts("kind = 'answered'"), facts("kind = 'due'"))


def opened(
    measure: Measure, tables: Any, side: Side, branch: str = "R", **more: Any
) -> Explanation:
    page = {name: more.pop(name) for name in ("offset", "limit") if name in more}
    document = standard(indicator(measure, **more))
    return explain(document, tables, OCTOBER, branch=branch, indicator="one", side=side, **page)


def ids(explanation: Explanation) -> list[object]:
    return [row.columns.get("source_id", row.columns["branch"]) for row in explanation.rows]


def test_a_side_is_the_very_rows_latest_first_and_paged() -> None:
    days = [date(2026, 10, day) for day in (5, 31, 17)]
    tables = town(facts=[{"occurred_on": day, "value": 2500, "person": "ann"} for day in days])
    whole = opened(ratio(facts()), tables, NUMERATOR)
    assert ids(whole) == ["1", "2", "0"]
    assert (whole.total, whole.amount) == (3, 3.0)
    assert whole.rows[0].table == "facts"
    assert whole.rows[0].columns == {
        "kind": "meeting.quorate",
        "branch": "R/1",
        "person": "ann",
        "occurred_on": date(2026, 10, 31),
        "value": Decimal("2.5"),
        "evidence": "self_reported",
        "source": "test",
        "source_id": "1",
    }
    page = opened(ratio(facts()), tables, NUMERATOR, offset=1, limit=1)
    assert (ids(page), page.total, page.amount) == (["2"], 3, 3.0)
    assert opened(ratio(facts()), tables, NUMERATOR, offset=9).rows == ()


def test_a_side_comes_to_a_distinct_count_or_a_sum() -> None:
    rows = [{"person": "ann"}, {"person": "ann", "value": None}, {"person": None}]
    people = opened(ratio(Distinct(column="person", table="facts")), town(facts=rows), NUMERATOR)
    assert (people.total, people.amount) == (2, 1.0)
    values = opened(ratio(Sum(column="value", table="facts")), town(facts=rows), NUMERATOR)
    assert (values.total, values.amount) == (2, 2.0)


def test_who_was_asked_and_did_not_answer_is_missed() -> None:
    rows = [
        {"kind": "due", "person": "ann"},
        {"kind": "answered", "person": "ann"},
        {"kind": "due", "person": "bob", "occurred_on": date(2026, 10, 1)},
        {"kind": "due", "person": "bob", "occurred_on": date(2026, 10, 2)},
        {"kind": "answered", "person": "bob"},
        {"kind": "due", "person": "cid"},
        {"kind": "answered", "person": "eve"},
    ]
    missed = opened(ANSWERED, town(facts=rows), MISSED)
    assert ids(missed) == ["5", "3"]
    assert [row.misses for row in missed.rows] == [ABSENT, ABSENT]
    assert ids(opened(ANSWERED, town(facts=rows), DENOMINATOR)) == ["0", "5", "3", "2"]


def test_without_people_what_was_due_is_paired_off_within_a_branch() -> None:
    rows = [{"kind": "due", "branch": branch} for branch in ("R/1", "R/1", "R/2")]
    rows += [{"kind": "answered", "branch": "R/1"}]
    missed = opened(ANSWERED, town(facts=rows), MISSED)
    assert ids(missed) == ["1", "2"]


def test_a_row_of_the_denominator_that_is_in_the_numerator_is_not_missed() -> None:
    measure = ratio(facts("value > 0"), facts())
    tables = town(facts=[{"value": 1000}, {"value": 0}, {"value": None}])
    assert ids(opened(measure, tables, MISSED)) == ["1", "2"]


def test_weak_evidence_and_other_dates_are_missed_with_what_was_needed() -> None:
    tables = town(
        facts=[
            {"evidence": "self_reported"},
            {"evidence": "verified", "occurred_on": date(2026, 9, 30)},
            {"evidence": "observed", "occurred_on": date(2026, 11, 1)},
            {"evidence": "verified"},
        ]
    )
    missed = opened(ratio(facts()), tables, MISSED, evidence=EvidenceClass.VERIFIED)
    span = {"first": date(2026, 10, 1), "last": date(2026, 10, 31)}

    def weak(evidence: str) -> Miss:
        return Miss("evidence_too_low", {"evidence": evidence, "needed": "verified"})

    def late(day: date) -> Miss:
        return Miss("outside_dates", {"occurred_on": day, **span})

    assert {row.columns["source_id"]: row.misses for row in missed.rows} == {
        "0": (weak("self_reported"),),
        "1": (late(date(2026, 9, 30)),),
        "2": (weak("observed"), late(date(2026, 11, 1))),
    }
    assert ids(missed)[0] == "0"  # what was in time stands first


@pytest.mark.parametrize(
    ("window", "period", "first"),
    [
        (Window(days=90), PeriodKind.MONTH, date(2026, 8, 3)),
        (Window(months=1), PeriodKind.MONTH, date(2026, 10, 1)),
        (None, PeriodKind.YEAR, date(2026, 1, 1)),
    ],
)
def test_the_first_day_that_counts(window: Window | None, period: PeriodKind, first: date) -> None:
    tables = town(facts=[{"occurred_on": date(2020, 1, 1)}])
    missed = opened(ratio(facts(window=window)), tables, MISSED, period=period)
    assert missed.rows[0].misses[0].params["first"] == first


def test_weak_evidence_is_said_once_of_a_row_of_the_denominator() -> None:
    tables = town(facts=[{}, {"evidence": "observed"}])
    missed = opened(ratio(facts(), facts()), tables, MISSED, evidence=EvidenceClass.OBSERVED)
    assert [[miss.code for miss in row.misses] for row in missed.rows] == [["evidence_too_low"]]


def test_a_person_found_too_rarely_and_a_row_without_a_value_are_missed() -> None:
    tables = town(facts=[{"person": person} for person in ("ann", "ann", "bob", None)])
    measure = ratio(Distinct(column="person", table="facts", at_least=2))
    missed = opened(measure, tables, MISSED)
    assert {row.columns["source_id"]: row.misses for row in missed.rows} == {
        "2": (Miss("too_few", {"found": 1, "needed": 2}),),
        "3": (Miss("no_value", {"column": "person"}),),
    }


def test_between_tables_a_branch_without_a_counted_row_is_missed() -> None:
    measure = ratio(facts("kind = 'meeting.quorate'"), Count(table="branches"))
    tables = town(facts=[{"branch": "R/1"}, {"branch": "R/2", "evidence": "self_reported"}])
    missed = opened(measure, tables, MISSED, evidence=EvidenceClass.SELF_REPORTED)
    assert ids(missed) == ["R"]
    missed = opened(measure, tables, MISSED, evidence=EvidenceClass.OBSERVED)
    assert [row.table for row in missed.rows] == ["branches"] * 3 + ["facts"] * 2
    page = opened(measure, tables, MISSED, evidence=EvidenceClass.OBSERVED, offset=2, limit=2)
    assert page.rows == missed.rows[2:4]
    assert page.total == 5
    page = opened(measure, tables, MISSED, evidence=EvidenceClass.OBSERVED, offset=4, limit=2)
    assert page.rows == missed.rows[4:]


def test_a_person_in_the_register_is_matched_by_code() -> None:
    measure = ratio(Distinct(column="person", table="facts"), Count(table="people"))
    people = [{"branch": "R/1", "person": "ann"}, {"branch": "R/1", "person": "bob"}]
    missed = opened(measure, town(facts=[{"person": "ann"}], people=people), MISSED)
    assert [row.columns["person"] for row in missed.rows] == ["bob"]


MEETS = ShareOf(level=Level.PRIMARY, having=facts("kind = 'meeting.quorate'"), at_least=2)


def test_a_share_of_branches_opens_to_the_branches() -> None:
    tables = town(
        facts=[
            *[{"branch": "R/1"}] * 2,
            {"branch": "R/2"},
            {"branch": "R/2", "occurred_on": date(2026, 9, 1)},
        ]
    )
    counted, below, missed = (opened(MEETS, tables, side) for side in Side)
    assert (ids(counted), counted.amount) == (["R/1"], 1.0)
    assert (ids(below), below.amount) == (["R/1", "R/2"], 2.0)
    assert counted.rows[0].columns == {
        "branch": "R/1",
        "level": "primary",
        "voters": 500,
        "precincts": 1,
    }
    assert missed.rows[0].misses == (Miss("too_few", {"found": 1.0, "needed": 2}),)
    assert [row.table for row in missed.rows] == ["branches", "facts"]
    assert missed.rows[1].misses[0].code == "outside_dates"


def test_at_its_own_level_a_share_of_branches_opens_to_what_having_counts() -> None:
    tables = town(facts=[{"branch": "R/2"}, {"branch": "R/1"}])
    counted = opened(MEETS, tables, NUMERATOR, branch="R/2")
    assert (ids(counted), counted.amount, counted.needed) == (["0"], 1.0, 2)
    missed = opened(MEETS, tables, MISSED, branch="R/2")
    assert ids(missed) == ["R/2"]


def test_where_an_indicator_does_not_stand_there_is_nothing_to_open() -> None:
    regional = ShareOf(level=Level.REGIONAL, having=facts())
    for side in Side:
        nothing = opened(regional, town(facts=[{}]), side, branch="R/1")
        assert (nothing.rows, nothing.total, nothing.amount) == ((), 0, None)
    assert opened(ratio(facts()), town(facts=[{}]), DENOMINATOR).amount is None


def test_what_does_not_exist_is_refused() -> None:
    with pytest.raises(Refused, match="no living branch"):
        opened(ANSWERED, town(), NUMERATOR, branch="R/closed")
    with pytest.raises(Refused, match="no indicator"):
        explain(standard(), town(), OCTOBER, branch="R", indicator="x", side=NUMERATOR)


@pytest.mark.parametrize("at_least", [0.001, 0.0005, 1.0, 2.5, 1 / 3, 1e17 + 16, -1.0])
@pytest.mark.parametrize("scale", [0, 3])
def test_the_threshold_is_the_least_integer_whose_double_reaches(
    at_least: float, scale: int
) -> None:
    least = threshold(at_least, scale)
    assert least / 10**scale >= at_least
    assert (least - 1) / 10**scale < at_least
