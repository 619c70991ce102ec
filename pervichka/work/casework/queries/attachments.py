"""Files of an appeal, for the applicant and for the branch that sees to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from pervichka.register.access.actor import Actor
from pervichka.work.casework import sealed
from pervichka.work.casework.models import Appeal, Attachment, FileKind
from pervichka.work.casework.queries.page import may_read


@dataclass(frozen=True, kw_only=True)
class FileLine:
    id: UUID
    is_picture: bool
    size: int
    added_at: datetime
    by_applicant: bool


@dataclass(frozen=True, kw_only=True)
class OpenedFile:
    kind: str
    content: bytes

    @property
    def is_picture(self) -> bool:
        return self.kind == FileKind.JPEG


def files_of(actor: Actor, appeal: Appeal) -> Sequence[FileLine]:
    """The oldest first; none for whoever may not read the appeal. One query, without contents."""
    if not _may(actor, appeal):
        return []
    rows = Attachment.objects.filter(appeal=appeal).order_by("added_at", "id")
    return [
        FileLine(
            id=row.id,
            is_picture=row.kind == FileKind.JPEG,
            size=row.size,
            added_at=row.added_at,
            by_applicant=row.by_applicant,
        )
        for row in rows.defer("sealed_content")
    ]


def file_of(actor: Actor, appeal: Appeal, file_id: UUID) -> OpenedFile | None:
    """One of them, opened; none if there is no such one for this reader."""
    row = Attachment.objects.filter(id=file_id, appeal=appeal).first()
    if row is None or not _may(actor, appeal):
        return None
    return OpenedFile(kind=row.kind, content=sealed.FILE.open_bytes(row.id, row.sealed_content))


def _may(actor: Actor, appeal: Appeal) -> bool:
    return actor.person_id == appeal.id or may_read(actor, appeal)
