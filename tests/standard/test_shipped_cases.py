"""The shipped standard gives what its cases say, by the engine and by the referee alike."""

from dataclasses import replace
from typing import Any

import pyarrow as pa
import pytest

from pervichka.standard.engine import referee, run, tables
from pervichka.standard.engine.result import BranchScore
from pervichka.standard.engine.tables import Tables
from pervichka.standard.rulebook.cases import Case, load_cases
from pervichka.standard.rulebook.document import Level, ShareOf, Standard
from pervichka.standard.rulebook.parser import parse_file
from pervichka.standard.rulebook.shipped import BRANCH_WORK, CASES, VERSIONS

STANDARD = parse_file(BRANCH_WORK)
FILES = sorted(CASES.glob("*.yaml"))
ALL = [case for file in FILES for case in load_cases(file)]
# Every version beside the cases of what it measures; an older one gives what it always gave.
PROVED = [
    (standard, case)
    for standard in map(parse_file, VERSIONS)
    for case in ALL
    if case.indicator in {None, *(indicator.id for indicator in standard.indicators)}
]


def named(standard: Standard, case: Case) -> str:
    return f"{standard.version} {case.file}:{case.line}"


def tables_of(case: Case) -> Tables:
    schemas: dict[str, pa.Schema] = {
        name: getattr(tables, name.upper())
        for name in ("branches", "places", "facts", "people", "posts", "precincts", "sites")
    }
    return Tables(
        **{
            name: pa.Table.from_pylist(case.rows[name], schema=schema)
            for name, schema in schemas.items()
        }
    )


def compare(standard: Standard, case: Case, scores: list[BranchScore]) -> None:
    by_branch = {score.branch: score for score in scores}
    for branch, expected in case.expected.items():
        score = by_branch[branch]
        got: dict[str, Any] = {"points": score.points}
        if case.indicator is not None:
            at = [indicator.id for indicator in standard.indicators].index(case.indicator)
            of_indicator = score.indicators[at]
            got = {name: getattr(of_indicator, name) for name in expected.numbers}
        for name, number in expected.numbers.items():
            place = f"{case.file}:{case.line} {branch} {name}"
            if number is None:
                assert got[name] is None, place
            else:
                assert got[name] == pytest.approx(number, abs=0.005), place
        if expected.has_grade:
            assert score.grade == expected.grade, f"{case.file}:{case.line} {branch} grade"


@pytest.mark.parametrize(("standard", "case"), PROVED, ids=[named(*one) for one in PROVED])
def test_engine(standard: Standard, case: Case) -> None:
    compare(standard, case, run.run(standard, tables_of(case), case.month))


@pytest.mark.parametrize(("standard", "case"), PROVED, ids=[named(*one) for one in PROVED])
def test_referee(standard: Standard, case: Case) -> None:
    compare(standard, case, referee.score(standard, tables_of(case), case.month))


def test_versions_are_of_one_standard_and_in_order() -> None:
    standards = [parse_file(file) for file in VERSIONS]
    assert {standard.slug for standard in standards} == {"branch-work"}
    order = [(standard.valid_from, standard.version) for standard in standards]
    assert order == sorted(order)
    assert len({standard.version for standard in standards}) == len(standards)


def test_every_indicator_has_cases() -> None:
    told = {case.indicator for case in ALL}
    assert told == {indicator.id for indicator in STANDARD.indicators} | {None}


def test_a_silent_branch_stays_below_c() -> None:
    bound = next(grade.bound for grade in STANDARD.grades if grade.name == "C")
    silent = next(case for case in ALL if case.file == "silent-branch.yaml")
    assert not silent.rows["facts"]
    scores = run.run(STANDARD, tables_of(silent), silent.month)
    assert {score.grade for score in scores} == {"D"}
    assert all(score.points is not None and score.points < bound for score in scores)


def test_what_a_branch_merely_has_never_reaches_c() -> None:
    bound = next(grade.bound for grade in STANDARD.grades if grade.name == "C")
    had = {"coverage", "people", "posts"}
    assert sum(c.weight for c in STANDARD.criteria if c.id in had) < bound
    assert sum(c.weight for c in STANDARD.criteria) == 100


def test_primary_branches_are_measured_by_facts_alone() -> None:
    for indicator in STANDARD.indicators:
        if Level.PRIMARY not in indicator.levels:
            continue
        measure = indicator.measure
        parts = [measure.having] if isinstance(measure, ShareOf) else [
            part for part in (measure.numerator, measure.denominator) if part is not None
        ]  # fmt: skip
        assert {part.table for part in parts} == {"facts"}, indicator.id


@pytest.mark.parametrize("case", ALL, ids=lambda case: f"{case.file}:{case.line}")
def test_an_erasure_costs_no_branch_a_point(case: Case) -> None:
    people = {fact["person"] for fact in case.rows["facts"] if fact["person"] is not None}
    fresh = {person: f"erased-{at}" for at, person in enumerate(sorted(people))}
    facts = [{**fact, "person": fresh.get(fact["person"])} for fact in case.rows["facts"]]
    erased = replace(case, rows={**case.rows, "facts": facts, "people": []})
    before = run.run(STANDARD, tables_of(case), case.month)
    after = run.run(STANDARD, tables_of(erased), case.month)
    for was, now in zip(before, after, strict=True):
        if was.level == Level.PRIMARY:
            assert now == was
