"""Publishing, computing, storing, exporting and closing months."""

import csv
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from pervichka.foundation import postgres
from pervichka.foundation.journal.models import Entry
from pervichka.foundation.periods import Month
from pervichka.foundation.refusal import Refused
from pervichka.foundation.tabular import write_rows
from pervichka.register.access.actor import Actor
from pervichka.register.access.policy import Forbidden
from pervichka.register.access.roles import HeadquartersEditor, Viewer
from pervichka.register.branches.acting import acting_as
from pervichka.register.branches.models import Branch
from pervichka.standard.engine.explain import Side
from pervichka.standard.scores.actions.closing import close_period
from pervichka.standard.scores.actions.publishing import publish_standard
from pervichka.standard.scores.actions.scoring import score_period
from pervichka.standard.scores.computing import Engine, compute
from pervichka.standard.scores.models import ClosedPeriod, PublishedStandard, Score
from pervichka.standard.scores.queries.closings import verify_periods
from pervichka.standard.scores.queries.explaining import explain_number
from pervichka.standard.scores.queries.export import COLUMNS, ExportRow, export_rows
from pervichka.standard.scores.queries.replaying import replay
from pervichka.standard.scores.queries.standards import document, standard_in_force
from tests.builders.actors import OPERATOR, STRANGER, head_of
from tests.builders.branches import a_branch, a_primary_branch
from tests.builders.events import a_held_meeting
from tests.builders.people import members
from tests.builders.standards import a_document, a_published_standard

OCTOBER = Month(2026, 10)
NOW = datetime(2026, 11, 5, 9, tzinfo=UTC)
committing = pytest.mark.django_db(transaction=True)
plain = pytest.mark.django_db


@pytest.fixture
def scored(tmp_path: Path) -> PublishedStandard:
    """Two primary branches; in one of them three of five members met once."""
    published = a_published_standard(tmp_path)
    people = members(of=a_primary_branch(), number=5)
    a_branch(code="RU-AD/2", parent=Branch.objects.get(code="RU-AD/local"))
    a_held_meeting(branch=people[0].branch, came=people[:3])
    score()
    return published


def score(engine: Engine = Engine.DUCKDB, month: Month = OCTOBER) -> int:
    return score_period(month=month, engine=engine, by=OPERATOR, at=NOW)


def rows() -> list[ExportRow]:
    return list(export_rows(OCTOBER))


def close(month: Month = OCTOBER, at: datetime = NOW) -> ClosedPeriod:
    return close_period(month=month, by=OPERATOR, at=at)


@plain
def test_the_same_document_again_changes_nothing(tmp_path: Path) -> None:
    first = a_published_standard(tmp_path)

    assert a_published_standard(tmp_path) == first
    assert PublishedStandard.objects.count() == 1
    assert Entry.objects.filter(action="standard.published").count() == 1


@plain
def test_other_content_under_a_published_version_is_refused(tmp_path: Path) -> None:
    a_published_standard(tmp_path)

    with pytest.raises(Refused, match="never changes"):
        a_published_standard(tmp_path, target=4)
    assert a_published_standard(tmp_path, version="2", target=4).version == "2"


@plain
def test_only_who_may_publish_publishes(tmp_path: Path) -> None:
    a_primary_branch()
    root = Branch.objects.get(parent=None)

    with pytest.raises(Forbidden):
        publish_standard(file=a_document(tmp_path), by=head_of(root, role=Viewer), at=NOW)
    editor = head_of(root, role=HeadquartersEditor)
    assert publish_standard(file=a_document(tmp_path), by=editor, at=NOW)


def test_only_who_may_compute_scores_computes(scored: PublishedStandard) -> None:
    viewer = head_of(Branch.objects.get(parent=None), role=Viewer)

    with pytest.raises(Forbidden):
        score_period(month=OCTOBER, by=viewer, at=NOW)


