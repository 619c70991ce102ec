"""A list of people leaves as a file: for a purpose, agreed to, made with today's rights, gone."""

import csv
import io
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import IntegrityError, connection, transaction
from pytest_django import Settings

from pervichka.foundation import postgres
from pervichka.foundation.journal.models import Entry
from pervichka.foundation.postgres import scope
from pervichka.foundation.refusal import Refused
from pervichka.foundation.tabular import read_rows
from pervichka.register.access.policy import BudgetExhausted, Forbidden
from pervichka.register.branches.acting import SYSTEM, acting_as
from pervichka.register.disclosure import policy as rules
from pervichka.register.disclosure.actions import (
    approve_export,
    ask_export,
    download_export,
    fail_export,
    make_export,
    making,
    refuse_export,
    spend,
)
from pervichka.register.disclosure.models import PeopleExport, PeopleExportFile
from pervichka.register.disclosure.queries import budget_of, exports_of
from pervichka.register.people.actions import add_contact_point, record_consent
from pervichka.register.people.models import Person
from pervichka.register.posts.models import PostHolding
from pervichka.register.posts.queries import acting_user
from pervichka.register.retention.actions import end_what_is_due
from pervichka.standard.facts.actions.erasing import erase_everywhere
from tests.builders.people import a_person
from tests.register.disclosure.conftest import AT, Region

pytestmark = pytest.mark.django_db


def made(region: Region, **changes: object) -> PeopleExport:
    """Asked for by the head of the local branch, and made."""
    by = region.head
    with acting_as(by):
        export = ask_export(wish=region.wish(**changes), by=by, at=AT)
        assert make_export(export_id=export.id, by=by, at=AT)
    export.refresh_from_db()
    return export


def content(region: Region, export: PeopleExport) -> bytes:
    with acting_as(region.head):
        found = download_export(export_id=export.id, by=region.head, at=AT)
    assert found is not None
    return found.content


def table(region: Region, export: PeopleExport) -> list[dict[str, str]]:
    text = content(region, export).decode()
    return list(csv.DictReader(io.StringIO(text)))


def destroyed(*, at: datetime) -> int:
    """How many exports the worker's round over what is kept has ended."""
    return end_what_is_due(by=SYSTEM, at=at).get("exports", 0)


@pytest.fixture
def _few(tmp_path: Path, settings: Settings) -> Iterator[None]:
    """Four rows already wait for a second person."""
    file = tmp_path / "policy.yaml"
    file.write_text("rows_without_second_person: 4\n")
    settings.DISCLOSURE_POLICY = str(file)
    rules.policy.cache_clear()
    yield
    rules.policy.cache_clear()


def test_it_holds_what_the_purpose_needs_and_whose_it_is(region: Region) -> None:
    export = made(region)
    rows = table(region, export)
    assert [row["full_name"].split()[1] for row in rows] == [
        "Анна000",
        "Анна001",
        "Анна002",
        "Анна000",
        "Анна001",
    ]
    assert set(rows[0]) == {
        "code",
        "full_name",
        "branch",
        "affiliation",
        "affiliated_on",
        "confirmed_on",
        "export",
    }
    assert {row["export"] for row in rows} == {f"{export.number} · head · 2026-10-20"}
    assert (export.state, export.rows) == ("made", 5)


def test_a_spreadsheet_is_marked_too(region: Region, tmp_path: Path) -> None:
    export = made(region, form="xlsx")
    file = tmp_path / "people.xlsx"
    file.write_bytes(content(region, export))
    columns = (*rules.policy().purposes[export.purpose].columns, "export")
    marks = [row.cells["export"] for row in read_rows(file, required=columns)]
    assert marks == [f"{export.number} · head · 2026-10-20"] * 5


