"""My data: a person sees all that is held of them, and nobody else's; corrects, withdraws, goes."""

import json

import pytest
from django.db import connection, transaction
from django.test import Client

from pervichka.foundation import clock
from pervichka.foundation.journal.models import Entry
from pervichka.foundation.periods import Month
from pervichka.register.access.policy import Forbidden
from pervichka.register.branches.acting import acting_as
from pervichka.register.people import actions
from pervichka.register.people.models import (
    Consent,
    ContactPoint,
    LedgerEntry,
    Person,
    PressureReport,
)
from pervichka.register.people.queries import own_data, pressure_reports
from pervichka.register.posts.queries import who_looked_at
from pervichka.work.events.queries import own_events
from tests.builders.actors import OPERATOR, STRANGER, head_of, oneself
from tests.builders.branches import LONG_AGO
from tests.builders.events import a_held_meeting
from tests.builders.people import a_person
from tests.builders.users import a_user_with_post
from tests.surfaces.web.own.conftest import EMAIL, PHONE, opened

pytestmark = pytest.mark.django_db


def text(client: Client, path: str = "/me/data/") -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_page_says_all_that_is_held(anna, hers) -> None:
    a_held_meeting(branch=anna.branch, came=[anna])
    a_held_meeting(branch=anna.branch.parent, came=[anna])
    page = text(hers)
    for part in (
        anna.full_name, anna.code, PHONE, EMAIL, "Member", "Общее собрание", "Branch RU-AD/local",
        "you came", "and my branch keep my name",
    ):  # fmt: skip
        assert part in page, part


def test_the_copy_to_take_away_says_the_same(anna, hers) -> None:
    a_held_meeting(branch=anna.branch, came=[anna])
    answer = hers.get("/me/data/download/")
    document = json.loads(answer.content)
    assert "attachment" in answer["Content-Disposition"]
    assert document["person"]["last_name"] == anna.last_name
    assert {one["value"] for one in document["contacts"]} == {PHONE, EMAIL}
    assert [one["came"] for one in document["events"]] == [True]
    assert document["consents"][0]["words"]["ru"].startswith("Я согласен")
    page = text(hers, "/me/data/download/?form=html")
    assert PHONE in page
    assert "and my branch keep my name" in page
    # It reads without this server.
    assert "/static/" not in page
    assert "csrf" not in page


def test_nobody_opens_another_s_by_either_lock(anna, hers) -> None:
    boris = a_person(branch=anna.branch, last_name="Борисов")
    actions.add_contact_point(
        person=boris, kind="phone", value="+79990001122", by=OPERATOR, at=LONG_AGO
    )
    a_held_meeting(branch=anna.branch, came=[boris])
    page = text(hers)
    assert "Борисов" not in page
    assert "+79990001122" not in page
    for actor in (STRANGER, head_of(anna.branch)):
        assert own_data(actor) is None
        assert own_events(actor) == []
        assert who_looked_at(actor) == []
    with acting_as(oneself(boris)):
        # The code's own lock is off: asked as Anna, the database still shows Boris alone.
        assert own_data(oneself(anna)) is None
        assert own_events(oneself(anna)) == []
        assert who_looked_at(oneself(anna)) == []
        with transaction.atomic(), connection.cursor() as cursor:
            for table in ("person", "contact_point", "own_link", "consent"):
                cursor.execute(f"select count(*) from {table}")
                assert cursor.fetchone() == (1 if table in {"person", "contact_point"} else 0,)


def test_who_looked_is_told_by_post_and_branch_and_never_by_name(anna, hers) -> None:
    ours = a_person(branch=anna.branch, last_name="Секретарёва")
    user = a_user_with_post(branch=anna.branch, person=ours)
    secretary = Client()
    secretary.force_login(user)
    secretary.post(f"/people/contacts/{anna.contact_points.first().id}/", {"use": "show"})
    page = text(hers)
    assert "Secretary, Branch RU-AD/1" in page
    assert "saw your number or address" in page
    assert "Секретарёва" not in page
    assert user.name not in page
    assert str(user.id) not in page


def test_she_corrects_and_a_new_address_is_unconfirmed(anna, hers) -> None:
    phone = anna.contact_points.get(kind="phone")
    form = {
        "last_name": "Петрова", "first_name": "Анна", "patronymic": "", "address": "Новая, 1",
        "phone": "8 900 000 00 01", "email": "new@example.org", "remove": str(phone.id),
    }  # fmt: skip
    assert hers.post("/me/data/correct/", form).status_code == 302
    anna.refresh_from_db()
    assert (anna.full_name, anna.address) == ("Петрова Анна", "Новая, 1")
    assert anna.name_key == "петрова|анна|"
    points = {one.value: one.unconfirmed for one in ContactPoint.objects.filter(person=anna)}
    assert points == {EMAIL: False, "+79000000001": True, "new@example.org": True}
    fields = dict(
        Entry.objects.filter(subject_id=str(anna.id), actor=f"person:{anna.id}").values_list(
            "action", "fields"
        )
    )
    assert fields["person.changed"] == ["address", "last_name", "patronymic"]
    assert fields["person.contact_removed"] == ["phone"]
    assert text(hers).count(">not confirmed<") == 2


def test_a_wrong_number_is_told_and_nothing_is_written(anna, hers) -> None:
    form = {"last_name": "Петрова", "first_name": "Анна", "phone": "12"}
    assert hers.post("/me/data/correct/", form).status_code == 422
    assert Person.objects.get(id=anna.id).last_name == anna.last_name


