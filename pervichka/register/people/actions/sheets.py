"""Consent on paper: sheets are printed, signed, and counted, each once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection, transaction
from django.utils import timezone

from pervichka.foundation import vault
from pervichka.foundation.journal import journal
from pervichka.foundation.refusal import Reason, Refused, refuse
from pervichka.register.access.actor import Actor
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import demand
from pervichka.register.branches.models import Branch
from pervichka.register.people.actions.consents import record_consent
from pervichka.register.people.actions.rights import demand_change
from pervichka.register.people.actions.scans import MOST_BYTES, content_of, picture_of
from pervichka.register.people.models import (
    Consent,
    ConsentSheet,
    Person,
    Proof,
    SheetScan,
    SignedSheet,
)
from pervichka.register.people.queries.visible import people_visible_to
from pervichka.register.people.sheet_numbers import numbered
from pervichka.register.texts.models import Basis, Controller
from pervichka.register.texts.queries import controller_of, latest_texts
from pervichka.register.texts.wording import LANGUAGES

MOST_COPIES = 50
IMAGE = vault.Cell("signed_sheet", "sealed")
_PDF = b"%PDF-"


@dataclass(frozen=True, kw_only=True)
class SheetImage:
    """The picture of a signed sheet in clear, for the one look that was journalled."""

    number: str
    media_type: str
    content: bytes


@transaction.atomic
def print_sheets(
    *,
    branch: Branch,
    text_code: str,
    language: str,
    copies: int = 1,
    person: Person | None = None,
    by: Actor,
    at: datetime,
) -> Sequence[ConsentSheet]:
    """New sheets, each with a number of its own; for a known person one. `Forbidden`, `Refused`."""
    demand(by, Permission.CHANGE_PEOPLE, branch)
    text = latest_texts().get(text_code)
    if text is None or text.basis != Basis.CONSENT:
        raise refuse("choose a text that people consent to")
    if language not in LANGUAGES:
        raise refuse("choose a language")
    if not 1 <= copies <= MOST_COPIES:
        raise refuse("write how many sheets, from 1 to {limit}", limit=MOST_COPIES)
    controller = controller_of(branch, on=timezone.localdate(at))
    if controller is None:
        raise refuse(
            "nobody is named who answers for personal data in {code} or above it", code=branch.code
        )
    if person is not None:
        demand_change(by, person)
    with connection.cursor() as cursor:
        cursor.execute(
            "select nextval('consent_sheet_number') from generate_series(1, %s)",
            [1 if person is not None else copies],
        )
        numbers = [numbered(running) for (running,) in cursor.fetchall()]
    sheets = [
        ConsentSheet.objects.create(
            branch=branch,
            number=number,
            text_code=text.code,
            text_version=text.version,
            language=language,
            controller=Controller(id=controller.id),
            person=person,
            printed_by=by.code,
            printed_at=at,
        )
        for number in numbers
    ]
    journal.append_all(
        journal.entry(by=by, at=at, action="sheet.printed", subject=sheet, branch=branch)
        for sheet in sheets
    )
    return sheets


@transaction.atomic
def count_sheet(
    *, number: str, person: Person, signed_on: date, image: bytes, by: Actor, at: datetime
) -> Consent:
    """The sheet came back with the person's signature. Raises `Forbidden`, `Refused`.

    `image` is a picture of it: JPEG, PNG or PDF; empty where one was taken in for it before. A
    photo is made anew: nothing stays of what the camera wrote into it.
    """
    # Locked, so that of two who count it at once the second reads that it is counted.
    sheet = (
        ConsentSheet.objects.select_for_update(of=("self",))
        .select_related("branch")
        .filter(number=number)
        .first()
    )
    if sheet is None:
        raise refuse("there is no sheet of this number here: compare it with the paper")
    demand(by, Permission.CHANGE_PEOPLE, sheet)
    kept, media_type = _kept(sheet, image)
    _demand_countable(sheet, person, signed_on, media_type, at)
    consent = record_consent(
        person=person,
        text_code=sheet.text_code,
        text_version=sheet.text_version,
        on=signed_on,
        proof=Proof.PAPER,
        proof_number=sheet.number,
        by=by,
        at=at,
    )
    SignedSheet.objects.create(
        sheet=sheet,
        branch=sheet.branch,
        person=person,
        signed_on=signed_on,
        recorded_at=at,
        media_type=media_type,
        sealed=IMAGE.seal_bytes(sheet.id, kept),
    )
    SheetScan.objects.filter(sheet=sheet).delete()
    sheet.counted_at = at
    sheet.save(update_fields=["counted_at"])
    journal.append(by=by, at=at, action="sheet.counted", subject=sheet, branch=sheet.branch)
    return consent


@transaction.atomic
def show_sheet(*, number: str, by: Actor, at: datetime) -> SheetImage | None:
    """The picture; none where there is no longer one, and for one out of sight alike."""
    signed = (
        SignedSheet.objects.filter(sheet__number=number, person__in=people_visible_to(by))
        .select_related("sheet", "branch", "person")
        .first()
    )
    if signed is None or signed.sealed is None:
        return None
    journal.append(
        by=by,
        at=at,
        action="sheet.shown",
        subject=signed.person,
        branch=signed.branch,
        look=True,
    )
    return SheetImage(
        number=number,
        media_type=signed.media_type,
        content=IMAGE.open_bytes(signed.sheet_id, signed.sealed),
    )


def _kept(sheet: ConsentSheet, image: bytes) -> tuple[bytes, str]:
    """What is kept as the proof, and its media type; empty for what is none."""
    scan = None if image else SheetScan.objects.filter(sheet=sheet).first()
    if scan is not None:
        return content_of(scan), "image/jpeg"
    if image.startswith(_PDF) and len(image) <= MOST_BYTES:
        return image, "application/pdf"
    picture = picture_of(image)
    return (b"", "") if picture is None else (picture.content, "image/jpeg")


def _demand_countable(
    sheet: ConsentSheet, person: Person, signed_on: date, media_type: str, at: datetime
) -> None:
    """Raise `Refused` with every reason why it can't count."""
    if sheet.counted_at is not None:
        raise refuse(
            "this sheet was counted on {day} already; a sheet counts once",
            day=timezone.localdate(sheet.counted_at).isoformat(),
        )
    reasons = []
    if sheet.person_id is not None and sheet.person_id != person.id:
        reasons.append(Reason(message="this sheet was printed for another person", column="person"))
    printed_on = timezone.localdate(sheet.printed_at)
    if not printed_on <= signed_on <= timezone.localdate(at):
        reasons.append(
            Reason(
                message="the day of signing lies between {first}, when it was printed, and today",
                params={"first": printed_on.isoformat()},
                column="signed_on",
            )
        )
    if not media_type:
        reasons.append(
            Reason(
                message="choose a photo or scan of the sheet: JPEG, PNG or PDF, {limit} MB at most",
                params={"limit": MOST_BYTES // 1024**2},
                column="image",
            )
        )
    agreed = Consent.objects.filter(
        person=person,
        text_code=sheet.text_code,
        text_version__gte=sheet.text_version,
        asserted=False,
        withdrawn_on=None,
    )
    if agreed.exists():
        reasons.append(
            Reason(message="this person has agreed to this text already", column="person")
        )
    if reasons:
        raise Refused(*reasons)
