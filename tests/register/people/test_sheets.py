"""Consent on paper: a sheet is printed, signed and counted once; its picture lies sealed."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from pervichka.foundation import vault
from pervichka.foundation.journal.models import Entry
from pervichka.foundation.refusal import Refused
from pervichka.register.access.policy import Forbidden
from pervichka.register.branches.acting import acting_as
from pervichka.register.branches.models import Branch
from pervichka.register.people.actions import (
    count_sheet,
    erase_person,
    print_sheets,
    record_consent,
    show_sheet,
)
from pervichka.register.people.actions.resealing_sheets import reseal_sheets, sheets_by_version
from pervichka.register.people.models import Consent, ConsentSheet, LedgerEntry, SignedSheet
from pervichka.register.people.queries.sheets import sheet_numbered, sheets_of
from pervichka.register.people.sheet_numbers import grouped, numbered, typed_number
from tests.builders.actors import OPERATOR, head_of, oneself
from tests.builders.branches import a_branch, a_primary_branch
from tests.builders.people import a_person
from tests.builders.pictures import a_picture
from tests.builders.texts import a_controller, a_published_text

pytestmark = pytest.mark.django_db
AT = datetime(2026, 6, 1, 9, tzinfo=UTC)
TODAY = date(2026, 6, 1)
JPEG = a_picture(camera="9991112233")


@pytest.fixture
def branch() -> Branch:
    made = a_primary_branch()
    a_controller(branch=Branch.objects.get(code="RU"))
    return made


def printed(branch: Branch, **said) -> ConsentSheet:
    given = {"text_code": "default", "language": "ru", "by": head_of(branch), "at": AT} | said
    (sheet,) = print_sheets(branch=branch, **given)
    return sheet


def count(sheet: ConsentSheet, person, **said) -> Consent:
    given = {"signed_on": TODAY, "image": JPEG, "by": head_of(sheet.branch), "at": AT} | said
    return count_sheet(number=sheet.number, person=person, **given)


def test_every_wrong_digit_and_every_swap_is_noticed():
    number = numbered(123456)
    assert typed_number(grouped(number)) == number
    wrong = {
        number[:at] + digit + number[at + 1 :]
        for at in range(len(number))
        for digit in "0123456789"
    } | {
        number[:at] + number[at + 1] + number[at] + number[at + 2 :]
        for at in range(len(number) - 1)
    }
    assert [one for one in wrong if one != number and typed_number(one)] == []
    assert typed_number("1") is None
    assert typed_number("١٢٣٤٥٦٧٨") is None


def test_a_signed_sheet_is_a_consent_with_the_sheets_number(branch):
    person = a_person(branch=branch)
    sheet = printed(branch)
    consent = count(sheet, person)
    assert (consent.asserted, consent.text_version) == (False, 2)
    row = LedgerEntry.objects.get()
    assert (row.event, row.proof, row.proof_number) == ("given", "paper", sheet.number)
    actions = set(Entry.objects.values_list("action", flat=True))
    assert {"sheet.printed", "sheet.counted", "consent.given"} <= actions
    shown = sheet_numbered(sheet.number, actor=head_of(branch))
    assert shown is not None
    assert shown.signed_by == person.full_name


def test_the_version_on_the_paper_counts_and_not_the_latest(branch):
    a_published_text()
    sheet = printed(branch, text_code="news")
    a_published_text(version=2)
    assert count(sheet, a_person(branch=branch)).text_version == 1


def test_a_sheet_counts_once(branch):
    sheet = printed(branch)
    count(sheet, a_person(branch=branch))
    other = a_person(branch=branch, first_name="Вера")
    with pytest.raises(Refused, match="counts once"):
        count(sheet, other)
    for change in (
        "update consent_sheet set counted_at = null",
        "update consent_sheet set number = '10000119'",
        "update consent_sheet set counted_at = now()",
    ):
        with (
            pytest.raises(DatabaseError, match="counts once"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(change)
    assert LedgerEntry.objects.count() == 1


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"signed_on": TODAY + timedelta(days=1)}, "day of signing"),
        ({"signed_on": TODAY - timedelta(days=1)}, "day of signing"),
        ({"image": b"GIF89a"}, "JPEG, PNG or PDF"),
        ({"image": JPEG[:200]}, "JPEG, PNG or PDF"),
        ({"image": b""}, "JPEG, PNG or PDF"),
        ({"image": JPEG + b"0" * 9 * 1024**2}, "8 MB at most"),
    ],
)
def test_what_can_not_be_is_refused_and_the_sheet_is_still_out(branch, said, reason):
    sheet = printed(branch)
    with pytest.raises(Refused, match=reason):
        count(sheet, a_person(branch=branch), **said)
    assert ConsentSheet.objects.get().counted_at is None
    assert not SignedSheet.objects.exists()


def test_a_sheet_printed_for_one_counts_for_no_other(branch):
    anna, vera = a_person(branch=branch), a_person(branch=branch, first_name="Вера")
    sheet = printed(branch, person=anna, copies=5)
    with pytest.raises(Refused, match="another person"):
        count(sheet, vera)
    count(sheet, anna)


def test_who_agreed_already_needs_no_sheet_and_who_was_said_to_is_confirmed(branch):
    person = a_person(branch=branch)
    record_consent(person=person, text_code="default", on=None, by=OPERATOR, at=AT)
    count(printed(branch), person)
    assert LedgerEntry.objects.filter(event="confirmed", proof="paper").exists()
    with pytest.raises(Refused, match="agreed to this text already"):
        count(printed(branch), person)


def test_nothing_is_printed_in_nobodys_name():
    branch = a_primary_branch()
    with pytest.raises(Refused, match="nobody is named"):
        printed(branch)


def test_another_branch_neither_prints_nor_counts_nor_looks(branch):
    other = head_of(a_branch(code="RU-AD/2", parent=Branch.objects.get(code="RU-AD/local")))
    with pytest.raises(Forbidden):
        printed(branch, by=other)
    person, sheet = a_person(branch=branch), printed(branch)
    count(sheet, person)
    with acting_as(other):
        assert sheet_numbered(sheet.number, actor=other) is None
        assert sheets_of(other) == ([], 0)
        assert not SignedSheet.objects.exists()
        assert show_sheet(number=sheet.number, by=other, at=AT) is None
        with pytest.raises(Refused, match="no sheet of this number"):
            count(sheet, person, by=other)
    with acting_as(OPERATOR):
        # The second lock by itself: in sight of the database, out of sight of the actor.
        assert sheet_numbered(sheet.number, actor=other) is None
        assert show_sheet(number=sheet.number, by=other, at=AT) is None


def test_the_picture_is_sealed_and_each_look_is_written_down(branch, own_keys):
    person, sheet = a_person(branch=branch), printed(branch)
    count(sheet, person)
    stored = bytes(SignedSheet.objects.get().sealed)
    assert b"9991112233" not in stored
    image = show_sheet(number=sheet.number, by=head_of(branch), at=AT)
    assert image is not None
    assert image.media_type == "image/jpeg"
    assert image.content.startswith(b"\xff\xd8\xff")
    assert b"9991112233" in JPEG
    assert b"9991112233" not in image.content
    assert Entry.objects.filter(action="sheet.shown").count() == 1
    old = vault.ring().current
    assert sheets_by_version() == {old: 1}
    new = vault.add_key()
    assert reseal_sheets(by=OPERATOR, at=AT) == 1
    assert sheets_by_version() == {new: 1}
    again = show_sheet(number=sheet.number, by=oneself(person), at=AT)
    assert again is not None
    assert again.content == image.content


def test_an_erased_persons_picture_goes_and_the_sheet_stays_counted(branch):
    person, sheet = a_person(branch=branch), printed(branch)
    count(sheet, person)
    erase_person(person=person, by=head_of(branch), at=AT)
    assert not SignedSheet.objects.exists()
    with pytest.raises(Refused, match="counts once"):
        count(sheet, a_person(branch=branch, first_name="Вера"))
