"""A standard is published, a month scored, exported, explained and frozen."""

import csv
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tests.surfaces.cli.conftest import Pervichka

pytestmark = pytest.mark.django_db(transaction=True)

STANDARD = """
standard: trial
version: "1"
title: {en: A trial, ru: Проба}
source: A test
valid_from: 2026-01-01
grades: {A: 85, B: 70, C: 50}
criteria:
  - id: talk
    title: {en: Talk, ru: Разговор}
    weight: 1
    indicators:
      - id: leaflets
        title: {en: Leaflets given, ru: Розданные листовки}
        period: month
        measure:
          numerator: {sum: value, from: facts, where: "kind = 'x.leaflet.given'"}
          denominator: {count: facts, where: "kind = 'x.leaflet.given'"}
        target: 3
        evidence: observed
"""
FACTS = """kind,branch,occurred_on,value,evidence,source,source_id
x.leaflet.given,RU-AD/1,2026-10-02,2,observed,leaflets,1
x.leaflet.given,RU-AD/1,2026-10-03,1,self_reported,leaflets,2
"""
EXPORTED = [
    "branch",
    "level",
    "criterion",
    "indicator",
    "numerator",
    "denominator",
    "value",
    "points",
    "grade",
]


@pytest.fixture
def standard(tmp_path: Path) -> Path:
    file = tmp_path / "trial.yaml"
    file.write_text(STANDARD)
    return file


@pytest.fixture
def scored(pervichka: Pervichka, tree: Path, standard: Path, tmp_path: Path) -> Pervichka:
    """A small organisation with October 2026 computed."""
    facts = tmp_path / "facts.csv"
    facts.write_text(FACTS)
    for arguments in (
        ["branches", "import", tree],
        ["facts", "register", "x.leaflet.given", "--purpose", "To count leaflets"],
        ["facts", "import", facts],
        ["standard", "publish", standard],
    ):
        assert pervichka(*arguments).code == 0
    done = pervichka("score", "--period", "2026-10", "--json")
    assert done.document == {"period": "2026-10", "engine": "duckdb", "branches": 4}
    return pervichka


def test_export_has_the_contract_s_rows_and_columns(scored: Pervichka, tmp_path: Path) -> None:
    file = tmp_path / "scores.csv"
    assert scored("scores", "export", "--period", "2026-10", "--output", file).code == 0
    with file.open(newline="") as stream:
        reader = csv.DictReader(stream)
        rows = list(reader)
    assert reader.fieldnames == EXPORTED
    mine = [row for row in rows if row["branch"] == "RU-AD/1"]
    indicator, criterion, whole = mine
    assert (indicator["numerator"], indicator["denominator"]) == ("2.0", "2.0")
    assert indicator["points"] == repr(100 * (1 / 3))
    assert (criterion["criterion"], criterion["indicator"]) == ("talk", "")
    assert (whole["criterion"], whole["indicator"], whole["grade"]) == ("", "", "D")
    assert len(rows) == 4 * 3


def test_a_user_exports_what_they_see(scored: Pervichka, tmp_path: Path) -> None:
    file = tmp_path / "scores.csv"
    scored("user", "create", "ann", "--branch", "RU-AD/1", "--post", "secretary")
    scored("user", "create", "bob")
    arguments = ["scores", "export", "--period", "2026-10", "--output", file]
    assert scored(*arguments, "--as", "bob").code == 1
    assert scored(*arguments, "--as", "ann", "--json").document["rows"] == 3
    assert "RU-AD/1,primary,talk" in file.read_text()


@pytest.mark.parametrize("ending", [".csv.gz", ".xlsx", ".parquet"])
def test_export_s_format_is_told_by_the_ending(
    scored: Pervichka, tmp_path: Path, ending: str
) -> None:
    file = tmp_path / f"scores{ending}"
    done = scored("scores", "export", "--period", "2026-10", "--output", file, "--json")
    assert done.document["rows"] == 12
    assert file.stat().st_size > 0


