"""Pictures of sheets are taken in, several in a row; each is filed to its sheet by what it says."""

import re
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from pervichka.foundation import vault
from pervichka.foundation.journal import journal
from pervichka.foundation.pictures import NoPicture, Picture, read_picture
from pervichka.foundation.refusal import Reason, Refused, refuse
from pervichka.register.access.actor import Actor
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import Forbidden, demand
from pervichka.register.branches.models import Branch
from pervichka.register.people.models import ConsentSheet, SheetScan
from pervichka.register.people.sheet_numbers import typed_number

MOST_BYTES = 8 * 1024 * 1024
SCAN = vault.Cell("sheet_scan", "sealed")
# The address of the sheet's own page, which its square holds.
_ADDRESS = re.compile(r"/sheets/([0-9]{8,20})/")
_UNKNOWN = Reason(message="there is no sheet of this number here: compare it with the paper")


@transaction.atomic
def take_scan(*, content: bytes, by: Actor, at: datetime) -> SheetScan:
    """Keep a picture of a sheet, filed to the sheet whose number its square says.

    Where no square is read it waits, at the actor's own branch, for its number. A sheet keeps the
    last picture only. Raises `Forbidden`, `Refused`.
    """
    demand(by, Permission.CHANGE_PEOPLE)
    if by.scope is None:
        raise Forbidden(by, Permission.CHANGE_PEOPLE)
    picture = picture_of(content)
    if picture is None:
        raise refuse("this is no photo or scan: send JPEG or PNG, {limit} MB at most", limit=8)
    numbers = {found for code in picture.codes if (found := _number_in(code)) is not None}
    if len(numbers) > 1:
        raise refuse("several sheets are on this picture: send each by itself")
    sheet = _to_be_counted(numbers.pop(), by) if numbers else None
    scan = SheetScan(
        branch=sheet.branch if sheet else Branch.objects.get(place=by.scope.start),
        taken_by=by.code,
        taken_at=at,
    )
    scan.sealed = SCAN.seal_bytes(scan.id, picture.content)
    _file(scan, sheet)
    journal.append(by=by, at=at, action="scan.taken", subject=scan, branch=scan.branch)
    return scan


@transaction.atomic
def file_scan(*, scan: SheetScan, number: str, by: Actor, at: datetime) -> SheetScan:
    """Somebody has read the number that the machine could not. Raises `Forbidden`, `Refused`."""
    demand(by, Permission.CHANGE_PEOPLE, scan)
    digits = typed_number(number)
    if digits is None:
        raise refuse("a digit is wrong: compare it with the paper")
    sheet = _to_be_counted(digits, by)
    scan.branch, scan.place = sheet.branch, sheet.branch.place
    _file(scan, sheet)
    journal.append(
        by=by, at=at, action="scan.filed", subject=scan, branch=scan.branch, fields=["sheet"]
    )
    return scan


@transaction.atomic
def discard_scan(*, scan: SheetScan, by: Actor, at: datetime) -> None:
    """It shows no sheet, or a wrong one. Raises `Forbidden`."""
    demand(by, Permission.CHANGE_PEOPLE, scan)
    journal.append(by=by, at=at, action="scan.discarded", subject=scan, branch=scan.branch)
    scan.delete()


@transaction.atomic
def show_scan(*, scan_id: UUID, by: Actor, at: datetime) -> bytes | None:
    """The picture, a JPEG; none for one out of sight. The look is journalled."""
    scan = scan_in_sight(scan_id, by)
    if scan is None:
        return None
    journal.append(by=by, at=at, action="scan.shown", subject=scan, branch=scan.branch, look=True)
    return content_of(scan)


def scan_in_sight(scan_id: UUID, by: Actor) -> SheetScan | None:
    """To act on; none where it is another's."""
    if by.scope is None or not by.may(Permission.CHANGE_PEOPLE):
        return None
    inside = SheetScan.objects.filter(place__range=(by.scope.start, by.scope.end))
    return inside.select_related("branch").filter(id=scan_id).first()


def content_of(scan: SheetScan) -> bytes:
    return SCAN.open_bytes(scan.id, scan.sealed)


def picture_of(content: bytes) -> Picture | None:
    """The picture made anew, without what a camera writes into it; none for what is no picture."""
    if not 0 < len(content) <= MOST_BYTES:
        return None
    try:
        return read_picture(content)
    except NoPicture:
        return None


def _number_in(code: str) -> str | None:
    found = _ADDRESS.search(code)
    return typed_number(found[1]) if found else None


def _to_be_counted(number: str, by: Actor) -> ConsentSheet:
    sheet = (
        ConsentSheet.objects.select_for_update(of=("self",))
        .select_related("branch")
        .filter(number=number)
        .first()
    )
    if sheet is None or not by.may(Permission.CHANGE_PEOPLE, sheet.place):
        raise Refused(_UNKNOWN)
    if sheet.counted_at is not None:
        raise refuse(
            "this sheet was counted on {day} already; a sheet counts once",
            day=timezone.localdate(sheet.counted_at).isoformat(),
        )
    return sheet


def _file(scan: SheetScan, sheet: ConsentSheet | None) -> None:
    if sheet is not None:
        SheetScan.objects.filter(sheet=sheet).exclude(pk=scan.pk).delete()
        scan.sheet = sheet
    scan.save()
