"""Who may do what where: one table of asker, request and status."""

from typing import Any

import pytest

from pervichka.register.people.models import Person
from tests.builders.events import a_meeting
from tests.surfaces.api.conftest import Asker, Town, a_user

pytestmark = pytest.mark.django_db

# Of a branch: one's own, one below, the one above, one beside, one far away.
SEES = {
    "alice": {"RU-AD/1": 200, "RU-AD/m": 404, "RU-AD": 404, "RU-AD/2": 404, "RU-AL": 404},
    "head": {"RU-AD": 200, "RU-AD/m": 200, "RU-AD/1": 200, "RU": 404, "RU-AL": 404},
    "viewer": {"RU": 200, "RU-AD": 200, "RU-AD/1": 200, "RU-AL": 200, "RU-XX": 404},
    "nobody": {"RU": 404, "RU-AD/1": 404},
    "stranger": {"RU": 401, "RU-AD/1": 401},
}
SEES_PEOPLE = {
    "alice": {"RU-AD/1": 200, "RU-AD/2": 404, "RU-AD/m": 404},
    "head": {"RU-AD": 200, "RU-AD/2": 200, "RU-AL": 404},
    "viewer": {"RU": 404, "RU-AD/1": 404},
    "nobody": {"RU-AD/1": 404},
    "stranger": {"RU-AD/1": 401},
}
# Who holds what there: whoever may see it, and see the branch.
SEES_ACCESS = {
    "alice": {"": 200, "RU-AD/1": 200, "RU-AD/2": 404, "RU-AD": 404},
    "head": {"": 200, "RU-AD/2": 200, "RU-AL": 404},
    "viewer": {"": 404, "RU-AD": 404},
    "nobody": {"": 404},
    "stranger": {"": 401},
}
PLANS = {
    "alice": {"RU-AD/1": 201, "RU-AD/2": 404, "RU-AD/m": 404, "RU": 404},
    "head": {"RU-AD": 201, "RU-AD/1": 201, "RU": 404, "RU-AL": 404},
    "viewer": {"RU": 404, "RU-AD/1": 404},
    "nobody": {"RU-AD/1": 404},
    "stranger": {"RU-AD/1": 401},
}


def rows(table: dict[str, dict[str, int]]) -> list[tuple[str, str, int]]:
    return [(who, code, status) for who, cells in table.items() for code, status in cells.items()]


def asker(request: pytest.FixtureRequest, who: str) -> Asker:
    found: Asker = request.getfixturevalue(who)
    return found


@pytest.mark.parametrize(("who", "code", "status"), rows(SEES))
def test_a_branch(
    town: Town, request: pytest.FixtureRequest, who: str, code: str, status: int
) -> None:
    assert asker(request, who).get(f"/branches/{code}")[0] == status


@pytest.mark.parametrize(("who", "code", "status"), rows(SEES_PEOPLE))
def test_people_of_a_branch(
    town: Town, request: pytest.FixtureRequest, who: str, code: str, status: int
) -> None:
    assert asker(request, who).get("/people", branch=code)[0] == status


@pytest.mark.parametrize(("who", "code", "status"), rows(SEES_ACCESS))
def test_who_holds_what(
    town: Town, request: pytest.FixtureRequest, who: str, code: str, status: int
) -> None:
    someone = asker(request, who)
    assert someone.get("/access", branch=code)[0] == status
    if not code:
        assert someone.get("/access/waiting")[0] == status


def test_holdings_by_the_page_and_narrowed(town: Town, head: Asker, alice: Asker) -> None:
    a_user("vera", branch=town.branches["RU-AD/2"], post="secretary")
    _, whole = head.get("/access")
    assert [row["user_name"] for row in whole["rows"]] == ["head", "alice", "vera"]
    _, part = head.get("/access", offset=1, limit=1)
    assert ([row["user_name"] for row in part["rows"]], part["total"]) == (["alice"], 3)
    _, secretaries = head.get("/access", role="branch_secretary", branch="RU-AD/2")
    assert [row["user_name"] for row in secretaries["rows"]] == ["vera"]
    assert [row["user_name"] for row in alice.get("/access")[1]["rows"]] == ["alice"]


