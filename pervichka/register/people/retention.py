"""What the register of people keeps for a time only."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from pervichka.register.access.actor import Actor
from pervichka.register.people.actions.consents import withdraw_consent
from pervichka.register.people.models import (
    Consent,
    ConsentSheet,
    LedgerEntry,
    LedgerEvent,
    PeopleImport,
    PersonSalt,
    SheetScan,
    SignedSheet,
)
from pervichka.register.retention.kinds import Kind


def _asserted(before: datetime) -> QuerySet[Consent]:
    """Never confirmed, and last asserted before the moment."""
    subject = PersonSalt.objects.filter(person=OuterRef(OuterRef("person"))).values("subject")
    since = LedgerEntry.objects.filter(
        subject__in=subject,
        text_code=OuterRef("text_code"),
        event=LedgerEvent.ASSERTED,
        recorded_at__gte=before,
    )
    return Consent.objects.filter(~Exists(since), asserted=True, withdrawn_on=None)


def _withdraw(keys: Sequence[UUID], by: Actor, at: datetime) -> None:
    for consent in Consent.objects.filter(pk__in=keys).select_related("person__branch"):
        withdraw_consent(
            person=consent.person,
            text_code=consent.text_code,
            on=timezone.localdate(at),
            by=by,
            at=at,
        )


def _pictures(before: datetime) -> QuerySet[SignedSheet]:
    """Of consents that ended before the moment; what is still relied on keeps its proof."""
    day = timezone.localdate(before)
    same = Consent.objects.filter(person=OuterRef("person"), text_code=OuterRef("sheet__text_code"))
    lately = same.filter(withdrawn_on__gte=day)
    in_force = same.filter(withdrawn_on=None)
    return SignedSheet.objects.filter(
        ~Exists(in_force), ~Exists(lately), sealed__isnull=False, recorded_at__lt=before
    )


def _empty(keys: Sequence[UUID], _by: Actor, _at: datetime) -> None:
    SignedSheet.objects.filter(pk__in=keys).update(sealed=None, media_type="")


KINDS = (
    Kind(code="unconfirmed_consents", starts={"recorded": _asserted}, ends={"withdraw": _withdraw}),
    Kind(code="sheet_images", starts={"ended": _pictures}, ends={"empty": _empty}),
    Kind(
        code="unreturned_sheets",
        starts={
            "printed": lambda before: ConsentSheet.objects.filter(
                counted_at=None, printed_at__lt=before
            )
        },
    ),
    Kind(
        code="waiting_scans",
        starts={"taken": lambda before: SheetScan.objects.filter(taken_at__lt=before)},
    ),
    Kind(
        code="unfinished_imports",
        starts={
            "began": lambda before: PeopleImport.objects.filter(
                finished_at=None, started_at__lt=before
            )
        },
    ),
)