def test_the_referee_says_the_same(scored: Pervichka, tmp_path: Path) -> None:
    def exported() -> str:
        file = tmp_path / "scores.csv"
        scored("scores", "export", "--period", "2026-10", "--output", file)
        return file.read_text()

    by_engine = exported()
    assert scored("score", "--period", "2026-10", "--engine", "reference").code == 0
    assert exported() == by_engine


@pytest.mark.parametrize(
    ("side", "days"),
    [
        ("numerator", ["2026-10-02"]),
        ("denominator", ["2026-10-02", "2026-10-03"]),
        ("missed", ["2026-10-03"]),
    ],
)
def test_a_number_opens_to_its_rows(scored: Pervichka, side: str, days: list[str]) -> None:
    arguments = ["RU", "leaflets", "--period", "2026-10", "--side", side]
    document = scored("explain", *arguments, "--json").document
    assert sorted({row["occurred_on"] for row in document["rows"]}) == days
    assert document["total"] == len(document["rows"])
    told = scored("explain", *arguments)
    assert all(day in told.out for day in days)
    if side == "missed":
        assert document["rows"][0]["misses"][0]["code"] == "evidence_too_low"
        assert "self_reported" in told.out


def test_a_closed_month_stays(scored: Pervichka) -> None:
    closed = scored("period", "close", "2026-10", "--json")
    assert closed.code == 0
    assert closed.document["rows"] == 12
    refused = scored("score", "--period", "2026-10")
    assert refused.code == 1
    assert "closed" in refused.err
    (verified,) = scored("period", "verify", "--json").document
    assert verified["flaw"] is None
    assert verified["hash"] == closed.document["hash"]


LATE = FACTS.splitlines()[0] + "\nx.leaflet.given,RU-AD/1,2026-10-30,3,observed,leaflets,3\n"


def take_more(scored: Pervichka, tmp_path: Path, text: str = LATE) -> None:
    file = tmp_path / "more.csv"
    file.write_text(text)
    assert scored("facts", "import", file).code == 0


def test_closing_counts_all_that_came_before(scored: Pervichka, tmp_path: Path) -> None:
    take_more(scored, tmp_path)
    assert scored("period", "close", "2026-10").code == 0

    file = tmp_path / "scores.csv"
    scored("scores", "export", "--period", "2026-10", "--output", file)
    assert "RU-AD/1,primary,talk,leaflets,5.0,3.0," in file.read_text()
    assert scored("period", "late", "--json").document == []


def test_what_comes_later_is_listed_and_changes_nothing(scored: Pervichka, tmp_path: Path) -> None:
    def exported() -> str:
        file = tmp_path / "scores.csv"
        scored("scores", "export", "--period", "2026-10", "--output", file)
        return file.read_text()

    scored("period", "close", "2026-10")
    before = exported()
    take_more(scored, tmp_path)

    late = scored("period", "late", "2026-10", "--json").document
    assert [one["branch"] for one in late] == ["RU", "RU-AD", "RU-AD/1", "RU-AD/m"]
    assert late[2] == {
        "standard": "trial", "period": "2026-10", "branch": "RU-AD/1", "indicator": "leaflets",
        "numerator_closed": 2.0, "numerator_now": 5.0,
        "denominator_closed": 2.0, "denominator_now": 3.0,
        "points_closed": 100 * (1 / 3), "points_now": 100 * (5 / 3 / 3),
    }  # fmt: skip
    assert exported() == before
    assert scored("period", "verify", "--json").document[0]["flaw"] is None

    scored("user", "create", "ann", "--branch", "RU-AD/1", "--post", "secretary")
    own = scored("period", "late", "--as", "ann", "--json").document
    assert [one["branch"] for one in own] == ["RU-AD/1"]


def test_an_open_month_has_nothing_late(scored: Pervichka) -> None:
    refused = scored("period", "late", "2026-10")
    assert refused.code == 1
    assert "2026-10 is not closed" in refused.err


