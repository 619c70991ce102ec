"""Appeals by the API: who may, and that who asks is told to the branch alone."""

import pytest

from pervichka.work.casework.models import Appeal
from tests.builders.casework import WORDS, registered
from tests.surfaces.api.conftest import Asker, Town

pytestmark = pytest.mark.django_db
SEES = {"alice": 200, "head": 200, "viewer": 404, "nobody": 404, "stranger": 401}
BODY = {
    "channel": "phone",
    "subject": "yard",
    "words": WORDS,
    "name": "Анна",
    "phone": "+79000000001",
}


@pytest.mark.parametrize(("who", "status"), SEES.items())
def test_one_appeal(town: Town, request: pytest.FixtureRequest, who: str, status: int) -> None:
    appeal = registered(branch=town.branches["RU-AD/1"])
    asker: Asker = request.getfixturevalue(who)

    found, answer = asker.get(f"/appeals/{appeal.id}")

    assert found == status
    assert asker.get("/appeals")[0] == status
    if status == 200:
        assert answer["words"] == (WORDS if who == "alice" else None)
    told, _ = asker.send("POST", f"/appeals/{appeal.id}/answer", {"text": "Да."})
    assert told == (200 if who == "alice" else 404 if status != 401 else 401)


def test_taken_down_twice_under_one_key_it_is_one(town: Town, alice: Asker) -> None:
    key = "0198c1f0-0000-7000-8000-000000000001"
    headers = {"Idempotency-Key": key}
    first = alice.send("POST", "/appeals", BODY | {"branch": "RU-AD/1"}, **headers)
    again = alice.send("POST", "/appeals", BODY | {"branch": "RU-AD/1"}, **headers)

    assert first == again
    assert first[0] == 201
    assert Appeal.objects.count() == 1
    assert alice.send("POST", "/appeals", BODY | {"branch": "RU-AD/2"})[0] == 404
    refused = alice.send("POST", "/appeals", {"branch": "RU-AD/1", **BODY, "words": " "})
    assert refused[0] == 422