@pytest.mark.parametrize(
    ("who", "code", "status"),
    [
        ("alice", "p1", 200),
        ("alice", "p2", 404),
        # From above a reason is asked for first.
        ("head", "p2", 422),
        ("viewer", "p1", 404),
        ("nobody", "p1", 404),
        ("stranger", "p1", 401),
    ],
)
def test_one_person(
    town: Town, request: pytest.FixtureRequest, who: str, code: str, status: int
) -> None:
    person: Person = town.people[code]
    assert asker(request, who).get(f"/people/{person.id}")[0] == status


@pytest.mark.parametrize(
    ("who", "code", "status"),
    [
        ("head", "p2", 200),
        ("alice", "p2", 404),
        ("viewer", "p1", 404),
        ("nobody", "p1", 404),
        ("stranger", "p1", 401),
    ],
)
def test_a_reason_opens_a_person(
    town: Town, request: pytest.FixtureRequest, who: str, code: str, status: int
) -> None:
    person, asking = town.people[code], asker(request, who)
    reason = {"reason": "Проверяю протокол собрания"}
    assert asking.send("POST", f"/people/{person.id}/reason", reason)[0] == status
    if status == 200:
        assert asking.get(f"/people/{person.id}")[0] == 200
        assert asking.send("POST", f"/people/{person.id}/reason", {"reason": "надо"})[0] == 422


@pytest.mark.parametrize(("who", "code", "status"), rows(PLANS))
def test_planning(
    town: Town, request: pytest.FixtureRequest, who: str, code: str, status: int
) -> None:
    body = {
        "branch": code,
        "kind": "general_meeting",
        "title": "Собрание",
        "starts_at": "2099-01-01T18:00:00+03:00",
    }
    assert asker(request, who).send("POST", "/events", body)[0] == status


@pytest.mark.parametrize(("who", "code", "status"), rows(PLANS))
def test_writing_to_people(
    town: Town, request: pytest.FixtureRequest, who: str, code: str, status: int
) -> None:
    body = {
        "branch": code,
        "title": "Новости",
        "purpose": "branch_work",
        "affiliations": ["member"],
        "subject_ru": "Новости",
        "body_ru": "Здравствуйте!",
    }
    assert asker(request, who).send("POST", "/messages", body)[0] == status


@pytest.mark.parametrize(
    ("who", "sees", "runs"),
    [
        ("alice", 200, 200),
        ("head", 200, 200),
        ("viewer", 200, 404),
        ("nobody", 404, 404),
        ("stranger", 401, 401),
    ],
)
def test_an_event_and_calling_it_off(
    town: Town, request: pytest.FixtureRequest, who: str, sees: int, runs: int
) -> None:
    event = a_meeting(branch=town.branches["RU-AD/1"])
    assert asker(request, who).get(f"/events/{event.id}")[0] == sees
    body = {"reason": "Нет света"}
    assert asker(request, who).send("POST", f"/events/{event.id}/cancel", body)[0] == runs


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("alice", ["RU-AD/1"]),
        ("head", ["RU-AD", "RU-AD/m", "RU-AD/1", "RU-AD/2"]),
        ("viewer", ["RU", "RU-AD", "RU-AD/m", "RU-AD/1", "RU-AD/2", "RU-AL"]),
        ("nobody", []),
    ],
)
def test_a_list_holds_what_one_sees_and_no_more(
    town: Town, request: pytest.FixtureRequest, who: str, expected: list[str]
) -> None:
    status, answer = asker(request, who).get("/branches")
    assert status == 200
    assert [row["code"] for row in answer["rows"]] == expected
    assert answer["total"] == len(expected)


def test_a_write_needs_the_csrf_token(town: Town) -> None:
    user = a_user("bob", branch=town.branches["RU-AD/1"], post="secretary")
    body: dict[str, Any] = {"branch": "RU-AD/1", "kind": "general_meeting", "title": "x"}
    careful = Asker(user, checks_csrf=True)
    assert careful.send("POST", "/events", body)[0] == 403
