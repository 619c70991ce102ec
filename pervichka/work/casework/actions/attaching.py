"""Pictures and documents are added to an appeal, by the applicant or by the branch."""

from datetime import datetime

from django.db import transaction

from pervichka.foundation.ids import new_id
from pervichka.foundation.refusal import Reason, Refused, refuse
from pervichka.register.access.actor import Actor
from pervichka.work.casework import sealed
from pervichka.work.casework.actions.steps import (
    demand_not_forgotten,
    locked_as_own,
    locked_to_read,
    note_step,
)
from pervichka.work.casework.models import Appeal, Attachment, FileKind, StepKind
from pervichka.work.casework.pictures import written_anew

MOST_BYTES = 10 * 1024**2
MOST_FILES = 10
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")
_DOCUMENT = b"%PDF-"


def add_file(*, appeal: Appeal, content: bytes, by: Actor, at: datetime) -> Attachment:
    """Add a picture (JPEG, PNG) or a PDF, told by what is in it. Raises `Refused`.

    A picture is written anew before it is kept. A document is kept as it came, and is only ever
    handed out to be saved. What the branch adds, the applicant sees too.
    """
    if len(content) > MOST_BYTES:
        raise _refused("a file may have {most} megabytes", most=MOST_BYTES // 1024**2)
    # Read before the row is held: it may take a while.
    kind, kept = _read(content)
    return _keep(appeal, kind, kept, by=by, at=at)


def _read(content: bytes) -> tuple[FileKind, bytes]:
    if content.startswith(_PICTURES):
        picture = written_anew(content)
        if picture is None:
            raise _refused("this picture can't be read")
        return FileKind.JPEG, picture
    if content.startswith(_DOCUMENT):
        return FileKind.PDF, content
    raise _refused("only pictures (JPEG, PNG) and PDF documents are taken")


@transaction.atomic
def _keep(appeal: Appeal, kind: FileKind, content: bytes, *, by: Actor, at: datetime) -> Attachment:
    own = by.person_id == appeal.id
    appeal = locked_as_own(appeal, by) if own else locked_to_read(appeal, by)
    demand_not_forgotten(appeal)
    if Attachment.objects.filter(appeal=appeal).count() >= MOST_FILES:
        raise refuse("an appeal takes {most} files", most=MOST_FILES)
    id_ = new_id()
    attachment = Attachment.objects.create(
        id=id_,
        appeal=appeal,
        branch=appeal.branch,
        kind=kind,
        size=len(content),
        added_at=at,
        by_applicant=own,
        sealed_content=sealed.FILE.seal_bytes(id_, content),
    )
    note_step(appeal, StepKind.FILE_ADDED, by=by, at=at, fields=["file"])
    return attachment


def _refused(message: str, **params: object) -> Refused:
    return Refused(Reason(message=message, params=params, column="file"))
