"""Facts of other systems: whole or not at all, other content of one is a correction."""

import csv
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from pervichka.foundation.journal.models import Entry
from pervichka.foundation.periods import Month
from pervichka.foundation.refusal import Refused
from pervichka.register.access.actor import Actor
from pervichka.register.access.policy import Forbidden
from pervichka.register.access.roles import DataProtectionOfficer
from pervichka.register.branches.acting import acting_as
from pervichka.register.branches.models import Branch
from pervichka.register.branches.queries import calendar
from pervichka.standard.facts.actions import importing
from pervichka.standard.facts.actions.importing import FactsImported, import_facts
from pervichka.standard.facts.actions.registering import register_kind
from pervichka.standard.facts.models import Fact
from tests.builders.actors import OPERATOR, head_of
from tests.builders.branches import a_branch, a_primary_branch

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 10, 20, 9, tzinfo=UTC)
COLUMNS = ("kind", "branch", "person", "occurred_on", "value", "evidence", "source", "source_id")
VOTING_DAY = date(2026, 9, 20)


@pytest.fixture(autouse=True)
def _a_branch(monkeypatch: pytest.MonkeyPatch) -> None:
    a_primary_branch()
    monkeypatch.setattr(importing, "is_voting_day", lambda day: day == VOTING_DAY)
    for kind, with_person in (("x.call.made", False), ("x.visit.paid", True)):
        register_kind(kind=kind, purpose="Work", with_person=with_person, by=OPERATOR, at=NOW)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "facts.csv"


def row(**cells: str) -> dict[str, str]:
    return {
        "kind": "x.visit.paid", "branch": "RU-AD/1", "person": "p-1", "occurred_on": "2026-10-05",
        "value": "1.5", "evidence": "observed", "source": "crm", "source_id": "1", **cells,
    }  # fmt: skip


def take(file: Path, *rows: dict[str, str], by: Actor = OPERATOR) -> FactsImported:
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
    with acting_as(by):
        return import_facts(file=file, by=by, at=NOW)


def everything() -> list[tuple[object, ...]]:
    return list(Fact.objects.order_by("id").values_list())


def test_a_row_becomes_a_fact_in_thousandths(file: Path) -> None:
    done = take(file, row(), row(source_id="2", value="", evidence="", person=""))

    first, second = Fact.objects.order_by("source_id")
    assert (first.value, first.evidence, first.person) == (1500, 1, "p-1")
    assert (second.value, second.evidence, second.person) == (1000, 0, None)
    assert first.place == first.branch.place
    assert done == FactsImported(added=2, corrected=0, unchanged=0, months=(Month(2026, 10),))


def test_the_same_again_changes_nothing(file: Path) -> None:
    take(file, row())
    before = everything()

    done = take(file, row(), row())

    assert (done.added, done.corrected, done.months) == (0, 0, ())
    assert everything() == before


@pytest.mark.parametrize(
    "cells",
    [
        {"value": "2"}, {"evidence": "verified"}, {"person": "p-2"}, {"person": ""},
        {"kind": "survey.answered"}, {"branch": "RU-AD/2"}, {"occurred_on": "2026-09-05"},
    ],
)  # fmt: skip
def test_other_content_is_a_correction_that_is_journalled(
    file: Path, cells: dict[str, str]
) -> None:
    a_branch(code="RU-AD/2", parent=Branch.objects.get(code="RU-AD/local"))
    take(file, row())
    fact = Fact.objects.get()

    done = take(file, row(**cells))

    assert (done.added, done.corrected) == (0, 1)
    assert set(done.months) == {
        Month(2026, 10), Month.parse(cells.get("occurred_on", "2026-10-05")[:7])
    }  # fmt: skip
    changed = Fact.objects.get()
    assert changed.id == fact.id
    assert changed.place == changed.branch.place
    assert Entry.objects.get(action="facts.corrected").subject_id == str(fact.id)
    assert take(file, row(**cells)).corrected == 0


