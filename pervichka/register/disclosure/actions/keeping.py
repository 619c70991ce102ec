"""A file that was made: downloaded by whoever asked for it, and destroyed in time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from pervichka.foundation.journal import journal
from pervichka.register.access.actor import Actor
from pervichka.register.access.permissions import Permission
from pervichka.register.disclosure.home import Home
from pervichka.register.disclosure.models import ExportState, PeopleExport, PeopleExportFile
from pervichka.register.disclosure.queries.exports import covers, expired_exports
from pervichka.register.disclosure.sealing import opened


@dataclass(frozen=True, kw_only=True)
class Downloaded:
    """The content of a file, for the one download that was journalled."""

    name: str
    form: str
    content: bytes


@transaction.atomic
def download_export(*, export_id: UUID, by: Actor, at: datetime) -> Downloaded | None:
    """None for a file that is another's, gone or not made yet alike, and where the post acted in
    no longer sees all of the people on it."""
    if by.user_id is None:
        return None
    file = (
        PeopleExportFile.objects.filter(
            export_id=export_id,
            user_id=by.user_id,
            export__state=ExportState.MADE,
            export__expires_at__gt=at,
        )
        .select_related("export", "branch")
        .first()
    )
    if file is None or not covers(by, Permission.SEE_PEOPLE, file.branch):
        return None
    export = file.export
    journal.append(by=by, at=at, action="export.downloaded", subject=export, branch=file.branch)
    return Downloaded(
        name=f"people-{export.number}.{export.form}",
        form=export.form,
        content=opened(export.id, file.sealed),
    )


@transaction.atomic
def destroy_exports(*, export_ids: Sequence[UUID], by: Actor, at: datetime) -> int:
    """Destroy those files whose time is over, and end what nobody decided or made; how many."""
    over = expired_exports(at).select_for_update().filter(id__in=export_ids)
    gone = list(over.values_list("id", "branch_id", "place"))
    ids = [id_ for id_, _branch, _place in gone]
    with connection.cursor() as cursor:
        # The files are out of everyone's sight but the askers'; what destroys shows none of them.
        cursor.execute("select destroy_export_files(%s::uuid[])", [ids])
    PeopleExport.objects.filter(id__in=ids).update(state=ExportState.GONE)
    return _journal(gone, by=by, at=at)


@transaction.atomic
def destroy_exports_with(*, person_id: UUID, by: Actor, at: datetime) -> int:
    """Destroy every file that holds the person, as when they are erased; how many.

    Those out of the actor's sight too.
    """
    with connection.cursor() as cursor:
        cursor.execute("select * from destroy_exports_with(%s)", [person_id])
        return _journal(cursor.fetchall(), by=by, at=at)


def _journal(gone: Sequence[tuple[UUID, UUID, int]], *, by: Actor, at: datetime) -> int:
    journal.append_all(
        journal.entry(
            by=by,
            at=at,
            action="export.destroyed",
            subject=("disclosure.peopleexport", id_),
            branch=Home(branch_id, place),
        )
        for id_, branch_id, place in gone
    )
    return len(gone)
