"""From above a person's branch a name opens with a written reason, which the person reads."""

import re
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import translation

from pervichka.foundation import clock
from pervichka.foundation.journal.models import Entry
from pervichka.foundation.refusal import Refused
from pervichka.register.access.roles import LocalHead, Viewer
from pervichka.register.branches.acting import acting_as
from pervichka.register.people.actions import (
    add_contact_point,
    dial,
    erase_person,
    look_at_person,
    open_name,
    transfer_person,
)
from pervichka.register.people.models import OpenedName
from pervichka.register.people.queries import reasons_for
from pervichka.register.people.reasons import REASON_HOLDS, ReasonNeeded
from tests.builders.actors import OPERATOR, head_of, oneself
from tests.builders.branches import a_branch, a_primary_branch
from tests.builders.people import a_person
from tests.builders.users import a_user_with_post

pytestmark = pytest.mark.django_db


@pytest.fixture
def branch():
    return a_primary_branch()


@pytest.fixture
def anna(branch):
    return a_person(branch=branch, code="anna")


@pytest.fixture
def head(branch):
    """The head of the local branch above."""
    return head_of(branch.parent, role=LocalHead)


@pytest.fixture
def above(branch):
    client = Client(headers={"accept-language": "en"})
    client.force_login(a_user_with_post(branch=branch.parent, kind="local_head"))
    return client


def looks(person):
    found = Entry.objects.filter(subject_id=str(person.id), look=True)
    return list(found.order_by("id").values_list("action", flat=True))


def test_a_person_s_page_asks_above_the_branch_and_then_opens(above, anna):
    answer = above.get(f"/people/{anna.id}/")
    assert (answer.status_code, answer["Location"]) == (302, f"/people/{anna.id}/reason/")
    asked = above.get(answer["Location"]).content.decode()
    assert "Иванова" not in asked
    assert looks(anna) == []

    for poor in ({}, {"words": "надо"}, {"quick": "because"}):
        assert above.post(f"/people/{anna.id}/reason/", poor).status_code == 422
    page = above.post(
        f"/people/{anna.id}/reason/", {"words": "Проверяю протокол собрания"}, follow=True
    )
    assert "Иванова Анна Петровна" in page.content.decode()
    assert looks(anna) == ["name.opened", "look.person"]
    with acting_as(oneself(anna)):
        assert [one.reason for one in reasons_for(anna.id)] == ["Проверяю протокол собрания"]


def test_in_one_s_own_branch_nothing_is_asked_and_the_look_is_written_down(branch, anna):
    own = Client(headers={"accept-language": "en"})
    own.force_login(a_user_with_post(branch=branch))
    assert own.get(f"/people/{anna.id}/").status_code == 200
    assert looks(anna) == ["look.person"]


def test_one_s_own_page_is_no_look(anna):
    with acting_as(oneself(anna)):
        assert look_at_person(person_id=anna.id, by=oneself(anna), at=clock.now())
    assert looks(anna) == []


def test_a_reason_holds_for_a_day_s_work_and_for_its_giver(head, anna, branch):
    at = clock.now()
    with acting_as(head):
        open_name(person_id=anna.id, reason="asked", by=head, at=at)
        assert look_at_person(person_id=anna.id, by=head, at=at + REASON_HOLDS / 2)
        with pytest.raises(ReasonNeeded):
            look_at_person(person_id=anna.id, by=head, at=at + REASON_HOLDS)
    other = head_of(branch.parent.parent, role=LocalHead)
    with acting_as(other), pytest.raises(ReasonNeeded):
        look_at_person(person_id=anna.id, by=other, at=at + timedelta(minutes=1))


def test_a_number_is_not_dialled_from_above_without_a_reason(head, anna):
    point = add_contact_point(
        person=anna, kind="phone", value="89001234567", by=OPERATOR, at=clock.now()
    )
    with acting_as(head):
        with pytest.raises(ReasonNeeded):
            dial(contact_id=point.id, by=head, at=clock.now())
        open_name(person_id=anna.id, reason="asked", by=head, at=clock.now())
        assert dial(contact_id=point.id, by=head, at=clock.now())


def test_whoever_sees_nobody_opens_nothing(branch, anna, head):
    viewer = head_of(branch.parent, role=Viewer)
    with acting_as(viewer):
        assert open_name(person_id=anna.id, reason="asked", by=viewer, at=clock.now()) is None
    away = a_branch(code="RU-AL", level="regional", parent=branch.parent.parent.parent)
    stranger = head_of(away, role=LocalHead)
    with acting_as(stranger):
        assert open_name(person_id=anna.id, reason="asked", by=stranger, at=clock.now()) is None
    assert not OpenedName.objects.exists()


def test_a_quick_choice_is_read_in_the_reader_s_language(head, anna):
    open_name(person_id=anna.id, reason="complaint", by=head, at=clock.now())
    with acting_as(oneself(anna)):
        said = {}
        for language in ("ru", "en"):
            with translation.override(language):
                said[language] = reasons_for(anna.id)[0].reason
    assert said["ru"].startswith("Человек пожаловался")
    assert said["en"].startswith("The person has complained")


def test_another_person_reads_no_reasons(head, anna, branch):
    open_name(person_id=anna.id, reason="asked", by=head, at=clock.now())
    with acting_as(oneself(a_person(branch=branch))):
        assert reasons_for(anna.id) == []
        with connection.cursor() as cursor:
            cursor.execute("select count(*) from opened_name")
            assert cursor.fetchone() == (0,)


def test_a_reason_follows_the_person_and_goes_with_them_and_never_changes(head, anna, branch):
    open_name(person_id=anna.id, reason="asked", by=head, at=clock.now())
    with pytest.raises(DatabaseError, match="stays as it is"), transaction.atomic():
        OpenedName.objects.update(reason="another")
    elsewhere = a_branch(code="RU-AD/9", parent=branch.parent)
    transfer_person(person=anna, branch=elsewhere, by=OPERATOR, at=clock.now())
    assert OpenedName.objects.get().place == elsewhere.place
    erase_person(person=anna, by=OPERATOR, at=clock.now())
    assert not OpenedName.objects.exists()


def test_too_long_a_reason_is_refused(head, anna):
    with pytest.raises(Refused, match="no more than"):
        open_name(person_id=anna.id, reason="слово " * 200, by=head, at=clock.now())


def test_the_form_offers_quick_choices(above, anna):
    text = above.get(f"/people/{anna.id}/reason/").content.decode()
    assert len(re.findall(r'type="radio" name="quick"', text)) == 3
