"""Appending to the journal, inside the transaction of the act itself."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Protocol
from uuid import UUID

from django.db import connection, models, transaction

from pervichka.foundation.journal.models import Entry

# What an entry's author gives, and the type of each column.
_WRITTEN = {
    "at": "timestamptz",
    "actor": "text",
    "action": "text",
    "subject_type": "text",
    "subject_id": "text",
    "branch_id": "uuid",
    "place": "bigint",
    "fields": "jsonb",
    "look": "boolean",
}


class Author(Protocol):
    """Whoever acts: known to the journal by a code alone."""

    @property
    def code(self) -> str: ...


class Placed(Protocol):
    """The branch that an act concerns."""

    @property
    def id(self) -> UUID: ...

    @property
    def place(self) -> int: ...


class NotInATransaction(Exception):
    """An entry was appended outside the transaction of the act it records."""


def entry(
    *,
    by: Author,
    at: datetime,
    action: str,
    subject: models.Model | tuple[str, object],
    branch: Placed | None = None,
    fields: Iterable[str] = (),
    look: bool = False,
) -> Entry:
    """An entry not yet written: bulk actions gather them and call `append_all` once.

    `look`: personal data was looked at, and nothing changed.
    """
    if isinstance(subject, models.Model):
        subject_type, subject_id = subject._meta.label_lower, str(subject.pk)  # noqa: SLF001 - Django's public name for it
    else:
        subject_type, subject_id = subject[0], str(subject[1])
    return Entry(
        at=at,
        actor=by.code,
        action=action,
        subject_type=subject_type,
        subject_id=subject_id,
        branch_id=None if branch is None else branch.id,
        place=None if branch is None else branch.place,
        fields=sorted(fields),
        look=look,
    )


def append(
    *,
    by: Author,
    at: datetime,
    action: str,
    subject: models.Model | tuple[str, object],
    branch: Placed | None = None,
    fields: Iterable[str] = (),
    look: bool = False,
) -> None:
    """Record one act; `fields` are the names of what changed or was seen, never its values."""
    append_all(
        [
            entry(
                by=by,
                at=at,
                action=action,
                subject=subject,
                branch=branch,
                fields=fields,
                look=look,
            )
        ]
    )


def append_all(entries: Iterable[Entry]) -> None:
    """Record acts, many at once.

    Nothing is asked back: an actor may record what the scope does not let them read.
    """
    _demand_transaction()
    rows = [_written(made) for made in entries]
    if not rows:
        return
    names = ", ".join(_WRITTEN)
    arrays = ", ".join(f"%s::{type_}[]" for type_ in _WRITTEN.values())
    with connection.cursor() as cursor:
        cursor.execute(
            f"insert into journal_entry ({names}) select * from unnest({arrays})",  # noqa: S608 - fixed names
            [list(column) for column in zip(*rows, strict=True)],
        )


def _written(made: Entry) -> tuple[object, ...]:
    return tuple(
        json.dumps(made.fields) if name == "fields" else getattr(made, name) for name in _WRITTEN
    )


def _demand_transaction() -> None:
    if not transaction.get_connection().in_atomic_block:
        raise NotInATransaction
