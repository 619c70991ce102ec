"""What a right document means, and the hash by which it is known."""

from datetime import date
from pathlib import Path

import pytest

from pervichka.foundation.periods import PeriodKind
from pervichka.foundation.refusal import Refused
from pervichka.standard.rulebook.cases import load_cases
from pervichka.standard.rulebook.document import (
    Count,
    Distinct,
    EvidenceClass,
    Level,
    Ratio,
    ShareOf,
    Sum,
    Window,
)
from pervichka.standard.rulebook.fingerprint import fingerprint
from pervichka.standard.rulebook.parser import parse, parse_file
from tests.standard.rulebook.documents import RIGHT, changed

CONTRACT = Path(__file__).parent / "contract.yaml"


def test_the_example_of_the_contract() -> None:
    standard = parse_file(CONTRACT)
    assert (standard.slug, standard.version) == ("branch-work", "2026.1")
    assert standard.valid_from == date(2026, 1, 1)
    assert [(grade.name, grade.bound) for grade in standard.grades] == [
        ("A", 85.0), ("B", 70.0), ("C", 50.0),
    ]  # fmt: skip
    assert standard.grade_needs == 0.6
    assert standard.peers is not None
    assert standard.peers.bands == (500.0, 1500.0, 3000.0)
    answered, meets = standard.indicators
    assert answered.measure == Ratio(
        numerator=Count(table="facts", where="kind = 'confirmation.answered'"),
        denominator=Count(table="facts", where="kind = 'confirmation.due'"),
    )
    assert answered.levels == (Level.REGIONAL, Level.LOCAL, Level.PRIMARY)
    assert (answered.floor, answered.target, answered.weight) == (0.2, 0.8, 2.0)
    assert answered.evidence is EvidenceClass.OBSERVED
    assert answered.on_trial(date(2026, 6, 30))
    assert not answered.on_trial(date(2026, 7, 31))
    assert meets.measure == ShareOf(
        level=Level.PRIMARY,
        having=Count(table="facts", where="kind = 'meeting.quorate'", window=Window(days=90)),
    )
    assert (meets.period, meets.weight, meets.floor) == (PeriodKind.QUARTER, 1.0, 0.0)
    assert meets.levels == tuple(Level)
    # A comma without quotes ends a value in {…}; the title is one sentence all the same.
    assert meets.title["ru"] == "Первичные отделения, собравшиеся с кворумом"


def test_the_other_forms_of_measure() -> None:
    indicators = {i.id: i.measure for i in parse(RIGHT, file="x.yaml").indicators}
    assert indicators["active"] == Ratio(
        numerator=Distinct(column="person", table="facts", at_least=2)
    )
    assert indicators["voters"] == Ratio(
        numerator=Sum(column="voters", table="precincts", where="covered_by is not null"),
        denominator=Sum(column="voters", table="precincts"),
    )


def test_at_least_in_having_is_what_the_count_must_reach() -> None:
    having = "{distinct: person, from: facts, at_least: 3}"
    old = "{count: facts, where: \"kind = 'meeting.quorate'\", at_least: 1}"
    measure = parse(changed(old, having), file="x.yaml").indicators[1].measure
    assert measure == ShareOf(
        level=Level.PRIMARY, having=Distinct(column="person", table="facts"), at_least=3.0
    )


def test_json_is_yaml_too() -> None:
    quoted = changed("valid_from: 2026-01-01", 'valid_from: "2026-01-01"')
    assert parse(quoted, file="x.yaml").valid_from == date(2026, 1, 1)


def test_an_indicator_may_have_no_guards() -> None:
    text = changed("guards: [confirmation-burst]", "guards: []")
    assert parse(text, file="x.yaml").indicators[0].guards == ()


def test_registered_kinds_are_known() -> None:
    text = changed("kind = 'confirmation.answered'", "kind = 'x.letters'")
    with pytest.raises(Refused, match=r"no kind 'x\.letters'"):
        parse(text, file="x.yaml")
    assert parse(text, file="x.yaml", kinds=["x.letters"])
    assert parse(text, file="x.yaml", kinds=None), "published while the kind was registered"


def test_the_fingerprint_is_of_the_meaning() -> None:
    standard = parse(RIGHT, file="x.yaml")
    moved = "# A note.\n\n" + changed("grade_needs: 0.6\n", "").replace(
        "    weight: 20\n", "    weight: 20.0  # of 100\n"
    )
    moved = moved.replace("standard: branch-work\n", 'grade_needs: 0.60\nstandard: "branch-work"\n')
    assert fingerprint(parse(moved, file="y.yaml")) == fingerprint(standard)
    for old, new in [
        ("target: 0.90", "target: 0.91"),
        ("Met with a quorum", "Met"),
        ("id: voters", "id: voters-covered"),
        ("{distinct: person, from: facts, at_least: 2}", "{count: facts}"),
        ("valid_from: 2026-01-01", "valid_from: 2026-01-02"),
        ("{A: 85, B: 70, C: 50}", "{A: 85, B: 70}"),
    ]:
        assert fingerprint(parse(changed(old, new), file="x.yaml")) != fingerprint(standard)


def test_the_fingerprint_does_not_change_between_releases() -> None:
    # Closed periods are sealed with it: if this fails, their chain would no longer verify.
    assert fingerprint(parse(RIGHT, file="x.yaml")) == (
        "2e109ea0b0df48fa3cb5087e276f90377081d65372e8c3a496b0cb633b6b078a"
    )


@pytest.mark.parametrize(
    ("text", "piece"),
    [
        ("cases: []", ":1: cases is empty"),
        ("cases: [{title: {en: A}, month: 2026-13, expect: {}}]", "no branches"),
        (
            (
                "branches: {A: {level: primary}}\n"
                "cases:\n  - {title: {en: A}, month: 2026-13, expect: {}}"
            ),
            ":3: month must be written like 2026-10",
        ),
        (
            (
                "branches: {A: {level: primary}}\n"
                "cases:\n  - {title: {en: A}, month: 2026-10, expect: {B: {points: 1}}}"
            ),
            ":3: there is no branch 'B'",
        ),
        (
            (
                "branches: {A: {level: primary}}\ncases:\n"
                "  - title: {en: A}\n    month: 2026-10\n    expect: {}\n"
                "    facts:\n      - {kind: meeting.held, branch: C, on: 2026-10-01}"
            ),
            ":7: branch can't be 'C'; allowed: A",
        ),
    ],
)
def test_wrong_cases_are_refused(tmp_path: Path, text: str, piece: str) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Refused) as refused:
        load_cases(path)
    assert piece in str(refused.value)


def test_a_source_that_is_none_is_a_text_like_any_other() -> None:
    indicators = parse(changed("source: §2.1", "source: none"), file="x.yaml").indicators
    assert indicators[0].source == "none"
