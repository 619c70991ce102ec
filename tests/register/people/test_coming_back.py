"""Whoever was erased is held again by their own deed, and by nobody's in their stead."""

from datetime import UTC, date, datetime

import pytest

from pervichka.foundation.journal.models import Entry
from pervichka.foundation.refusal import Refused
from pervichka.register.accounts.actions.own_links import oneself as by_link
from pervichka.register.branches.models import Branch
from pervichka.register.people.actions import (
    add_contact_point,
    confirm_contact_point,
    count_sheet,
    enrol_person,
    erase_person,
    print_sheets,
    record_consent,
)
from pervichka.register.people.models import Person, Suppression
from tests.builders.actors import OPERATOR, head_of, oneself
from tests.builders.branches import a_primary_branch
from tests.builders.texts import a_controller

pytestmark = pytest.mark.django_db
AT = datetime(2026, 6, 1, 9, tzinfo=UTC)
PHONE, EMAIL = "+79161234567", "anna@example.org"
BORN = date(1980, 5, 17)
NAMES = {"last_name": "Иванова", "first_name": "Анна", "patronymic": "Петровна"}


@pytest.fixture
def branch() -> Branch:
    made = a_primary_branch()
    a_controller(branch=Branch.objects.get(code="RU"))
    return made


@pytest.fixture(autouse=True)
def _gone(branch: Branch) -> None:
    """Anna was held with a number, an address and her birth, and deleted herself."""
    anna = enrol_person(branch=branch, born_on=BORN, **NAMES, by=OPERATOR, at=AT)
    for kind, value in (("phone", PHONE), ("email", EMAIL)):
        add_contact_point(person=anna, kind=kind, value=value, by=OPERATOR, at=AT)
    erase_person(person=anna, by=oneself(anna), at=AT)
    assert Suppression.objects.count() > 4


def entered(branch: Branch, **said: object) -> Person:
    """By the secretary, from the paper: names alone tell nothing of who was erased."""
    given: dict[str, object] = {**NAMES, **said}
    return enrol_person(branch=branch, by=head_of(branch), at=AT, **given)  # type: ignore[arg-type]  # as named


def signs(person: Person) -> None:
    head = head_of(person.branch)
    (sheet,) = print_sheets(
        branch=person.branch, text_code="default", language="ru", by=head, at=AT
    )
    count_sheet(
        number=sheet.number, person=person, signed_on=AT.date(), image=b"%PDF-1", by=head, at=AT
    )


def lifted() -> int:
    return Entry.objects.filter(action="suppression.lifted").count()


def write_down(person: Person, kind: str, value: str) -> None:
    add_contact_point(person=person, kind=kind, value=value, by=head_of(person.branch), at=AT)


def test_a_signed_sheet_brings_her_back_with_her_number(branch):
    anna = entered(branch)
    with pytest.raises(Refused, match="does not wish to be held"):
        write_down(anna, "phone", PHONE)
    signs(anna)
    before = Suppression.objects.count()
    write_down(anna, "phone", PHONE)
    assert Suppression.objects.count() == before - 2
    assert lifted() == 1
    # Neither who nor where: who reads the journal learns that somebody came back, and no more.
    entry = Entry.objects.get(action="suppression.lifted")
    assert (entry.actor, entry.subject_id, entry.branch_id) == ("self", "one", None)


def test_by_her_birth_too_once_she_agreed_herself(branch):
    with pytest.raises(Refused, match="does not wish to be held"):
        entered(branch, born_on=BORN)
    anna = entered(branch)
    Person.objects.filter(id=anna.id).update(born_on=BORN)
    anna.refresh_from_db()
    record_consent(person=anna, text_code="default", on=AT.date(), by=oneself(anna), at=AT)
    assert lifted() == 1
    entered(branch, born_on=BORN)


def test_what_others_say_of_her_brings_nothing_back(branch):
    anna = entered(branch)
    record_consent(person=anna, text_code="default", on=None, by=OPERATOR, at=AT)
    with pytest.raises(Refused, match="does not wish to be held"):
        write_down(anna, "phone", PHONE)
    assert lifted() == 0


def test_another_who_signs_does_not_take_her_number(branch):
    vera = entered(branch, last_name="Орлова", first_name="Вера")
    signs(vera)
    with pytest.raises(Refused, match="does not wish to be held"):
        write_down(vera, "phone", PHONE)
    assert lifted() == 0


def test_an_address_that_she_shows_to_be_hers(branch):
    anna = entered(branch)
    own = by_link(anna.id)
    point = add_contact_point(person=anna, kind="email", value=EMAIL, by=own, at=AT)
    assert lifted() == 0
    confirm_contact_point(point=point, by=own, at=AT)
    assert lifted() == 1
    write_down(entered(branch, last_name="Орлова"), "email", EMAIL)
