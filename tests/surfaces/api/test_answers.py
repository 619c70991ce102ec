"""What the API answers, and that it keeps to the document that describes it."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from tests.builders.events import a_meeting
from tests.surfaces.api.conftest import Asker, Town

pytestmark = pytest.mark.django_db

PLAN: dict[str, Any] = {
    "branch": "RU-AD/1",
    "kind": "general_meeting",
    "title": "Собрание",
    "starts_at": "2099-01-01T18:00:00+03:00",
}


def test_a_branch_is_told_with_its_parent(town: Town, alice: Asker) -> None:
    _, branch = alice.get("/branches/RU-AD/1")
    assert (branch["code"], branch["level"], branch["parent"]) == ("RU-AD/1", "primary", "RU-AD/m")


def test_the_tree_opens_a_level_at_a_time(town: Town, head: Asker) -> None:
    status, twig = head.get("/tree")
    assert status == 200, twig
    assert twig["code"] == "RU-AD"
    assert [child["code"] for child in twig["children"]] == ["RU-AD/m"]
    assert twig["children"][0]["children"] == []
    _, twig = head.get("/tree", under="RU-AD", depth=2)
    leaves = [leaf["code"] for leaf in twig["children"][0]["children"]]
    assert leaves == ["RU-AD/1", "RU-AD/2"]


def test_lists_come_in_parts(town: Town, viewer: Asker) -> None:
    _, answer = viewer.get("/branches", offset=1, limit=2)
    assert [row["code"] for row in answer["rows"]] == ["RU-AD", "RU-AD/m"]
    assert answer["total"] == 6
    assert viewer.get("/branches", limit=100_000)[0] == 422


def test_lists_are_narrowed(town: Town, viewer: Asker) -> None:
    _, answer = viewer.get("/branches", parent="RU-AD/m", level="primary")
    assert [row["code"] for row in answer["rows"]] == ["RU-AD/1", "RU-AD/2"]


def test_people_are_searched_by_a_names_beginning(town: Town, alice: Asker) -> None:
    _, everyone = alice.get("/people", branch="RU-AD/1")
    beginning = everyone["rows"][0]["full_name"][:3]
    for search, total in ((beginning, everyone["total"]), ("нетта", 0)):
        status, answer = alice.get("/people", branch="RU-AD/1", search=search)
        assert (status, answer["total"]) == (200, total)
    assert alice.get("/people", branch="RU-AD/1", search="%")[0] == 422


def test_contact_points_are_masked(town: Town, alice: Asker) -> None:
    _, people = alice.get("/people", branch="RU-AD/1")
    assert people["total"] == 1
    _, person = alice.get(f"/people/{people['rows'][0]['id']}")
    assert all("•" in contact["masked"] for contact in person["contacts"])


def test_a_plan_sent_twice_is_one_event(town: Town, alice: Asker) -> None:
    key = {"Idempotency-Key": str(uuid4())}
    first = alice.send("POST", "/events", PLAN, **key)
    assert first[0] == 201
    assert first[1]["id"] == key["Idempotency-Key"]
    assert alice.send("POST", "/events", PLAN, **key) == first
    _, listed = alice.get("/events", branch="RU-AD/1")
    assert listed["total"] == 1


def test_another_plan_under_the_same_key_is_a_conflict(town: Town, alice: Asker) -> None:
    key = {"Idempotency-Key": str(uuid4())}
    alice.send("POST", "/events", PLAN, **key)
    assert alice.send("POST", "/events", PLAN | {"title": "Другое"}, **key)[0] == 409
    _, listed = alice.get("/events")
    assert [row["title"] for row in listed["rows"]] == ["Собрание"]


def test_a_refusal_names_its_field(town: Town, alice: Asker) -> None:
    status, answer = alice.send("POST", "/events", PLAN | {"title": " ", "kind": "party"})
    assert status == 422
    assert {reason["field"] for reason in answer["refused"]} == {"title", "kind"}


def test_ticks_are_the_whole_set_each_time(town: Town, alice: Asker) -> None:
    event = a_meeting(branch=town.branches["RU-AD/1"])
    mine, foreign = str(town.people["p1"].id), str(town.people["p2"].id)
    path = f"/events/{event.id}/ticks"
    for _ in range(2):
        status, answer = alice.send("PUT", path, {"people": [mine]})
        assert (status, answer) == (200, {"came": 1})
    assert alice.get(f"/events/{event.id}")[1]["presence"]["by_tick"] == 1
    assert alice.send("PUT", path, {"people": [mine, foreign]})[0] == 422
    assert alice.send("PUT", path, {"people": []})[1] == {"came": 0}


def test_calling_off_needs_a_reason_and_may_be_repeated(town: Town, alice: Asker) -> None:
    event = a_meeting(branch=town.branches["RU-AD/1"])
    path = f"/events/{event.id}/cancel"
    assert alice.send("POST", path, {"reason": ""})[0] == 422
    for _ in range(2):
        status, answer = alice.send("POST", path, {"reason": "Нет света"})
        assert (status, answer["status"]) == (200, "cancelled")


def test_a_list_costs_the_same_however_long(
    town: Town, head: Asker, django_assert_max_num_queries: Any
) -> None:
    for _ in range(5):
        a_meeting(branch=town.branches["RU-AD/1"])
    for path in ("/branches", "/events"):
        with django_assert_max_num_queries(7):
            head.get(path)


def test_the_document_describes_every_path(client: Client) -> None:
    document = client.get("/api/v1/openapi.json").json()
    assert document["info"]["title"] == "Pervichka"
    described = set(document["paths"])
    for path in ("branches", "tree", "branches/{code}", "people", "people/{id}", "events"):
        assert f"/api/v1/{path}" in described
    for path in ("scores", "explain", "standards", "periods", "events/{id}/ticks"):
        assert f"/api/v1/{path}" in described
    for operations in document["paths"].values():
        for operation in operations.values():
            assert operation["summary"]
            assert operation["security"]


@pytest.mark.parametrize("value", ["x", "-1", "١", "99999999999999999999", "\x00", "1.5", ""])
@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/branches", "offset"),
        ("/branches", "parent"),
        ("/branches", "living_on"),
        ("/tree", "under"),
        ("/tree", "depth"),
        ("/people", "branch"),
        ("/events", "since"),
        ("/events", "branch"),
        ("/scores", "period"),
        ("/explain", "side"),
    ],
)
def test_nonsense_is_never_a_fault_of_ours(
    town: Town, viewer: Asker, path: str, name: str, value: str
) -> None:
    assert viewer.get(path, **{name: value})[0] in {200, 404, 422}


@pytest.mark.parametrize("address", ["/api/v1/no-such", "/api/v2/branches", "/api/", "/api"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_an_address_that_is_none_is_answered_with_a_document(
    db: None, address: str, method: str
) -> None:
    response = Client(enforce_csrf_checks=True).generic(method, address)

    assert response.status_code == 404
    assert response.json() == {"detail": "not found"}