@pytest.mark.parametrize(
    ("cells", "column", "says"),
    [
        ({"kind": ""}, "kind", "nothing is given"),
        ({"kind": "meeting.merry"}, "kind", "not in the catalogue"),
        ({"kind": "x.unheard.of"}, "kind", "not registered; register it first"),
        ({"branch": "RU-XX"}, "branch", "no branch 'RU-XX'"),
        ({"kind": "x.call.made"}, "person", "registered without a person"),
        ({"occurred_on": ""}, "occurred_on", "nothing is given"),
        ({"occurred_on": "05.10.2026"}, "occurred_on", "not a date"),
        ({"occurred_on": "2026-09-20"}, "occurred_on", "voting day"),
        ({"kind": "course.passed", "occurred_on": "2026-09-20"}, "occurred_on", "voting day"),
        ({"value": "1.2345"}, "value", "more than three decimals"),
        # Arithmetic of 28 digits would round these to a whole one.
        ({"value": "1." + "0" * 30 + "1"}, "value", "more than three decimals"),
        ({"value": "١٢"}, "value", "not a number"),
        ({"value": "1e3"}, "value", "not a number"),
        ({"value": "nan"}, "value", "not a number"),
        ({"value": "9" * 13}, "value", "too large"),
        ({"evidence": "rumour"}, "evidence", "write one of self_reported, observed, verified"),
        ({"source": "events"}, "source", "the name of work done here"),
        ({"source": ""}, "source", "nothing is given"),
        ({"source_id": ""}, "source_id", "nothing is given"),
        ({"source_id": "0"}, "source_id", "line 2 says otherwise"),
    ],
)
def test_a_wrong_row_is_refused_with_its_place_and_nothing_is_kept(
    file: Path, cells: dict[str, str], column: str, says: str
) -> None:
    with pytest.raises(Refused, match=says) as refused:
        take(file, row(source_id="0", value="7"), row(**cells))

    (reason,) = refused.value.reasons
    assert (reason.file, reason.line, reason.column) == ("facts.csv", 3, column)
    assert everything() == []


def test_a_fact_without_a_person_may_fall_on_a_voting_day(file: Path) -> None:
    assert take(file, row(person="", occurred_on="2026-09-20")).added == 1


def test_the_pack_knows_its_voting_days() -> None:
    assert calendar.is_voting_day(date(2024, 3, 17))
    assert not calendar.is_voting_day(date(2024, 3, 20))


def test_only_with_the_right(file: Path) -> None:
    take(file, row())
    head = head_of(Fact.objects.get().branch)

    with pytest.raises(Forbidden):
        import_facts(file=file, by=head, at=NOW)


def test_what_lies_beyond_the_actor_s_reach_is_refused_by_its_line(file: Path) -> None:
    elsewhere = a_branch(code="RU-AD/2", parent=Branch.objects.get(code="RU-AD/local"))
    officer = head_of(elsewhere, role=DataProtectionOfficer)
    assert take(file, row(branch="RU-AD/2"), by=officer).added == 1
    with pytest.raises(Refused) as refused:
        take(file, row(source_id="2", branch="RU-AD/2"), row(source_id="3"), by=officer)

    (reason,) = refused.value.reasons
    assert (reason.line, reason.column) == (3, "branch")
    assert "within your reach" in str(reason)


def test_a_record_known_elsewhere_is_refused_and_not_said_to_be_unchanged(file: Path) -> None:
    elsewhere = a_branch(code="RU-AD/2", parent=Branch.objects.get(code="RU-AD/local"))
    take(file, row())
    before = everything()
    with pytest.raises(Refused) as refused:
        take(
            file,
            row(source_id="2", branch="RU-AD/2"),
            row(branch="RU-AD/2"),
            by=head_of(elsewhere, role=DataProtectionOfficer),
        )

    (reason,) = refused.value.reasons
    assert (reason.line, reason.column) == (3, "source_id")
    assert everything() == before
