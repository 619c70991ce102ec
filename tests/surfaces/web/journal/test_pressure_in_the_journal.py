"""That somebody was pressed stands in the journal; of whom and when, the commission alone reads."""

import pytest
from django.test import Client

from pervichka.foundation import clock
from pervichka.foundation.journal.models import Entry
from pervichka.register.branches.models import Branch
from pervichka.register.people.actions import report_pressure
from pervichka.register.people.models import Person
from tests.builders.actors import oneself
from tests.builders.branches import a_primary_branch
from tests.builders.people import a_person
from tests.builders.users import a_user_with_post

pytestmark = pytest.mark.django_db
SENTENCE, COUNTED = "Pressure reported", "1 report of pressure was written down this month"
ADDRESSES = ("/journal/", "/journal/?actor=self", "/journal/?branch=RU", "/journal/?form=csv")


@pytest.fixture
def anna() -> Person:
    person = a_person(branch=a_primary_branch(), code="anna")
    report_pressure(
        person=person, pressed_to="join", may_call=True, by=oneself(person), at=clock.now()
    )
    return person


def pages(kind: str, of: str) -> dict[str, str]:
    client = Client(headers={"accept-language": "en"})
    client.force_login(a_user_with_post(branch=Branch.objects.get(code=of), kind=kind))
    return {one: client.get(one).content.decode() for one in ADDRESSES}


def test_the_commission_reads_the_entry_and_of_nobody(anna):
    shown = pages("control_commission", "RU")
    assert all(SENTENCE in page for page in shown.values())
    (row,) = [line for line in shown["/journal/?form=csv"].splitlines() if SENTENCE in line]
    assert "anna" not in row
    assert anna.branch.code not in row


def test_another_reader_of_all_sees_that_there_is_one_and_neither_when_nor_whom(anna):
    shown = pages("data_protection_officer", "RU")
    assert not any(SENTENCE in page for page in shown.values())
    assert COUNTED in shown["/journal/"]
    assert "person=anna" in shown["/journal/"]


def test_a_reader_of_her_region_sees_not_even_that(anna):
    shown = pages("data_protection_officer", "RU-AD")
    assert not any(SENTENCE in page or COUNTED in page for page in shown.values())


def test_nor_does_a_search_for_her_find_it(anna):
    client = Client(headers={"accept-language": "en"})
    root = Branch.objects.get(code="RU")
    client.force_login(a_user_with_post(branch=root, kind="control_commission"))
    for sought in ("anna", str(anna.id)):
        page = client.get("/journal/", {"person": sought}).content.decode()
        assert SENTENCE not in page
    entry = Entry.objects.get(action="pressure.reported")
    assert entry.subject_id == "one"
    assert entry.branch_id == root.id
