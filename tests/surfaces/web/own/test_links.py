"""A link to one's own data: the same answer for all, opened once, for a short while."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from pervichka.foundation import clock
from pervichka.foundation.journal.models import Entry
from pervichka.register.accounts.actions import print_own_link
from pervichka.register.accounts.models import OwnLink
from pervichka.register.people import actions
from tests.builders.actors import OPERATOR, head_of, oneself
from tests.builders.branches import LONG_AGO, a_branch
from tests.builders.people import a_person
from tests.builders.users import a_user_with_post
from tests.surfaces.web.own.conftest import EMAIL, PHONE, opened

pytestmark = pytest.mark.django_db


def ask(text: str, address: str = "10.0.0.1") -> tuple[int, str]:
    answer = Client(headers={"accept-language": "en"}, REMOTE_ADDR=address).post(
        "/me/", {"reached_at": text}
    )
    return answer.status_code, re.sub(r"csrf\S+ value=\S+", "", answer.content.decode())


@pytest.mark.parametrize("known", [EMAIL, PHONE, "8 916 123-45-67"])
def test_the_answer_is_the_same_whether_or_not_somebody_is_known(anna, known) -> None:
    unknown = "nobody@example.org" if "@" in known else "+79990000000"
    assert ask(known) == ask(unknown)
    jobs = list(ProcrastinateJob.objects.order_by("id").values_list("args", flat=True))
    assert [one["people"] for one in jobs] == [[str(anna.id)], []]
    assert {len(one["blinds"]) for one in jobs} == {1 if "@" in known else 0}
    assert not any(known in str(one) for one in jobs)


def test_what_is_no_number_and_no_address_is_refused() -> None:
    status, page = ask("Иванова")
    assert status == 422
    assert "phone number or an e-mail address" in page


@pytest.mark.parametrize("asked_for", [EMAIL, "nobody@example.org"])
def test_it_is_asked_for_so_often_and_then_it_rests(anna, asked_for) -> None:
    statuses = [ask(asked_for, f"10.0.0.{number}")[0] for number in range(4)]
    assert statuses == [200, 200, 200, 429]
    assert ProcrastinateJob.objects.count() == 3


def test_one_network_address_asks_only_so_often(anna) -> None:
    statuses = [ask(f"somebody{number}@example.org")[0] for number in range(21)]
    assert statuses[-2:] == [200, 429]


def test_a_link_opens_once_and_a_look_uses_nothing_up(anna) -> None:
    link = print_own_link(person=anna, by=head_of(anna.branch), at=clock.now())
    address = f"/me/link/{link.token}/"
    assert Client().get(address).status_code == 200
    assert Client().get(address).status_code == 200
    client = Client()
    client.post(address)
    assert client.get("/me/data/").status_code == 200
    assert Client().get(address).status_code == 404
    another = Client()
    assert another.post(address).status_code == 404
    assert another.get("/me/data/").status_code == 302
    assert link.token not in str(OwnLink.objects.values())


def test_a_link_is_too_old_one_day(anna) -> None:
    ago = clock.now() - timedelta(days=8)
    link = print_own_link(person=anna, by=head_of(anna.branch), at=ago)
    assert Client().get(f"/me/link/{link.token}/").status_code == 404
    assert Client().post(f"/me/link/{link.token}/").status_code == 404


def test_the_session_of_a_link_is_short_and_lets_nothing_else_be_seen(anna, monkeypatch) -> None:
    client = opened(anna)
    answer = client.get("/me/data/")
    assert answer["Cache-Control"] == "private, no-store"
    for path in ("/overview/", f"/people/{anna.id}/", "/security/", "/events/"):
        assert "/sign-in/" in client.get(path)["Location"]
    later = clock.now() + timedelta(minutes=31)
    monkeypatch.setattr("pervichka.surfaces.web.own.standing.clock.now", lambda: later)
    assert client.get("/me/data/")["Location"] == "/me/"


def test_leaving_ends_it(hers) -> None:
    hers.post("/me/leave/")
    assert hers.get("/me/data/").status_code == 302


def test_a_secretary_prints_a_link_for_her_own_people_alone(anna) -> None:
    other = a_branch(code="RU-AD/2", parent=anna.branch.parent)
    stranger, own = Client(), Client(headers={"accept-language": "en"})
    stranger.force_login(a_user_with_post(branch=other))
    own.force_login(a_user_with_post(branch=anna.branch))
    assert stranger.post(f"/people/{anna.id}/link/").status_code == 404
    assert not OwnLink.objects.exists()
    page = own.post(f"/people/{anna.id}/link/")
    assert page.status_code == 200
    assert page["Cache-Control"] == "private, no-store"
    token = re.search(r"/me/link/([\w-]+)/", page.content.decode())
    assert token is not None
    assert Client().get(f"/me/link/{token[1]}/").status_code == 200
    entry = Entry.objects.get(action="own_link.printed")
    assert (entry.subject_id, entry.branch_id) == (str(anna.id), anna.branch_id)


def test_whoever_only_looks_prints_no_link(anna) -> None:
    viewer = Client()
    viewer.force_login(a_user_with_post(branch=anna.branch.parent, kind="viewer", role="viewer"))
    assert viewer.post(f"/people/{anna.id}/link/").status_code == 404


def test_nobody_is_found_by_a_number_that_is_not_confirmed(anna) -> None:
    mallory = a_person(branch=anna.branch, last_name="Другая")
    actions.add_contact_point(
        person=mallory, kind="phone", value="+79005556677", by=oneself(mallory), at=LONG_AGO
    )
    ask("+79005556677")
    assert ProcrastinateJob.objects.get().args["people"] == []
    point = mallory.contact_points.get()
    actions.confirm_contact_point(point=point, by=OPERATOR, at=LONG_AGO)
    ask("+79005556677", "10.0.0.2")
    assert ProcrastinateJob.objects.latest("id").args["people"] == [str(mallory.id)]


def test_a_signed_in_person_needs_no_link(anna) -> None:
    client = Client(headers={"accept-language": "en"})
    client.force_login(a_user_with_post(branch=anna.branch, person=anna))
    assert 'href="/me/data/"' in client.get("/security/").content.decode()
    assert client.get("/me/")["Location"] == "/me/data/"
    assert PHONE in client.get("/me/data/").content.decode()
    without = Client()
    without.force_login(a_user_with_post(branch=anna.branch, kind="chair", role="viewer"))
    assert without.get("/me/data/")["Location"] == "/me/"