@plain
@pytest.mark.parametrize(
    "act",
    [
        lambda by, file: publish_standard(file=file, by=by, at=NOW),
        lambda by, _: score_period(month=OCTOBER, by=by, at=NOW),
        lambda by, _: close_period(month=OCTOBER, by=by, at=NOW),
    ],
    ids=["publish", "compute", "close"],
)
def test_what_holds_for_the_nation_takes_the_right_over_all_of_it(
    act: Callable[[Actor, Path], object], tmp_path: Path
) -> None:
    region = Branch.objects.get(pk=a_primary_branch().parent_id).parent
    assert region is not None
    a_published_standard(tmp_path)

    with pytest.raises(Forbidden):
        act(head_of(region, role=HeadquartersEditor), a_document(tmp_path, version="2"))


@plain
def test_in_force_is_the_latest_valid_and_of_those_the_last_published(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="no standard is published"):
        standard_in_force(OCTOBER)
    for version, valid_from in (
        ("c", date(2026, 10, 31)), ("a", date(2026, 1, 1)), ("b", date(2026, 1, 1)),
    ):  # fmt: skip
        a_published_standard(tmp_path, version=version, valid_from=valid_from)

    assert standard_in_force(OCTOBER).version == "c"
    assert standard_in_force(OCTOBER.plus(-1)).version == "b"
    with pytest.raises(Refused, match="no version of the standard work is in force for 2025-12"):
        standard_in_force(Month(2025, 12))

    a_published_standard(tmp_path, slug="other")
    with pytest.raises(Refused, match="name one of the standards: other, work"):
        standard_in_force(OCTOBER)
    assert standard_in_force(OCTOBER, "other").slug == "other"


@committing
def test_what_is_stored_is_what_the_engine_says(scored: PublishedStandard) -> None:
    computed = compute(document(scored), OCTOBER, Engine.DUCKDB)

    assert score() == len(computed.scores) == Score.objects.count() == 5
    for one in computed.scores:
        stored = Score.objects.get(branch__code=one.branch)
        assert stored.numerators == [i.numerator for i in one.indicators]
        assert stored.denominators == [i.denominator for i in one.indicators]
        assert stored.values == [i.value for i in one.indicators]
        assert stored.indicator_points == [i.points for i in one.indicators]
        assert (stored.criterion_points, stored.points, stored.grade) == (
            list(one.criteria), one.points, one.grade,
        )  # fmt: skip


@committing
def test_a_score_counts_what_is_committed_while_another_transaction_is_open(
    scored: PublishedStandard,
) -> None:
    url = postgres.connect_info("app", str(connection.settings_dict["NAME"])).url
    with psycopg.connect(url) as another:
        another.execute("select pg_current_xact_id()")
        people = members(of=Branch.objects.get(code="RU-AD/2"), number=3)
        a_held_meeting(branch=people[0].branch, came=people)
        score()

    assert Score.objects.get(branch__code="RU-AD/2").numerators[0] == 1


@committing
def test_the_reference_gives_the_same(scored: PublishedStandard) -> None:
    before = rows()

    score(Engine.REFERENCE)

    assert rows() == before
    assert {row[3] for row in before} == {"meetings", "came", None}


@committing
def test_export(scored: PublishedStandard, tmp_path: Path) -> None:
    exported = rows()
    codes = ["RU", "RU-AD", "RU-AD/1", "RU-AD/2", "RU-AD/local"]
    assert [row[0] for row in exported] == [code for code in codes for _ in range(4)]
    third, came = 100 * (1 / 3), 100 * (0.6 / 0.7)
    assert exported[8:12] == [
        ("RU-AD/1", "primary", "work", "meetings", 1.0, None, 1.0, third, None),
        ("RU-AD/1", "primary", "work", "came", 3.0, 5.0, 0.6, came, None),
        ("RU-AD/1", "primary", "work", None, None, None, None, (third + came) / 2, None),
        ("RU-AD/1", "primary", None, None, None, None, None, (third + came) / 2, "C"),
    ]  # fmt: skip

    file = tmp_path / "scores.csv"
    assert write_rows(file, COLUMNS, exported) == 20
    with file.open(encoding="utf-8", newline="") as stream:
        header, *back = csv.reader(stream)
    assert header == ["branch", "level", "criterion", "indicator", "numerator", "denominator",
                      "value", "points", "grade"]  # fmt: skip
    assert [float(row[7]) if row[7] else None for row in back] == [row[7] for row in exported]


