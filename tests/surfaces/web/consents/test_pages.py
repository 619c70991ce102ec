"""The pages of texts, sheets, controllers and the ledger: who opens which, and what they do."""

import re
from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from pervichka.foundation import clock
from pervichka.foundation.journal.models import Entry
from pervichka.register.branches.models import Branch
from pervichka.register.people.actions import print_sheets, record_consent
from pervichka.register.people.models import Consent, ConsentSheet, Person, SignedSheet
from pervichka.register.texts.actions import propose_text
from pervichka.register.texts.models import Controller, PublishedText
from pervichka.register.texts.queries import controller_of
from tests.builders.actors import OPERATOR, head_of, oneself
from tests.builders.branches import a_branch, a_primary_branch
from tests.builders.people import a_person
from tests.builders.pictures import a_picture
from tests.builders.texts import FILE, a_controller, a_document, a_published_text
from tests.builders.users import a_user_with_post

pytestmark = pytest.mark.django_db
AT = datetime(2026, 6, 1, 9, tzinfo=UTC)
PNG = a_picture(form="PNG")
PAGES = ("/texts/", "/texts/waiting/", "/sheets/", "/ledger/", "/branches/controller/RU-AD")
OPENS = {
    "secretary": (200, 404, 200, 404, 404),
    "regional_head": (200, 404, 200, 404, 200),
    "headquarters_editor": (200, 200, 404, 404, 404),
    "data_protection_officer": (200, 200, 404, 200, 200),
    "viewer": (200, 404, 404, 404, 404),
    "stranger": (302, 302, 302, 302, 302),
}
_BRANCHES = {"secretary": "RU-AD/1", "regional_head": "RU-AD"}


@pytest.fixture
def branch() -> Branch:
    made = a_primary_branch()
    a_controller(branch=Branch.objects.get(code="RU"))
    return made


def reader(kind: str) -> Client:
    client = Client(headers={"accept-language": "en"})
    if kind != "stranger":
        of = Branch.objects.get(code=_BRANCHES.get(kind, "RU"))
        client.force_login(a_user_with_post(branch=of, kind=kind))
    return client


def test_what_was_agreed_to_names_the_controller_of_that_day(branch):
    person = a_person(branch=branch)
    agreed = {"text_code": "default", "on": AT.date(), "at": AT}
    record_consent(person=person, by=oneself(person), **agreed)
    officer = reader("data_protection_officer")
    grounds = officer.post("/ledger/person/", {"code": person.code}).content.decode()
    assert "I agree that ООО «Вымышленная партия» (1027700000000, " in grounds
    assert "{controller}" not in grounds


@pytest.mark.parametrize("kind", OPENS)
def test_who_opens_which_page(branch, kind):
    someone = reader(kind)
    assert tuple(someone.get(path).status_code for path in PAGES) == OPENS[kind]


def test_a_version_shows_both_languages_and_what_changed(branch):
    a_published_text(
        ru="Даю согласие {controller} и {address}.", en="I agree {controller} {address}."
    )
    a_published_text(
        version=2,
        ru="Даю согласие {controller} или {address}.",
        en="I agree {controller} {address}.",
    )
    page = reader("viewer").get("/texts/news/2/").content.decode()
    assert 'lang="ru"' in page
    assert "<ins>или</ins>" in page
    assert "<del>и</del>" in page
    assert "Nothing in this language" in page
    assert "<ins>" not in reader("secretary").get("/texts/news/1/").content.decode()
    assert reader("regional_head").get("/texts/news/3/").status_code == 404


