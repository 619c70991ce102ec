"""Sheets of consent: what is out, what came back, and what stands on one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils import translation

from pervichka.register.access.actor import Actor
from pervichka.register.access.permissions import Permission
from pervichka.register.branches.queries.units import branch_label
from pervichka.register.people.models import ConsentSheet
from pervichka.register.people.sheet_numbers import grouped
from pervichka.register.texts.models import Controller
from pervichka.register.texts.queries import published_texts
from pervichka.register.texts.wording import ConsentText, filled


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A sheet; `person` is whom it was printed for, `signed_by` whose signature came back.

    `has_scan`: a picture of it was taken in and waits to be counted.
    """

    number: str
    shown_number: str
    text: ConsentText
    wording: str
    language: str
    branch_id: UUID
    branch_code: str
    branch_name: str
    controller: Controller
    person_id: UUID | None
    person: str
    printed_at: datetime
    counted_at: datetime | None
    signed_by: str
    signed_on: date | None
    has_image: bool
    has_scan: bool


def sheet_numbered(number: str, *, actor: Actor) -> Sheet | None:
    """The sheet of that number, if it is of a branch whose people the actor keeps."""
    return next(iter(_sheets(actor, number=number)), None)


def sheets_by_number(numbers: Sequence[str], *, actor: Actor) -> Sequence[Sheet]:
    return _sheets(actor, number__in=list(numbers))


def sheets_of(actor: Actor, *, offset: int = 0, limit: int = 50) -> tuple[Sequence[Sheet], int]:
    """A part of the list, the last printed first, and how long the whole is."""
    return _sheets(actor, offset=offset, limit=limit), _visible(actor).count()


def _visible(actor: Actor) -> QuerySet[ConsentSheet]:
    if actor.scope is None or not actor.may(Permission.CHANGE_PEOPLE):
        return ConsentSheet.objects.none()
    return ConsentSheet.objects.filter(place__range=(actor.scope.start, actor.scope.end))


def _sheets(actor: Actor, *, offset: int = 0, limit: int = 200, **which: object) -> list[Sheet]:
    rows = (
        _visible(actor)
        .filter(**which)
        .select_related("branch", "controller", "person", "signed__person", "scan")
        .defer("signed__sealed", "scan__sealed")
        .order_by("-printed_at", "-id")
    )
    texts = published_texts()
    return [
        _sheet(row, texts[row.text_code, row.text_version]) for row in rows[offset : offset + limit]
    ]


def _sheet(row: ConsentSheet, text: ConsentText) -> Sheet:
    signed = getattr(row, "signed", None)
    # On paper in the sheet's own language, whoever looks at it.
    with translation.override(row.language):
        branch_name = branch_label(row.branch)
    values = {
        "controller": row.controller.name,
        "number": row.controller.number,
        "address": row.controller.address,
        "branch": branch_name,
    }
    return Sheet(
        number=row.number,
        shown_number=grouped(row.number),
        text=text,
        wording=filled(text.text[row.language], values),
        language=row.language,
        branch_id=row.branch_id,
        branch_code=row.branch.code,
        branch_name=branch_name,
        controller=row.controller,
        person_id=row.person_id,
        person=row.person.full_name if row.person else "",
        printed_at=row.printed_at,
        counted_at=row.counted_at,
        signed_by=signed.person.full_name if signed else "",
        signed_on=signed.signed_on if signed else None,
        has_image=bool(signed and signed.media_type),
        has_scan=getattr(row, "scan", None) is not None,
    )
