"""What a personal link opens, with no sign-in."""

import pytest
from django.test import Client

from pervichka.foundation import clock
from pervichka.register.people.models import Person
from pervichka.work.events import actions
from pervichka.work.events.codes import code_at
from pervichka.work.events.models import Answer, Attendance, AttendanceMeans, Event, Invitation
from tests.builders.actors import OPERATOR, head_of
from tests.builders.events import tick
from tests.surfaces.web.events.conftest import tokens_of


def test_answering(visitor: Client, ahead: Event, people: list[Person]) -> None:
    token = tokens_of(ahead)[people[1].first_name]
    page = visitor.get(f"/i/{token}/")
    assert [title in page.text for title in ("I&#x27;ll come", "I can&#x27;t come")] == [True, True]

    answered = visitor.post(f"/i/{token}/", {"do": "answer", "answer": "yes"})

    assert "your answer is written down" in answered.text
    assert Invitation.objects.get(person=people[1]).answer == Answer.YES


def test_no_other_name_is_shown_and_nothing_is_cached(
    visitor: Client, ahead: Event, people: list[Person]
) -> None:
    token = tokens_of(ahead)[people[1].first_name]

    page = visitor.get(f"/i/{token}/")

    assert people[1].first_name in page.text
    assert people[1].last_name not in page.text
    assert not [person for person in people if person.first_name in page.text][1:]
    assert page.headers["Cache-Control"] == "private, no-store"
    assert page.headers["Content-Security-Policy"].startswith("default-src 'self';")


def test_the_code_can_be_typed_from_paper(visitor: Client, ahead: Event) -> None:
    token = next(iter(tokens_of(ahead).values()))

    opened = visitor.post("/i/", {"token": token.lower().replace("-", " ")}, follow=True)

    assert ahead.title in opened.text
    assert visitor.post("/i/", {"token": "ABCD"}).status_code == 422
    assert visitor.get("/i/ABCD-EFGH-JKMN-PQRS/").status_code == 404


@pytest.fixture
def open_event(going_on: Event) -> Event:
    return actions.open_check_in(event=going_on, by=OPERATOR, at=clock.now())


def test_checking_in_by_the_code_on_the_screen(
    visitor: Client, open_event: Event, people: list[Person]
) -> None:
    token = tokens_of(open_event)[people[1].first_name]
    code = code_at(open_event.check_in_secret, clock.now())

    wrong = visitor.post(f"/i/{token}/", {"do": "check-in", "code": "000000"})
    assert wrong.status_code == 422
    right = visitor.post(f"/i/{token}/", {"do": "check-in", "code": code})

    assert "You are checked in" in right.text
    assert Attendance.objects.get().means == AttendanceMeans.CODE


def test_the_qr_knows_the_phone_that_opened_the_link(
    visitor: Client, open_event: Event, people: list[Person]
) -> None:
    token = tokens_of(open_event)[people[1].first_name]
    address = f"/c/{open_event.id}/{code_at(open_event.check_in_secret, clock.now())}/"
    assert "Code of the invitation" in visitor.get(address).text

    visitor.get(f"/i/{token}/")
    assert people[1].first_name in visitor.get(address).text
    assert Attendance.objects.count() == 0

    visitor.post(address)
    assert Attendance.objects.get().person == people[1]


def test_another_phone_types_the_invitations_code_once(
    visitor: Client, open_event: Event, people: list[Person]
) -> None:
    token = tokens_of(open_event)[people[1].first_name]
    address = f"/c/{open_event.id}/{code_at(open_event.check_in_secret, clock.now())}/"

    assert visitor.post(address, {"token": "ABCD"}).status_code == 422
    visitor.post(address, {"token": token})

    assert Attendance.objects.get().person == people[1]


def test_confirming_the_head_count(visitor: Client, going_on: Event, people: list[Person]) -> None:
    tokens = tokens_of(going_on)
    secretary = head_of(going_on.branch, person=people[0])
    tick(going_on, people[:2])
    actions.record_head_count(event=going_on, count=3, by=secretary, at=clock.now())
    asked = "Is the head count right?"

    assert asked not in visitor.get(f"/i/{tokens[people[0].first_name]}/").text
    assert asked not in visitor.get(f"/i/{tokens[people[2].first_name]}/").text
    own = f"/i/{tokens[people[1].first_name]}/"
    assert asked in visitor.get(own).text
    done = visitor.post(own, {"do": "confirm", "count": "3"})

    assert "The head count is confirmed" in done.text
    going_on.refresh_from_db()
    assert going_on.head_count_confirmed_by == people[1]


def test_the_invited_read_why_it_is_cancelled(visitor: Client, ahead: Event) -> None:
    token = next(iter(tokens_of(ahead).values()))
    actions.cancel_event(event=ahead, reason="Метель", by=OPERATOR, at=clock.now())

    page = visitor.get(f"/i/{token}/")

    assert "Метель" in page.text
    assert 'name="answer"' not in page.text