def test_one_proposes_on_the_command_line_and_another_agrees_on_the_page(branch):
    root = Branch.objects.get(code="RU")
    propose_text(document=a_document(), file=FILE, by=head_of_root(root), at=clock.now())
    editor = reader("headquarters_editor")
    page = editor.get("/texts/waiting/").content.decode()
    draft = re.search(r'name="draft" value="([^"]+)"', page)
    assert draft
    refused = editor.post("/texts/waiting/", {"draft": draft[1], "do": "refuse", "reason": ""})
    assert refused.status_code == 422
    done = editor.post("/texts/waiting/", {"draft": draft[1], "do": "approve"})
    assert done.headers["Location"] == "/texts/news/1/"
    assert PublishedText.objects.filter(code="news").exists()
    again = editor.post("/texts/waiting/", {"draft": draft[1], "do": "approve"})
    assert again.status_code == 404


def head_of_root(root: Branch):
    from pervichka.register.access.roles import (  # noqa: PLC0415 - for this one test
        DataProtectionOfficer,
    )

    return head_of(root, role=DataProtectionOfficer)


def test_sheets_are_printed_with_the_controller_the_number_and_nobodys_name(branch):
    person = a_person(branch=branch)
    secretary = reader("secretary")
    said = {"text": "default", "language": "ru", "copies": "3", "layout": "two"}
    page = secretary.post("/sheets/print/", said).content.decode()
    numbers = [one.number for one in ConsentSheet.objects.order_by("id")]
    assert len(numbers) == 3
    for number in numbers:
        assert f"{number[:4]} {number[4:]}" in page
    assert "ООО «Вымышленная партия»" in page
    assert "1027700000000" in page
    assert "Я согласен" in page
    assert person.last_name not in page
    assert page.count("<svg") >= 3
    for_one = secretary.post("/sheets/print/", said | {"person": str(person.id)}).content.decode()
    assert person.full_name in for_one
    assert ConsentSheet.objects.filter(person=person).count() == 1
    assert secretary.post("/sheets/print/", said | {"copies": "51"}).status_code == 422
    assert secretary.post("/sheets/print/", said | {"text": "nothing"}).status_code == 422


def test_a_sheet_comes_back_by_its_number(branch):
    person = a_person(branch=branch)
    secretary = reader("secretary")
    (sheet,) = print_sheets(
        branch=branch, text_code="default", language="ru", by=OPERATOR, at=clock.now()
    )
    found = secretary.get("/sheets/", {"number": f"{sheet.number[:4]} {sheet.number[4:]}"})
    assert found.headers["Location"] == f"/sheets/{sheet.number}/"
    assert secretary.get("/sheets/", {"number": "10000111"}).status_code == 422
    path = f"/sheets/{sheet.number}/"
    assert person.full_name in secretary.get(path, {"q": "Ива"}).content.decode()
    today = timezone.localdate(clock.now()).isoformat()
    given = {"person": str(person.id), "signed_on": today}
    without = secretary.post(path, given)
    assert without.status_code == 422
    assert "JPEG, PNG or PDF" in without.content.decode()
    image = SimpleUploadedFile("x.png", PNG, content_type="text/html")
    done = secretary.post(path, given | {"image": image})
    assert done.headers["Location"] == "/sheets/"
    assert not Consent.objects.get(person=person).asserted
    shown = secretary.post(f"{path}image/")
    # Made anew on its way in, whatever it was.
    assert shown.headers["Content-Type"] == "image/jpeg"
    assert shown.content.startswith(b"\xff\xd8\xff")
    assert Entry.objects.filter(action="sheet.shown").count() == 1
    assert person.full_name in secretary.get(path).content.decode()
    other = Branch.objects.get(code="RU-AD/local")
    stranger = Client()
    stranger.force_login(a_user_with_post(branch=a_branch(code="RU-AD/2", parent=other)))
    assert stranger.get(path).status_code == 404
    assert stranger.post(f"{path}image/").status_code == 404


