"""Figures and the records behind them, as far as one's post reaches."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from pervichka.foundation.periods import Month
from pervichka.standard.facts.actions.importing import import_facts
from pervichka.standard.facts.actions.registering import register_kind
from pervichka.standard.scores.actions.publishing import publish_standard
from pervichka.standard.scores.actions.scoring import score_period
from tests.builders.actors import OPERATOR
from tests.surfaces.api.conftest import Asker, Town

pytestmark = pytest.mark.django_db(transaction=True)

AT = datetime(2026, 11, 2, 9, tzinfo=UTC)
STANDARD = """
standard: trial
version: "1"
title: {en: A trial, ru: Проба}
source: A test
valid_from: 2026-01-01
grades: {A: 85}
criteria:
  - id: talk
    title: {en: Talk, ru: Разговор}
    weight: 1
    indicators:
      - id: helped
        title: {en: People helped, ru: Кому помогли}
        period: month
        measure:
          numerator: {distinct: person, from: facts, where: "kind = 'x.help.given'"}
        target: 4
"""
FACTS = """kind,branch,person,occurred_on,source,source_id
x.help.given,RU-AD/1,p1,2026-10-02,help,1
x.help.given,RU-AD/1,p9,2026-10-03,help,2
x.help.given,RU-AD/2,p2,2026-10-03,help,3
"""


@pytest.fixture
def scored(town: Town, tmp_path: Path) -> Town:
    standard, facts = tmp_path / "trial.yaml", tmp_path / "facts.csv"
    standard.write_text(STANDARD)
    facts.write_text(FACTS)
    register_kind(
        kind="x.help.given", purpose="To count help", with_person=True, by=OPERATOR, at=AT
    )
    import_facts(file=facts, by=OPERATOR, at=AT)
    publish_standard(file=standard, by=OPERATOR, at=AT)
    score_period(month=Month(2026, 10), by=OPERATOR, at=AT)
    return town


def test_figures_are_told_by_branch_and_indicator(scored: Town, head: Asker) -> None:
    status, answer = head.get("/scores", period="2026-10")
    assert status == 200
    assert (answer["standard"], answer["version"], answer["total"]) == ("trial", "1", 4)
    by_branch = {row["branch"]: row for row in answer["rows"]}
    assert by_branch["RU-AD"]["indicators"][0]["numerator"] == 3
    assert by_branch["RU-AD/1"]["points"] == 50
    assert by_branch["RU-AD/1"]["criteria"] == {"talk": 50}


def test_figures_are_narrowed_and_stay_within_reach(scored: Town, alice: Asker) -> None:
    assert [row["branch"] for row in alice.get("/scores", period="2026-10")[1]["rows"]] == [
        "RU-AD/1"
    ]
    assert alice.get("/scores", period="2026-10", branch="RU-AD/2")[0] == 404


def test_months_and_standards_are_listed(scored: Town, alice: Asker) -> None:
    assert alice.get("/periods")[1] == ["2026-10"]
    assert alice.get("/standards")[1][0]["slug"] == "trial"
    assert alice.get("/scores", period="2026-09")[0] == 404
    assert alice.get("/scores", period="October")[0] == 422


def test_a_number_opens_to_its_rows(scored: Town, alice: Asker) -> None:
    status, answer = alice.get("/explain", branch="RU-AD/1", indicator="helped", period="2026-10")
    assert status == 200
    assert (answer["total"], answer["amount"]) == (2, 2)
    assert {row["columns"]["person"] for row in answer["rows"]} == {"p1", "p9"}


def test_above_the_branch_a_person_is_a_number(scored: Town, head: Asker) -> None:
    for code in ("RU-AD", "RU-AD/1"):
        _, answer = head.get("/explain", branch=code, indicator="helped", period="2026-10")
        people = {row["columns"]["person"] for row in answer["rows"]}
        assert people <= {"participant 1", "participant 2", "participant 3"}


def test_a_participant_has_one_number_on_every_page(scored: Town, head: Asker) -> None:
    wanted = {"branch": "RU-AD", "indicator": "helped", "period": "2026-10"}
    whole = [row["columns"] for row in head.get("/explain", **wanted)[1]["rows"]]
    paged = [
        head.get("/explain", **wanted, offset=at, limit=1)[1]["rows"][0]["columns"]
        for at in range(len(whole))
    ]
    assert paged == whole
    assert [row["person"] for row in whole] == ["participant 1", "participant 2", "participant 3"]


def test_the_evidence_needs_its_permission(scored: Town, viewer: Asker, alice: Asker) -> None:
    wanted = {"indicator": "helped", "period": "2026-10"}
    assert viewer.get("/explain", branch="RU-AD/1", **wanted)[0] == 404
    assert alice.get("/explain", branch="RU-AD/2", **wanted)[0] == 404
    assert alice.get("/explain", branch="RU-AD/1", indicator="x", period="2026-10")[0] == 422