@pytest.mark.parametrize("day", ["2019-05-01", "2027-12-31"])
def test_what_only_its_date_keeps_out_is_missed_whenever_it_was(
    scored: Pervichka, tmp_path: Path, day: str
) -> None:
    take_more(scored, tmp_path, LATE.replace("2026-10-30", day))
    document = scored(
        "explain", "RU", "leaflets", "--period", "2026-10", "--side", "missed", "--json"
    ).document
    (found,) = (row for row in document["rows"] if row["occurred_on"] == day)
    assert [miss["code"] for miss in found["misses"]] == ["outside_dates"]


def test_parquet_holds_numbers_as_numbers_even_where_there_are_none(
    scored: Pervichka, tmp_path: Path
) -> None:
    file = tmp_path / "scores.parquet"
    scored("user", "create", "ann", "--branch", "RU-AD/1", "--post", "secretary")
    export = ["scores", "export", "--period", "2026-10", "--output", file]
    for arguments in (export, [*export, "--as", "ann"]):
        assert scored(*arguments).code == 0
        types = {field.name: str(field.type) for field in pq.read_schema(file)}
        assert types == dict.fromkeys(EXPORTED, "string") | dict.fromkeys(
            ("numerator", "denominator", "value", "points"), "double"
        )


def test_a_month_that_is_not_over_stays_open(scored: Pervichka) -> None:
    assert scored("period", "close", "2099-01").code == 1


def test_a_published_version_never_changes(
    scored: Pervichka, standard: Path, tmp_path: Path
) -> None:
    assert scored("standard", "publish", standard).code == 0
    other = tmp_path / "other.yaml"
    other.write_text(STANDARD.replace("target: 3", "target: 4"))
    refused = scored("standard", "publish", other)
    assert refused.code == 1
    assert "other.yaml" in refused.err
    listed = scored("standard", "list", "--json").document
    assert [(one["standard"], one["version"]) for one in listed] == [("trial", "1")]


def test_a_draft_is_tried_on_past_months(scored: Pervichka, tmp_path: Path) -> None:
    draft = tmp_path / "draft.yaml"
    draft.write_text(STANDARD.replace("target: 3", "target: 1").replace('"1"', '"2"'))
    arguments = ["replay", draft, "--from", "2026-10", "--to", "2026-10"]
    rows = scored("standard", *arguments, "--json").document
    moved = next(row for row in rows if row["branch"] == "RU-AD/1")
    assert moved["points_before"] == pytest.approx(100 / 3)
    assert moved["points_after"] == 100
    assert (moved["grade_before"], moved["grade_after"]) == ("D", "A")
    assert moved["why"] == [{"indicator": "leaflets", "difference": pytest.approx(200 / 3)}]
    assert "leaflets +66.67" in scored("standard", *arguments).out


def test_a_wrong_document_is_refused_with_its_lines(pervichka: Pervichka, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(STANDARD.replace("weight: 1", "weight: 0").replace("from: facts", "from: fax"))
    done = pervichka("standard", "check", wrong)
    assert done.code == 1
    lines = [int(line.split(":")[1]) for line in done.err.splitlines() if "wrong.yaml" in line]
    text = wrong.read_text().splitlines()
    assert any("weight: 0" in text[line - 1] for line in lines)
    assert any("from: fax" in text[line - 1] for line in lines)


def test_a_sound_document_is_shown_with_all_it_says(scored: Pervichka, standard: Path) -> None:
    assert scored("standard", "check", standard, "--json").document["indicators"] == 1
    assert scored("standard", "show", "trial", "--json").document["slug"] == "trial"
    assert "leaflets" in scored("standard", "show", "trial@1").out


def test_what_was_never_scored_is_not_exported(scored: Pervichka, tmp_path: Path) -> None:
    file = tmp_path / "scores.csv"
    done = scored("scores", "export", "--period", "2026-03", "--output", file)
    assert done.code == 1
    assert not file.exists()


def test_without_a_standard_nothing_is_scored(pervichka: Pervichka, tree: Path) -> None:
    pervichka("branches", "import", tree)
    assert pervichka("score", "--period", "2026-10").code == 1


def test_spark_is_refused_in_words(scored: Pervichka) -> None:
    done = scored("score", "--period", "2026-10", "--engine", "spark")
    assert done.code == 1
    assert "spark" in done.err