def test_cells_that_look_like_formulas_are_defused(region: Region) -> None:
    for mark in "=+-@\t":
        a_person(branch=region.one, last_name=f"{mark}1+1", first_name="Анна")
    names = [row["full_name"] for row in table(region, made(region))]
    assert sum(name.startswith("'") for name in names) >= 4
    assert not [name for name in names if name[0] in "=+-@\t"]


def test_a_number_stands_there_only_with_the_person_s_consent(region: Region) -> None:
    agreed, silent = region.people[:2]
    for person, number in ((agreed, "+79000000001"), (silent, "+79000000002")):
        add_contact_point(person=person, kind="phone", value=number, by=region.secretary, at=AT)
    record_consent(person=agreed, text_code="default", on=AT.date(), by=region.secretary, at=AT)

    phones = [row["phone"] for row in table(region, made(region, purpose="calls"))]

    # A number begins with a plus, hence the mark of text before it.
    assert [phone for phone in phones if phone] == ["'+79000000001"]


def test_rows_of_other_branches_draw_on_the_budget_and_one_s_own_don_t(region: Region) -> None:
    made(region)
    assert budget_of(region.head, at=AT).spent == 5
    by = region.secretary
    with acting_as(by):
        export = ask_export(wish=region.wish(branch=region.one), by=by, at=AT)
        make_export(export_id=export.id, by=by, at=AT)
    assert budget_of(by, at=AT).spent == 0


def test_nothing_is_made_beyond_the_budget(region: Region) -> None:
    by = region.head
    spend(rows=996, by=by, at=AT)
    with acting_as(by):
        export = ask_export(wish=region.wish(), by=by, at=AT)
        with pytest.raises(BudgetExhausted) as exhausted:
            make_export(export_id=export.id, by=by, at=AT)
    assert not PeopleExportFile.objects.exists()
    fail_export(export_id=export.id, refused=Refused(exhausted.value.reason), by=SYSTEM, at=AT)
    export.refresh_from_db()
    assert export.state == "failed"
    assert export.failure["params"]["left"] == 4
    assert budget_of(by, at=AT).spent == 996


def test_each_person_on_it_can_see_who_took_their_data(region: Region) -> None:
    made(region)
    looks = Entry.objects.filter(action="export.included")
    assert {entry.subject_id for entry in looks} == {str(person.id) for person in region.people}
    assert {entry.actor for entry in looks} == {region.head.code}


def test_nobody_who_leaves_while_the_list_is_read_stays_in_the_file(
    region: Region, monkeypatch: pytest.MonkeyPatch
) -> None:
    by, whole = region.head, making.rows_to_export

    def meanwhile(**asked: Any) -> Any:
        yield from whole(**asked)
        Person.objects.get(id=region.people[0].id).delete()

    monkeypatch.setattr(making, "rows_to_export", meanwhile)
    with acting_as(by):
        export = ask_export(wish=region.wish(), by=by, at=AT)
        with pytest.raises(making.ErasedMeanwhile):
            make_export(export_id=export.id, by=by, at=AT)
        assert not PeopleExportFile.objects.exists()
    assert budget_of(by, at=AT).spent == 0


def test_a_thousand_rows_are_the_most_on_one_person_s_word() -> None:
    assert rules.policy().rows_without_second_person == 1_000


def test_made_twice_it_is_one_file(region: Region) -> None:
    export = made(region)
    with acting_as(region.head):
        assert not make_export(export_id=export.id, by=region.head, at=AT)
    assert budget_of(region.head, at=AT).spent == 5


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"purpose": "curiosity"}, "what the list is for"),
        ({"words": "надо"}, "in a sentence"),
        ({"form": "docx"}, "kind of file"),
        ({"affiliation": "candidate"}, "nobody on this list"),
        ({"affiliation": "voter"}, "who is on the list"),
    ],
)
def test_what_can_t_be_asked(region: Region, changes: dict[str, object], reason: str) -> None:
    with acting_as(region.head), pytest.raises(Refused, match=reason):
        ask_export(wish=region.wish(**changes), by=region.head, at=AT)
    assert not PeopleExport.objects.exists()