@committing
def test_an_unscored_month_is_not_exported(scored: PublishedStandard) -> None:
    with pytest.raises(Refused, match="pervichka score --period 2026-09"):
        list(export_rows(Month(2026, 9)))


@committing
def test_a_later_version_takes_the_place_of_the_one_before(
    scored: PublishedStandard, tmp_path: Path
) -> None:
    a_published_standard(tmp_path, version="2", target=1)
    score()

    assert Score.objects.values_list("standard__version").distinct().get() == ("2",)
    assert rows()[8][7] == 100.0


@committing
def test_a_closed_month_keeps_its_numbers(scored: PublishedStandard, tmp_path: Path) -> None:
    before = rows()
    closed = close()

    with pytest.raises(Refused, match="closed; its numbers stay"):
        score()
    with pytest.raises(Refused, match="closed already"):
        close()
    a_published_standard(tmp_path, version="2", target=1)
    with pytest.raises(Refused, match="closed; its numbers stay"):
        score()
    assert rows() == before
    assert [(one.month, one.flaw) for one in verify_periods()] == [(OCTOBER, None)]
    assert (closed.rows, closed.previous_hash) == (20, "0" * 64)


@committing
@pytest.mark.parametrize(("day", "hour"), [(5, 0), (31, 20)])
def test_a_month_that_is_not_over_is_not_closed(
    scored: PublishedStandard, day: int, hour: int
) -> None:
    with pytest.raises(Refused, match="not over yet"):
        close(at=datetime(2026, 10, day, hour, tzinfo=UTC))


@committing
def test_tampering_is_named_and_the_chain_holds_months_together(scored: PublishedStandard) -> None:
    september = OCTOBER.plus(-1)
    score(month=september)
    first, second = close(), close(september)
    assert second.previous_hash == first.hash
    assert [one.flaw for one in verify_periods()] == [None, None]

    one = Score.objects.get(branch__code="RU-AD/1", month=OCTOBER.start)
    Score.objects.filter(pk=one.pk).update(points=(one.points or 0) + 1e-9)
    assert [found.flaw for found in verify_periods()] == ["its numbers were changed", None]
    Score.objects.filter(pk=one.pk).update(points=one.points)

    text = scored.text
    PublishedStandard.objects.update(text=text.replace("target: 3", "target: 1"))
    assert {found.flaw for found in verify_periods()} == {"its standard was changed"}
    PublishedStandard.objects.update(text=text)

    ClosedPeriod.objects.filter(pk=first.pk).update(hash="1" * 64)
    assert [found.flaw for found in verify_periods()] == [
        "its hash was changed", "does not follow the closing before it",
    ]  # fmt: skip


@committing
def test_a_draft_replayed_shows_who_would_move(scored: PublishedStandard, tmp_path: Path) -> None:
    draft = a_document(tmp_path, version="draft", target=1)
    before = rows()

    replayed = list(replay(file=draft, first=Month(2026, 9), last=OCTOBER, by=OPERATOR))

    moved = {(str(r.month), r.branch): r.difference for r in replayed if r.difference}
    assert set(moved) == {("2026-10", code) for code in ("RU", "RU-AD", "RU-AD/local", "RU-AD/1")}
    (one,) = (r for r in replayed if (r.branch, r.month) == ("RU-AD/1", OCTOBER))
    assert one.points_before == before[11][7]
    assert (one.grade_before, one.grade_after) == ("C", "A")
    assert rows() == before


