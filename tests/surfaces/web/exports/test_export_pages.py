"""The pages of exports, budgets and call lists: who opens which, and what is asked again."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from pervichka.foundation import clock
from pervichka.foundation.journal.models import Entry
from pervichka.register.branches.acting import acting_as
from pervichka.register.branches.models import Branch
from pervichka.register.disclosure import policy as rules
from pervichka.register.disclosure.actions import make_export, spend
from pervichka.register.disclosure.models import BudgetRaise, PeopleExport
from pervichka.register.people.actions import add_contact_point
from pervichka.register.people.models import Person
from pervichka.register.posts.queries import acting_user
from tests.builders.actors import OPERATOR
from tests.builders.branches import LONG_AGO, a_branch, a_primary_branch
from tests.builders.people import a_person, members
from tests.builders.users import a_user_with_post

pytestmark = pytest.mark.django_db
# Pages: the list, asking, budgets, one's own call list.
PAGES = ("/exports/", "/exports/ask/", "/exports/budgets/", "/people/calls/")
OPENS = {
    "secretary": (200, 200, 404, 200),
    "local_head": (200, 200, 404, 200),
    "regional_head": (200, 200, 404, 200),
    "clerk": (200, 200, 404, 200),
    "data_protection_officer": (200, 404, 200, 404),
    "headquarters_editor": (404, 404, 404, 404),
    "administrator": (404, 404, 404, 404),
    "control_commission": (404, 404, 404, 404),
    "viewer": (404, 404, 404, 404),
    "stranger": (302, 302, 302, 302),
}
_BRANCHES = {
    "secretary": "RU-AD/1",
    "local_head": "RU-AD/local",
    "regional_head": "RU-AD",
    "clerk": "RU-AD",
}
ASKED = {
    "branch": "RU-AD/local",
    "affiliation": "",
    "purpose": "reconciliation",
    "words": "Сверка перед конференцией",
    "form": "csv",
}


@pytest.fixture(autouse=True)
def branch() -> Branch:
    branch = a_primary_branch()
    members(of=branch, number=3)
    return branch


def reader(kind: str) -> Client:
    client = Client(headers={"accept-language": "en"})
    if kind != "stranger":
        where = Branch.objects.get(code=_BRANCHES.get(kind, "RU"))
        client.force_login(a_user_with_post(branch=where, kind=kind, name=kind, password="x" * 12))
    return client


def grown_stale(client: Client) -> Client:
    """Six minutes later."""
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 360
    session.save()
    return client


@pytest.fixture
def _large(tmp_path: Path, settings: Settings) -> Iterator[None]:
    file = tmp_path / "policy.yaml"
    file.write_text("rows_without_second_person: 2")
    settings.DISCLOSURE_POLICY = str(file)
    rules.policy.cache_clear()
    yield
    rules.policy.cache_clear()


def made() -> PeopleExport:
    """As the worker makes it."""
    export = PeopleExport.objects.select_related("user").get()
    by = acting_user(export.user, at=clock.now(), post_id=export.post_id)
    with acting_as(by):
        make_export(export_id=export.id, by=by, at=clock.now())
    return export


@pytest.mark.parametrize(
    ("kind", "page", "status"),
    [
        (kind, page, status)
        for kind, row in OPENS.items()
        for page, status in zip(PAGES, row, strict=True)
    ],
)
def test_who_opens_what(kind: str, page: str, status: int) -> None:
    assert reader(kind).get(page).status_code == status


def test_asking_looks_at_the_answers_first_and_the_file_is_the_asker_s() -> None:
    head, secretary = reader("local_head"), reader("secretary")
    check = head.post("/exports/ask/", ASKED | {"step": "check"})
    assert "3 rows about people of other branches; 1,000 are left today" in check.text
    assert not PeopleExport.objects.exists()

    assert head.post("/exports/ask/", ASKED | {"step": "save"}).status_code == 302
    assert "Being made" in head.get("/exports/").text
    export = made()

    page = head.get("/exports/").text
    assert "Ready" in page
    file = head.post(f"/exports/{export.id}/file/")
    assert file["Content-Disposition"] == f'attachment; filename="people-{export.number}.csv"'
    assert "Анна000" in file.content.decode()
    assert secretary.post(f"/exports/{export.id}/file/").status_code == 404
    assert "Сверка" not in secretary.get("/exports/").text
    assert Entry.objects.filter(action="export.downloaded").count() == 1


def test_what_is_wrong_stands_beside_its_field() -> None:
    head = reader("local_head")
    answer = head.post("/exports/ask/", ASKED | {"words": "надо", "purpose": "", "step": "check"})
    assert answer.status_code == 422
    assert 'href="#words"' in answer.text
    assert 'href="#purpose"' in answer.text
    answer = head.post("/exports/ask/", ASKED | {"branch": "RU-AL", "step": "check"})
    assert answer.status_code == 422
    assert "You see no branch of this code" in answer.text


@pytest.mark.usefixtures("_large")
def test_a_large_one_waits_for_a_second_person_who_shows_that_it_is_them() -> None:
    head, officer = reader("local_head"), reader("data_protection_officer")
    head.post("/exports/ask/", ASKED | {"step": "save"})
    export = PeopleExport.objects.get()
    body = {"export": str(export.id), "do": "approve"}

    assert head.post("/exports/", body).status_code == 422
    grown_stale(officer)
    assert officer.post("/exports/", body)["Location"].startswith("/sign-in/confirm/")
    for do in ("approve", "refuse"):
        asked = f"/api/v1/exports/{export.id}/{do}"
        answer = officer.post(asked, {"reason": "Не нужно"}, content_type="application/json")
        assert answer.status_code == 403
    export.refresh_from_db()
    assert export.state == "waiting"

    officer.post("/sign-in/confirm/", {"password": "x" * 12})
    assert "1 export waits for your decision" in officer.get("/exports/").text
    assert officer.post("/exports/", body).status_code == 302
    export.refresh_from_db()
    assert export.state == "asked"


@pytest.mark.usefixtures("_large")
def test_a_refusal_is_read_by_whoever_asked() -> None:
    head, officer = reader("local_head"), reader("data_protection_officer")
    head.post("/exports/ask/", ASKED | {"step": "save"})
    body = {"export": str(PeopleExport.objects.get().id), "do": "refuse"}
    assert officer.post("/exports/", body).status_code == 422
    officer.post("/exports/", body | {"reason": "Хватит и списка на бумаге"})
    assert "Хватит и списка на бумаге" in head.get("/exports/").text


def test_asking_and_raising_ask_for_a_factor_again() -> None:
    head, officer = (
        grown_stale(reader("local_head")),
        grown_stale(reader("data_protection_officer")),
    )
    for client, page in ((head, "/exports/ask/"), (officer, "/exports/budgets/")):
        assert client.get(page)["Location"].startswith("/sign-in/confirm/")
        assert client.post(page, ASKED | {"step": "save"}).status_code == 302
    assert not PeopleExport.objects.exists()
    answer = head.post("/api/v1/exports", ASKED, content_type="application/json")
    assert answer.status_code == 403
    assert "second factor" in answer.json()["detail"]


def test_an_officer_allows_more_rows() -> None:
    head, officer = reader("local_head"), reader("data_protection_officer")
    by = acting_user(head.get("/exports/").wsgi_request.user, at=clock.now())
    spend(rows=1_000, by=by, at=clock.now())
    assert "0 of 1,000" in head.get("/exports/").text

    page = officer.get("/exports/budgets/").text
    assert "local_head" in page
    body = {"user": "local_head", "rows": "a lot", "reason": "Сверка перед съездом"}
    assert officer.post("/exports/budgets/", body).status_code == 422
    assert officer.post("/exports/budgets/", body | {"rows": "50"}).status_code == 302
    assert "50 of 1,050" in head.get("/exports/").text
    assert BudgetRaise.objects.get().reason == "Сверка перед съездом"


def test_the_list_takes_as_many_queries_however_long(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    head = reader("local_head")
    for _ in range(8):
        head.post("/exports/ask/", ASKED | {"step": "save"})
    with django_assert_max_num_queries(14):
        assert head.get("/exports/").status_code == 200


def with_a_phone(person: Person, number: int) -> Person:
    add_contact_point(
        person=person, kind="phone", value=f"8900123{number:04}", by=OPERATOR, at=LONG_AGO
    )
    return person


def test_a_call_list_prints_numbers_of_one_s_own_branch_and_no_other(branch: Branch) -> None:
    own = [with_a_phone(a_person(branch=branch, first_name=f"Вера{n}"), n) for n in range(3)]
    chosen = own[:2]
    beside = a_branch(code="RU-AD/2", parent=branch.parent)
    other = with_a_phone(a_person(branch=beside, last_name="Чужая"), 7)
    secretary = reader("secretary")

    page = secretary.get("/people/calls/").text
    assert "Вера0" in page
    assert "Анна000" not in page  # has no number
    assert "900 123" not in page.replace("-", " ")
    assert not re.search(r"\+?7?9001230000", page)
    ids = [str(person.id) for person in [*chosen, other]]
    printed = secretary.post("/people/calls/", {"person": ids})

    assert "+79001230000" in printed.text
    assert "+79001230002" not in printed.text
    assert "+79001230007" not in printed.text
    assert "Чужая" not in printed.text
    assert printed["Cache-Control"] == "private, no-store"
    looks = Entry.objects.filter(action="contact.printed")
    assert {entry.subject_id for entry in looks} == {str(person.id) for person in chosen}


def test_a_call_list_has_its_most(branch: Branch) -> None:
    people = [with_a_phone(a_person(branch=branch, first_name=f"Вера{n}"), n) for n in range(21)]
    secretary = reader("secretary")
    assert len(re.findall('name="person"', secretary.get("/people/calls/").text)) == 20
    ids = [str(person.id) for person in people]
    assert secretary.post("/people/calls/", {"person": ids}).status_code == 422
    assert secretary.post("/people/calls/", {}).status_code == 422
    assert secretary.post("/people/calls/", {"person": ids[:20]}).status_code == 200


def test_nobody_above_prints_the_numbers_of_branches_below(branch: Branch) -> None:
    person = with_a_phone(a_person(branch=branch), 1)
    head = reader("regional_head")
    assert "Nobody here has a phone number" in head.get("/people/calls/").text
    assert "+7900" not in head.post("/people/calls/", {"person": [str(person.id)]}).text
    assert not Entry.objects.filter(action="contact.printed").exists()


def test_a_file_whose_time_is_over_is_not_there() -> None:
    head = reader("local_head")
    head.post("/exports/ask/", ASKED | {"step": "save"})
    export = made()
    PeopleExport.objects.filter(id=export.id).update(expires_at=clock.now())
    assert head.post(f"/exports/{export.id}/file/").status_code == 404
    assert "Download CSV" not in head.get("/exports/").text