def test_who_may_not_see_the_people_may_not_ask(region: Region) -> None:
    for by, branch in ((region.secretary, region.two), (region.officer, region.one)):
        with pytest.raises(Forbidden):
            ask_export(wish=region.wish(branch=branch), by=by, at=AT)


@pytest.mark.usefixtures("_few")
class TestLarge:
    """One that needs a second person."""

    def asked(self, region: Region) -> PeopleExport:
        with acting_as(region.head):
            export = ask_export(wish=region.wish(), by=region.head, at=AT)
        assert export.state == "waiting"
        return export

    def test_as_many_rows_as_one_person_may_take_wait_for_nobody(self, region: Region) -> None:
        a_person(branch=region.one, first_name="Ольга")
        with acting_as(region.head):
            export = ask_export(wish=region.wish(branch=region.one), by=region.head, at=AT)
        assert (export.rows, export.state) == (4, "asked")
        with pytest.raises(Refused, match="needs no second person"):
            approve_export(export_id=export.id, by=region.officer, at=AT)

    def test_it_is_not_made_before_another_agrees(self, region: Region) -> None:
        export = self.asked(region)
        with acting_as(region.head):
            assert not make_export(export_id=export.id, by=region.head, at=AT)
        with acting_as(region.officer):
            (row,), _total = exports_of(region.officer, at=AT)
            assert row.may_decide
            approve_export(export_id=export.id, by=region.officer, at=AT)
        with acting_as(region.head):
            assert make_export(export_id=export.id, by=region.head, at=AT)

    def test_the_asker_is_nobody_s_second_person(self, region: Region) -> None:
        by = region.regional_head
        with acting_as(by):
            export = ask_export(wish=region.wish(), by=by, at=AT)
            with pytest.raises(Refused, match="another person"):
                approve_export(export_id=export.id, by=by, at=AT)
        broken = PeopleExport.objects.filter(id=export.id)
        with pytest.raises(IntegrityError, match="second_person"), transaction.atomic():
            broken.update(state="asked", decision="approved", decided_by=by.code, decided_at=AT)
        with pytest.raises(IntegrityError, match="agreed_to"), transaction.atomic():
            broken.update(state="made")

    def test_whose_post_does_not_cover_it_may_not_agree(self, region: Region) -> None:
        by = region.regional_head
        with acting_as(by):
            export = ask_export(wish=region.wish(branch=region.region), by=by, at=AT)
        for other in (region.head, region.secretary):
            with pytest.raises(Forbidden):
                approve_export(export_id=export.id, by=other, at=AT)

    def test_a_refusal_has_a_reason_that_the_asker_reads(self, region: Region) -> None:
        export = self.asked(region)
        with pytest.raises(Refused, match="say why"):
            refuse_export(export_id=export.id, reason=" ", by=region.officer, at=AT)
        refuse_export(export_id=export.id, reason="Слишком много", by=region.officer, at=AT)
        (row,), _total = exports_of(region.head, at=AT)
        assert (row.state, row.reason) == ("refused", "Слишком много")
        with pytest.raises(Refused, match="decided already"):
            approve_export(export_id=export.id, by=region.officer, at=AT)

    def test_nobody_decides_it_too_late(self, region: Region) -> None:
        export = self.asked(region)
        late = AT + timedelta(days=3)
        with pytest.raises(Refused, match="in time"):
            approve_export(export_id=export.id, by=region.officer, at=late)
        assert destroyed(at=late) == 1
        export.refresh_from_db()
        assert export.state == "gone"

    def test_a_list_that_has_grown_is_asked_for_anew(self, region: Region) -> None:
        by = region.head
        wish = region.wish(branch=region.one)
        with acting_as(by):
            export = ask_export(wish=wish, by=by, at=AT)
        assert export.state == "asked"
        for name in ("Ольга", "Пётр"):
            a_person(branch=region.one, first_name=name)
        with acting_as(by), pytest.raises(Refused, match="has grown"):
            make_export(export_id=export.id, by=by, at=AT)