@committing
def test_a_replay_says_why_and_the_causes_come_to_the_difference(
    scored: PublishedStandard, tmp_path: Path
) -> None:
    draft = a_document(tmp_path, version="draft", target=1)
    text = draft.read_text(encoding="utf-8")
    draft.write_text(text.replace("id: came", "id: turned-up"), encoding="utf-8")

    (one,) = (
        one
        for one in replay(file=draft, first=OCTOBER, last=OCTOBER, by=OPERATOR)
        if one.branch == "RU-AD/1"
    )

    # Before: a third of the meetings' points, 60 / 70 of those who came; half of each counts.
    came = 100 * (3 / 5) / 0.7 / 2
    assert {cause.indicator: cause.difference for cause in one.why} == {
        "meetings": pytest.approx(50 - 50 / 3),
        "came": pytest.approx(-came),
        "turned-up": pytest.approx(came),
    }
    assert sum(cause.difference for cause in one.why) == pytest.approx(one.difference)


@committing
def test_a_replay_shows_of_the_nation_what_its_reader_sees_and_as_it_is(
    scored: PublishedStandard, tmp_path: Path
) -> None:
    draft = a_document(tmp_path, version="draft", target=1)
    whole = list(replay(file=draft, first=OCTOBER, last=OCTOBER, by=OPERATOR))
    secretary = head_of(Branch.objects.get(code="RU-AD/1"))

    with acting_as(secretary):
        own = list(replay(file=draft, first=OCTOBER, last=OCTOBER, by=secretary))

    assert own == [one for one in whole if one.branch == "RU-AD/1"]
    with pytest.raises(Forbidden):
        next(replay(file=draft, first=OCTOBER, last=OCTOBER, by=STRANGER))


@committing
def test_months_to_replay_go_forward(scored: PublishedStandard, tmp_path: Path) -> None:
    draft = a_document(tmp_path, version="draft")
    with pytest.raises(Refused, match="2026-09 is before 2026-10"):
        next(replay(file=draft, first=OCTOBER, last=OCTOBER.plus(-1), by=OPERATOR))


@committing
@pytest.mark.parametrize("branch", ["RU", "RU-AD", "RU-AD/1", "RU-AD/2"])
@pytest.mark.parametrize(("indicator", "index"), [("meetings", 0), ("came", 1)])
def test_rows_behind_a_number_come_to_it(
    scored: PublishedStandard, branch: str, indicator: str, index: int
) -> None:
    stored = Score.objects.get(branch__code=branch)
    for side, number in (
        (Side.NUMERATOR, stored.numerators[index]),
        (Side.DENOMINATOR, stored.denominators[index]),
    ):
        found = explain_number(
            branch=branch, indicator=indicator, month=OCTOBER, side=side, by=OPERATOR
        )
        assert found.amount == number
        assert len(found.rows) == found.total == (number or 0)


@committing
def test_evidence_needs_the_right_to_it_there(scored: PublishedStandard) -> None:
    one, two = (Branch.objects.get(code=f"RU-AD/{number}") for number in (1, 2))
    with pytest.raises(Forbidden):
        explain_number(
            branch="RU-AD/1",
            indicator="meetings",
            month=OCTOBER,
            side=Side.MISSED,
            by=head_of(one, role=Viewer),
        )
    # One out of sight is refused like one that isn't.
    for code, actor in (("RU-AD/1", head_of(two)), ("RU-XX", OPERATOR)):
        with pytest.raises(Refused, match=f"no branch {code}"):
            explain_number(
                branch=code, indicator="meetings", month=OCTOBER, side=Side.MISSED, by=actor
            )


@committing
def test_a_recomputation_that_fails_leaves_the_numbers_and_the_lock_free(
    scored: PublishedStandard, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = rows()
    with monkeypatch.context() as patch:
        patch.setattr("pervichka.standard.scores.actions.scoring._rows", lambda *_: 1 // 0)
        with pytest.raises(ZeroDivisionError):
            score()

    assert rows() == before
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(*) from pg_locks join pg_database on pg_database.oid = database"
            " where locktype = 'advisory' and datname = current_database()"
        )
        assert cursor.fetchone() == (0,)
    assert score() == 5
