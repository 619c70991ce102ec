"""The page of pictures: several in one go, each error beside the name of its file."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from pervichka.foundation import clock
from pervichka.foundation.journal.models import Entry
from pervichka.register.branches.models import Branch
from pervichka.register.people.actions import print_sheets
from pervichka.register.people.models import Consent, ConsentSheet, SheetScan
from pervichka.register.people.sheet_numbers import numbered
from tests.builders.actors import OPERATOR
from tests.builders.branches import a_branch, a_primary_branch
from tests.builders.people import a_person
from tests.builders.pictures import a_picture
from tests.builders.texts import a_controller
from tests.builders.users import a_user_with_post

pytestmark = pytest.mark.django_db
PATH = "/sheets/scans/"


@pytest.fixture
def branch() -> Branch:
    made = a_primary_branch()
    a_controller(branch=Branch.objects.get(code="RU"))
    return made


@pytest.fixture
def sheets(branch: Branch) -> list[ConsentSheet]:
    said = {"text_code": "default", "language": "ru", "copies": 2}
    return list(print_sheets(branch=branch, by=OPERATOR, at=clock.now(), **said))  # type: ignore[arg-type]  # as named


def client_of(branch: Branch, *, kind: str = "secretary", strict: bool = False) -> Client:
    client = Client(headers={"accept-language": "en"}, enforce_csrf_checks=strict)
    client.force_login(a_user_with_post(branch=branch, kind=kind))
    return client


def file(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def of(sheet: ConsentSheet, **said: object) -> bytes:
    return a_picture(f"https://testserver/sheets/{sheet.number}/", **said)  # type: ignore[arg-type]  # as named


def test_several_in_one_go_and_each_error_names_its_file(branch, sheets):
    secretary = client_of(branch)
    sent = [
        file("first.jpg", of(sheets[0])),
        file("second.png", of(sheets[1], form="PNG")),
        file("blurred.jpg", a_picture()),
        file("letter.docx", b"PK\x03\x04"),
        file("other.jpg", a_picture(f"https://testserver/sheets/{numbered(999_999)}/")),
    ]
    answer = secretary.post(PATH, {"pictures": sent})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "letter.docx: This is no photo or scan" in page
    assert "other.jpg: There is no sheet of this number here" in page
    assert "first.jpg" not in page
    assert "2 pictures are filed to their sheets" in page
    assert {one.sheet for one in SheetScan.objects.all()} == {*sheets, None}
    listed = secretary.get(PATH).content.decode()
    assert all(f"/sheets/{one.number}/" in listed for one in sheets)


def test_it_is_counted_without_another_picture(branch, sheets):
    person, secretary = a_person(branch=branch), client_of(branch)
    secretary.post(PATH, {"pictures": [file("x.jpg", of(sheets[0]))]})
    path = f"/sheets/{sheets[0].number}/"
    page = secretary.get(path, {"q": "Ива"}).content.decode()
    assert "A picture of this sheet was sent already" in page
    assert 'type="file"' not in page
    day = clock.now().date().isoformat()
    assert secretary.post(path, {"person": str(person.id), "signed_on": day}).status_code == 302
    assert Consent.objects.get(person=person).asserted is False


def test_who_reads_the_number_files_it(branch, sheets):
    secretary = client_of(branch)
    assert secretary.post(PATH, {"pictures": [file("x.jpg", a_picture())]}).status_code == 302
    scan = SheetScan.objects.get()
    wrong = secretary.post(f"{PATH}{scan.id}/", {"number": "10000111"})
    assert wrong.status_code == 422
    assert "A digit is wrong" in wrong.content.decode()
    done = secretary.post(f"{PATH}{scan.id}/", {"number": sheets[0].number})
    assert done.headers["Location"] == f"/sheets/{sheets[0].number}/"
    shown = secretary.post(f"{PATH}{scan.id}/image/")
    assert shown.headers["Content-Type"] == "image/jpeg"
    assert Entry.objects.filter(action="scan.shown").count() == 1
    secretary.post(f"{PATH}{scan.id}/", {"do": "discard"})
    assert not SheetScan.objects.exists()


@pytest.mark.parametrize("number", [0, 11])
def test_none_and_too_many_are_told(branch, number):
    sent = [file(f"{one}.jpg", b"x") for one in range(number)]
    assert client_of(branch).post(PATH, {"pictures": sent}).status_code == 422
    assert not SheetScan.objects.exists()


def test_more_than_one_upload_may_hold_is_taken_in(branch, sheets, settings):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1000
    sent = [file("first.jpg", of(sheets[0])), file("second.jpg", of(sheets[1]))]
    assert client_of(branch).post(PATH, {"pictures": sent}).status_code == 302
    assert SheetScan.objects.count() == 2


def test_another_branch_and_who_keeps_no_people_get_nothing(branch, sheets):
    secretary = client_of(branch)
    secretary.post(PATH, {"pictures": [file("x.jpg", a_picture())]})
    scan = SheetScan.objects.get()
    parent = Branch.objects.get(code="RU-AD/local")
    stranger = client_of(a_branch(code="RU-AD/2", parent=parent))
    assert str(scan.id) not in stranger.get(PATH).content.decode()
    for client in (stranger, client_of(Branch.objects.get(code="RU"), kind="viewer")):
        assert client.post(f"{PATH}{scan.id}/", {"do": "discard"}).status_code == 404
        assert client.post(f"{PATH}{scan.id}/image/").status_code == 404
    viewer = client_of(Branch.objects.get(code="RU-AD"), kind="viewer")
    assert viewer.get(PATH).status_code == 404
    assert Client().get(PATH).status_code == 302
    # The form's own secret is asked for, though pictures are read by a handler of their own.
    strict = client_of(branch, strict=True)
    assert strict.post(PATH, {"pictures": [file("x.jpg", a_picture())]}).status_code == 403
    assert SheetScan.objects.count() == 1