def test_it_is_the_asker_s_alone_whoever_leads_the_branch(region: Region) -> None:
    export = made(region)
    for other in (region.regional_head, region.officer):
        with acting_as(other):
            assert download_export(export_id=export.id, by=other, at=AT) is None
    # Whoever takes over the post sees neither file nor list.
    rows, _total = exports_of(region.secretary, at=AT)
    assert rows == []
    downloads = Entry.objects.filter(action="export.downloaded")
    assert not downloads.exists()
    content(region, export)
    assert downloads.get().actor == region.head.code


def test_whoever_lost_the_post_gets_the_file_no_more(region: Region) -> None:
    export = made(region)
    user = region.users["head"]
    PostHolding.objects.filter(user=user).update(ended_on=AT.date())
    by = acting_user(user, at=AT)
    with acting_as(by):
        assert download_export(export_id=export.id, by=by, at=AT) is None


@pytest.mark.django_db(transaction=True)
def test_the_database_itself_shows_the_file_to_nobody_else(region: Region) -> None:
    export = made(region)
    where = postgres.connect_info("app", str(connection.settings_dict["NAME"]))
    with psycopg.connect(where.url) as session:
        scope.enter(session, scope.EVERYTHING)
        assert session.execute("select count(*) from people_export_file").fetchone() == (0,)
    # And whoever holds the database holds no name of it.
    with psycopg.connect(
        postgres.connect_info("backup", str(connection.settings_dict["NAME"])).url
    ) as session:
        (sealed,) = session.execute("select sealed from people_export_file").fetchone()  # type: ignore[misc]  # there is one
    assert "Иванова".encode() not in bytes(sealed)
    assert "Иванова".encode() in content(region, export)


def test_its_time_over_it_is_destroyed(region: Region) -> None:
    export = made(region)
    soon, over = AT + timedelta(days=3, seconds=-1), AT + timedelta(days=3)
    with acting_as(region.head):
        assert download_export(export_id=export.id, by=region.head, at=over) is None
    assert destroyed(at=soon) == 0
    assert destroyed(at=over) == 1
    assert destroyed(at=over) == 0
    with acting_as(region.head):
        assert not PeopleExportFile.objects.exists()
        assert download_export(export_id=export.id, by=region.head, at=soon) is None
    export.refresh_from_db()
    assert export.state == "gone"
    assert Entry.objects.filter(action="export.destroyed").count() == 1


# Each export is made in a transaction of its own, by which what stands in it is known.
@pytest.mark.django_db(transaction=True)
def test_files_that_hold_someone_erased_go_at_once(region: Region) -> None:
    kept = made(region, branch=region.two)
    made(region)
    with acting_as(region.secretary):
        act = erase_everywhere(person=region.people[0], by=region.secretary, at=AT)
    assert act.counts["exports"] == 1
    with acting_as(region.head):
        assert [file.export_id for file in PeopleExportFile.objects.all()] == [kept.id]


def test_the_organisation_s_own_policy_must_make_sense(tmp_path: Path, settings: Settings) -> None:
    file = tmp_path / "policy.yaml"
    settings.DISCLOSURE_POLICY = str(file)
    wrong = ("days_kept: soon", "rows_a_day: {}", "purposes: {x: {columns: [passport]}}", "- 1")
    for text in wrong:
        file.write_text(text)
        rules.policy.cache_clear()
        with pytest.raises(Refused):
            rules.policy()
    file.write_text("days_kept: 1")
    rules.policy.cache_clear()
    assert rules.policy().days_kept == timedelta(days=1)
    assert rules.policy().rows_a_day("local") == 1000
    rules.policy.cache_clear()
