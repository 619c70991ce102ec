"""Looks at whoever asked, and at what they wrote: each is written down."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from pervichka.foundation.journal import journal
from pervichka.register.access.actor import Actor
from pervichka.work.casework.models import Appeal, Surgery
from pervichka.work.casework.queries.attachments import OpenedFile, file_of
from pervichka.work.casework.queries.page import may_read
from pervichka.work.casework.queries.surgeries import Visitor, visitors_of


@transaction.atomic
def look_at_applicant(*, appeal: Appeal, by: Actor, at: datetime) -> bool:
    """Called before an appeal's page says who asks and what; whether it may.

    Nothing is written above the branch, nor once all is destroyed: there is nothing to be seen.
    """
    reads = may_read(by, appeal)
    if reads and appeal.forgotten_at is None:
        _write_down(appeal, "look.applicant", by=by, at=at)
    return reads


@transaction.atomic
def look_at_file(*, appeal: Appeal, file_id: UUID, by: Actor, at: datetime) -> OpenedFile | None:
    """A file of it, opened; none if there is no such one for this reader."""
    opened = file_of(by, appeal, file_id)
    if opened is not None:
        _write_down(appeal, "look.appeal_file", by=by, at=at)
    return opened


@transaction.atomic
def look_at_visitors(*, surgery: Surgery, by: Actor, at: datetime) -> list[Visitor]:
    """Who booked, by time; none above the branch."""
    visitors = list(visitors_of(by, surgery))
    if visitors:
        _write_down(surgery, "look.visitors", by=by, at=at, fields=[f"rows {len(visitors)}"])
    return visitors


def _write_down(
    subject: Appeal | Surgery, action: str, *, by: Actor, at: datetime, fields: Sequence[str] = ()
) -> None:
    journal.append(
        by=by,
        at=at,
        action=action,
        subject=subject,
        branch=subject.branch,
        fields=fields,
        look=True,
    )