def test_somebody_new_is_entered_with_the_sheet_or_not_at_all(branch):
    secretary = reader("secretary")
    (sheet,) = print_sheets(
        branch=branch, text_code="default", language="ru", by=OPERATOR, at=clock.now()
    )
    path = f"/sheets/{sheet.number}/"
    given = {
        "person": "new",
        "last_name": "Новая",
        "first_name": "Анна",
        "signed_on": timezone.localdate(clock.now()).isoformat(),
    }
    assert secretary.post(path, given).status_code == 422
    assert not Person.objects.exists()
    image = SimpleUploadedFile("x.png", PNG)
    assert secretary.post(path, given | {"image": image}).status_code == 302
    assert SignedSheet.objects.get().person.last_name == "Новая"


def test_who_signed_a_sheet_is_searched_by_a_names_beginning(branch):
    a_person(branch=branch, last_name="Зимина")
    (sheet,) = print_sheets(
        branch=branch, text_code="default", language="ru", by=OPERATOR, at=clock.now()
    )
    secretary = reader("secretary")
    for search, words in (("зими", "Зимина"), ("%", "beginning of a name")):
        found = secretary.get(f"/sheets/{sheet.number}/", {"q": search})
        assert words in found.content.decode()


def test_a_picture_that_is_too_large_never_reaches_a_disk(branch, settings):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1000
    person = a_person(branch=branch)
    (sheet,) = print_sheets(
        branch=branch, text_code="default", language="ru", by=OPERATOR, at=clock.now()
    )
    image = SimpleUploadedFile("x.png", PNG)
    given = {
        "person": str(person.id),
        "signed_on": timezone.localdate(clock.now()).isoformat(),
        "image": image,
    }
    refused = reader("secretary").post(f"/sheets/{sheet.number}/", given)
    assert refused.status_code == 422
    assert all("Temporary" not in one for one in settings.FILE_UPLOAD_HANDLERS)


def test_a_controller_is_named_on_the_branchs_page(branch):
    officer = reader("data_protection_officer")
    region = Branch.objects.get(code="RU-AD")
    path = "/branches/controller/RU-AD"
    assert path in officer.get("/branches/of/RU-AD").content.decode()
    page = officer.get(path).content.decode()
    assert "Of the branch above" in page
    day = timezone.localdate(clock.now())
    said = {"name": "А", "number": "1", "address": "", "valid_from": day.isoformat()}
    wrong = officer.post(path, said)
    assert wrong.status_code == 422
    assert "address" in wrong.content.decode()
    assert officer.post(path, said | {"address": "Б"}).status_code == 302
    assert controller_of(region, on=day).name == "А"
    ended = officer.post(path, {"valid_from": day.isoformat(), "do": "end"})
    assert ended.status_code == 302
    assert controller_of(region, on=day).branch_code == "RU"
    assert Controller.objects.filter(branch=region).count() == 2


def test_the_ledger_in_numbers_and_for_one_person(branch):
    first, second = a_person(branch=branch), a_person(branch=branch, first_name="Вера")
    agreed = {"text_code": "default", "on": None, "at": AT}
    record_consent(person=first, by=oneself(first), **agreed)
    record_consent(person=second, by=OPERATOR, **agreed)
    officer = reader("data_protection_officer")
    page = officer.get("/ledger/").content.decode()
    cells = re.findall(r'data-label="(Confirmed by the person|Said by others)">(\d+)<', page)
    assert dict(cells) == {"Confirmed by the person": "1", "Said by others": "1"}
    assert "branch_work" not in page
    assert '<span lang="en">Hearing from the branch</span>' in page
    assert "Связь с отделением" in page
    grounds = officer.post("/ledger/person/", {"code": first.code}).content.decode()
    # No day is known of it, so nobody can say who the controller was.
    assert "I agree that — (—, —) and my branch keep my name" in grounds
    assert first.last_name not in grounds
    assert Entry.objects.filter(action="ledger.read", subject_id=str(first.id)).count() == 1
    assert officer.post("/ledger/person/", {"code": "p-nobody"}).status_code == 404
    assert reader("secretary").post("/ledger/person/", {"code": first.code}).status_code == 404
    told = officer.post("/ledger/verify/", follow=True).content.decode()
    assert "Every sealed row is as it was" in told
