"""Photos of sheets find their sheet by the square on it, and become its proof once counted."""

import io
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from PIL import Image

from pervichka.foundation.journal.models import Entry
from pervichka.foundation.pictures import NoPicture, read_picture
from pervichka.foundation.refusal import Refused
from pervichka.register.branches.acting import acting_as
from pervichka.register.branches.models import Branch
from pervichka.register.people.actions import (
    count_sheet,
    discard_scan,
    erase_person,
    file_scan,
    print_sheets,
    scan_in_sight,
    show_scan,
    show_sheet,
    take_scan,
)
from pervichka.register.people.actions.resealing_sheets import sheets_by_version
from pervichka.register.people.models import ConsentSheet, SheetScan
from pervichka.register.people.queries.scans import scans_waiting
from tests.builders.actors import OPERATOR, head_of
from tests.builders.branches import a_branch, a_primary_branch
from tests.builders.people import a_person
from tests.builders.pictures import a_picture
from tests.builders.texts import a_controller

pytestmark = pytest.mark.django_db
AT = datetime(2026, 6, 1, 9, tzinfo=UTC)
CAMERA = "Anna's telephone, 55.75 37.61"


@pytest.fixture
def branch() -> Branch:
    made = a_primary_branch()
    a_controller(branch=Branch.objects.get(code="RU"))
    return made


def printed(branch: Branch, **said: object) -> ConsentSheet:
    given: dict[str, object] = {"text_code": "default", "language": "ru", "at": AT, **said}
    (sheet,) = print_sheets(branch=branch, by=head_of(branch), **given)  # type: ignore[arg-type]  # as named
    return sheet


def square(sheet: ConsentSheet) -> str:
    return f"https://pervichka.example/sheets/{sheet.number}/?text=default.2"


def taken(branch: Branch, content: bytes) -> SheetScan:
    return take_scan(content=content, by=head_of(branch), at=AT)


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
@pytest.mark.parametrize("turned", [0, 90, 180, 5])
def test_the_square_says_which_sheet_it_is(branch, form, turned):
    sheet = printed(branch)
    scan = taken(branch, a_picture(square(sheet), form=form, turned=turned))
    assert scan.sheet == sheet
    assert Entry.objects.get(action="scan.taken").subject_id == str(scan.id)


def test_a_picture_is_made_anew_without_what_the_camera_wrote(branch):
    content = a_picture(camera=CAMERA)
    assert CAMERA.encode() in content
    scan = taken(branch, content)
    shown = show_scan(scan_id=scan.id, by=head_of(branch), at=AT)
    assert shown is not None
    assert CAMERA.encode() not in shown
    with Image.open(io.BytesIO(shown)) as picture:
        assert picture.format == "JPEG"
        assert not picture.getexif()
    assert Entry.objects.get(action="scan.shown").look
    assert CAMERA.encode() not in bytes(SheetScan.objects.get().sealed)
    assert shown[:40] not in bytes(SheetScan.objects.get().sealed)
    assert sheets_by_version() == {1: 1}


def test_what_is_not_read_waits_for_its_number(branch):
    sheet = printed(branch)
    scan = taken(branch, a_picture())
    assert scan.sheet is None
    (waiting,) = scans_waiting(head_of(branch))
    assert (waiting.id, waiting.number) == (scan.id, "")
    for number, reason in (("10000111", "a digit is wrong"), ("10000119", "no sheet of this")):
        if number != sheet.number:
            with pytest.raises(Refused, match=reason):
                file_scan(scan=scan, number=number, by=head_of(branch), at=AT)
    spaced = f"{sheet.number[:4]} {sheet.number[4:]}"
    assert file_scan(scan=scan, number=spaced, by=head_of(branch), at=AT).sheet == sheet


def test_a_square_of_something_else_is_no_number(branch):
    sheet = printed(branch)
    wrong = f"{int(sheet.number) + 1}"
    for said in ("https://shop.example/10", f"https://pervichka.example/sheets/{wrong}/"):
        assert taken(branch, a_picture(said)).sheet is None


def test_it_becomes_the_proof_and_waits_no_more(branch):
    sheet, person = printed(branch), a_person(branch=branch)
    taken(branch, a_picture(square(sheet), camera=CAMERA))
    count_sheet(
        number=sheet.number, person=person, signed_on=AT.date(), image=b"",
        by=head_of(branch), at=AT,
    )  # fmt: skip
    assert not SheetScan.objects.exists()
    shown = show_sheet(number=sheet.number, by=head_of(branch), at=AT)
    assert shown is not None
    assert square(sheet) in read_picture(shown.content).codes
    with pytest.raises(Refused, match="counts once"):
        taken(branch, a_picture(square(sheet)))


def test_a_sheet_keeps_the_last_picture_only(branch):
    sheet = printed(branch)
    taken(branch, a_picture(square(sheet)))
    last = taken(branch, a_picture(square(sheet), turned=180))
    assert SheetScan.objects.get() == last


@pytest.mark.parametrize(
    "content", [b"", b"%PDF-1.7", b"GIF89a", a_picture()[:500], b"\0" * 9_000_000]
)
def test_what_is_no_picture_is_refused(branch, content):
    with pytest.raises(Refused, match="no photo or scan"):
        taken(branch, content)
    assert not SheetScan.objects.exists()


def test_a_picture_that_would_inflate_is_never_decoded():
    huge = io.BytesIO()
    Image.new("1", (8_000, 8_000)).save(huge, "PNG")
    assert len(huge.getvalue()) < 8 * 1024**2
    with pytest.raises(NoPicture):
        read_picture(huge.getvalue())


def test_another_branch_neither_sees_nor_files_it(branch):
    sheet = printed(branch)
    mine = taken(branch, a_picture())
    other_branch = a_branch(code="RU-AD/2", parent=Branch.objects.get(code="RU-AD/local"))
    other = head_of(other_branch)
    with acting_as(other):
        assert not SheetScan.objects.exists()
        with pytest.raises(Refused, match="no sheet of this number"):
            take_scan(content=a_picture(square(sheet)), by=other, at=AT)
        theirs = take_scan(content=a_picture(), by=other, at=AT)
        with pytest.raises(Refused, match="no sheet of this number"):
            file_scan(scan=theirs, number=sheet.number, by=other, at=AT)
    with acting_as(OPERATOR):
        # The second lock by itself.
        assert scan_in_sight(mine.id, other) is None
        assert show_scan(scan_id=mine.id, by=other, at=AT) is None
        assert [one.id for one in scans_waiting(other)] == [theirs.id]
    assert scan_in_sight(uuid4(), head_of(branch)) is None


def test_it_goes_when_it_is_thrown_away_and_with_whom_the_sheet_was_printed_for(branch):
    discard_scan(scan=taken(branch, a_picture()), by=head_of(branch), at=AT)
    assert not SheetScan.objects.exists()
    anna = a_person(branch=branch)
    taken(branch, a_picture(square(printed(branch, person=anna))))
    erase_person(person=anna, by=OPERATOR, at=AT)
    assert not SheetScan.objects.exists()
