"""The worker makes an export, in the post in which it was asked for and with its rights as now."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from pervichka.foundation.journal import journal
from pervichka.foundation.journal.models import Entry
from pervichka.foundation.refusal import Refused, refuse
from pervichka.foundation.tabular import table_bytes
from pervichka.register.access.actor import Actor
from pervichka.register.access.permissions import Permission
from pervichka.register.accounts.models import User
from pervichka.register.disclosure.actions.spending import show
from pervichka.register.disclosure.home import Home
from pervichka.register.disclosure.models import ExportState, PeopleExport, PeopleExportFile
from pervichka.register.disclosure.policy import policy
from pervichka.register.disclosure.queries.exports import affiliations_asked
from pervichka.register.disclosure.sealing import stored
from pervichka.register.people.queries import PersonToExport, rows_to_export

# Every row carries it, so that a part of the file still says where it comes from.
MARK = "export"


class ErasedMeanwhile(Exception):
    """Somebody left the register while their list was being read."""


@transaction.atomic
def make_export(*, export_id: UUID, by: Actor, at: datetime) -> bool:
    """Make the file, seal it, journal each person in it; whether there was anything to make.

    `by` is whoever asked, as they stand now. Run twice, it makes one file. Raises `Refused` where
    it may not be made any more, and keeps nothing then.
    """
    export = _to_make(export_id)
    if export is None:
        return False
    rows = _rows(export, by, at)
    _hold(rows)
    show(people=[row.branch_id for row in rows], by=by, at=at)
    columns = policy().purposes[export.purpose].columns
    mark = mark_of(export.number, export.user, at)
    content = table_bytes(
        export.form, [*columns, MARK], ([*row.cells, mark] for row in rows), mark=mark
    )
    export.state, export.rows = ExportState.MADE, len(rows)
    export.expires_at = at + policy().days_kept
    export.save(update_fields=["state", "rows", "expires_at"])
    PeopleExportFile.objects.create(
        export=export,
        user_id=export.user_id,
        branch=export.branch,
        sealed=stored(export.id, content),
    )
    journal.append(by=by, at=at, action="export.made", subject=export, branch=export.branch)
    journal.append_all(_looks(rows, columns, by, at))
    return True


@transaction.atomic
def fail_export(*, export_id: UUID, refused: Refused, by: Actor, at: datetime) -> None:
    """It is not made, and whoever asked reads why."""
    export = _to_make(export_id)
    if export is None:
        return
    reason = refused.reasons[0]
    params = {
        name: value if type(value) is int else str(value) for name, value in reason.params.items()
    }
    export.state = ExportState.FAILED
    export.failure = {"message": reason.message, "params": params}
    export.save(update_fields=["state", "failure"])
    journal.append(by=by, at=at, action="export.failed", subject=export, branch=export.branch)


def mark_of(number: int, user: User, at: datetime) -> str:
    """The file's number, the code of whoever asked, and the day."""
    return f"{number} · {user.name} · {timezone.localdate(at):%Y-%m-%d}"


def _to_make(export_id: UUID) -> PeopleExport | None:
    found = PeopleExport.objects.select_for_update(of=("self",)).select_related("branch", "user")
    return found.filter(id=export_id, state=ExportState.ASKED).first()


def _rows(export: PeopleExport, by: Actor, at: datetime) -> Sequence[PersonToExport]:
    if by.code != export.proposed_by or by.post_id != export.post_id:
        raise refuse("the post in which this was asked for is no longer held")
    if not by.may(Permission.SEE_PEOPLE, export.branch.place):
        raise refuse("this post no longer sees the people of the branch")
    purpose = policy().purposes.get(export.purpose)
    if purpose is None:
        raise refuse("exports are no longer made for this purpose")
    rows = list(
        rows_to_export(
            branch=export.branch,
            on=timezone.localdate(at),
            actor=by,
            columns=purpose.columns,
            affiliations=affiliations_asked(export.affiliation),
        )
    )
    if not export.needs_second and len(rows) > policy().rows_without_second_person:
        raise refuse("the list has grown and needs a second person: it must be asked for anew")
    return rows


def _hold(rows: Sequence[PersonToExport]) -> None:
    """Nobody on the list is erased before the file is kept, which erasure would then miss.

    Raises `ErasedMeanwhile` where somebody was already: the job is run anew.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "select id from person where id = any(%s) for key share",
            [[row.person_id for row in rows]],
        )
        if cursor.rowcount != len(rows):
            raise ErasedMeanwhile


def _looks(
    rows: Sequence[PersonToExport], columns: Sequence[str], by: Actor, at: datetime
) -> Sequence[Entry]:
    """An entry for each person, so that they can see who took their data along."""
    return [
        journal.entry(
            by=by,
            at=at,
            action="export.included",
            subject=("people.person", row.person_id),
            branch=Home(row.branch_id, row.place),
            fields=columns,
            look=True,
        )
        for row in rows
    ]