def test_a_contact_of_another_is_not_removed(anna, hers) -> None:
    boris = a_person(branch=anna.branch, last_name="Борисов")
    point = actions.add_contact_point(
        person=boris, kind="phone", value="+79990001122", by=OPERATOR, at=LONG_AGO
    )
    form = {"last_name": "Иванова", "first_name": "Анна", "remove": str(point.id)}
    hers.post("/me/data/correct/", form)
    assert ContactPoint.objects.filter(id=point.id).exists()


def test_the_branch_confirms_where_it_reached_her(anna) -> None:
    actions.add_contact_point(
        person=anna, kind="phone", value="+79000000001", by=oneself(anna), at=LONG_AGO
    )
    point = anna.contact_points.get(unconfirmed=True)
    secretary = Client(headers={"accept-language": "en"})
    secretary.force_login(a_user_with_post(branch=anna.branch))
    assert "Reached there" in text(secretary, f"/people/{anna.id}/")
    secretary.post(f"/people/contacts/{point.id}/confirm/")
    point.refresh_from_db()
    assert point.unconfirmed is False


def test_she_withdraws_one_purpose_and_the_ledger_says_by_whom(anna, hers) -> None:
    assert hers.post("/me/data/withdraw/", {"text": "default"}).status_code == 302
    assert Consent.objects.get(person=anna).withdrawn_on is not None
    entry = LedgerEntry.objects.latest("id")
    assert (entry.event, entry.actor) == ("withdrawn", "self")
    assert "withdrawn on" in text(hers)


def a_commission(branch) -> Client:
    client = Client(headers={"accept-language": "en"})
    root = branch.parent.parent.parent
    user = a_user_with_post(branch=root, kind="control_commission", role="control_commission")
    client.force_login(user)
    return client


def test_the_commission_hears_of_pressure_and_her_branch_does_not(anna, hers) -> None:
    hers.post("/me/data/pressed/", {"to": "join"})
    hers.post("/me/data/pressed/", {"to": "come", "call": "1"})
    page = text(a_commission(anna.branch), "/pressure/")
    assert page.count("Branch RU-AD/1</strong>") == 2
    assert page.count(anna.full_name) == page.count(PHONE) == 1

    secretary = Client()
    secretary.force_login(a_user_with_post(branch=anna.branch))
    assert secretary.get("/pressure/").status_code == 404
    for actor in (head_of(anna.branch), head_of(anna.branch.parent.parent), oneself(anna)):
        with acting_as(actor):
            assert not PressureReport.objects.exists()
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("select count(*) from pressure_report")
                assert cursor.fetchone() == (0,)
            assert not Entry.objects.filter(action="pressure.reported").exists()
    for entry in Entry.objects.filter(action="pressure.reported"):
        said = f"{entry.actor} {entry.subject_id} {entry.branch_id} {entry.fields}"
        assert str(anna.id) not in said
        assert str(anna.branch_id) not in said
    assert "pressed" not in text(secretary, f"/people/{anna.id}/").lower()


def test_from_the_next_month_on_she_counts_no_more(anna, hers) -> None:
    hers.post("/me/data/pressed/", {"to": "join"})
    anna.refresh_from_db()
    assert anna.uncounted_since == Month.of(clock.now().date()).plus(1).start


def test_a_report_is_looked_into_once(anna, hers) -> None:
    hers.post("/me/data/pressed/", {"to": "agree", "call": "1"})
    commission = a_commission(anna.branch)
    report = PressureReport.objects.get()
    commission.post(f"/pressure/{report.id}/handled/")
    report.refresh_from_db()
    assert report.handled_at is not None
    assert anna.full_name not in text(commission, "/pressure/")


def test_nobody_floods_the_commission(hers) -> None:
    statuses = [hers.post("/me/data/pressed/", {"to": "join"}).status_code for _ in range(4)]
    assert statuses == [200, 200, 200, 429]
    assert PressureReport.objects.count() == 3


def test_what_she_was_pressed_to_must_be_said(hers) -> None:
    for _ in range(5):
        assert hers.post("/me/data/pressed/", {}).status_code == 422
    assert not PressureReport.objects.exists()


def test_she_deletes_herself_in_two_taps_and_gets_the_act(anna, hers) -> None:
    page = text(hers, "/me/data/delete/")
    assert "not entered again" in page
    assert Person.objects.filter(id=anna.id).exists()
    act = hers.post("/me/data/delete/")
    said = act.content.decode()
    assert act.status_code == 200
    assert "Act of erasure No. 1" in said
    assert not any(one in said for one in (anna.last_name, PHONE, EMAIL, str(anna.id), anna.code))
    assert not Person.objects.filter(id=anna.id).exists()
    assert hers.get("/me/data/")["Location"] == "/me/"


def test_a_second_browser_of_hers_is_out_too(anna, hers) -> None:
    other = opened(anna)
    hers.post("/me/data/delete/")
    assert other.get("/me/data/")["Location"] == "/me/"
    assert other.post("/me/data/delete/")["Location"] == "/me/"


def test_her_post_is_named_before_she_goes(anna) -> None:
    client = Client(headers={"accept-language": "en"})
    client.force_login(a_user_with_post(branch=anna.branch, person=anna))
    assert "Secretary, Branch RU-AD/1" in text(client, "/me/data/delete/")
    assert client.post("/me/data/delete/").status_code == 200
    assert client.get("/security/").status_code == 302


def test_reports_are_for_the_commission(anna) -> None:
    with pytest.raises(Forbidden):
        pressure_reports(head_of(anna.branch))
