"""Appending to the journal, inside the transaction of the act itself."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Protocol
from uuid import UUID

from django.db import connection, models, transaction

from pervichka.foundation.journal.models import Entry

# The fields of an entry that its author gives; the names of what changed come last, as JSON.
_COPIED = (
    "at",
    "actor",
    "action",
    "subject_type",
    "subject_id",
    "branch_id",
    "place",
    "fields",
)


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
) -> Entry:
    """An entry not yet written: bulk actions gather them and call `append_all` once."""
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
    )


def append(
    *,
    by: Author,
    at: datetime,
    action: str,
    subject: models.Model | tuple[str, object],
    branch: Placed | None = None,
    fields: Iterable[str] = (),
) -> Entry:
    """Record one act; `fields` are the names of what changed, never its values."""
    made = entry(by=by, at=at, action=action, subject=subject, branch=branch, fields=fields)
    _demand_transaction()
    made.save(force_insert=True)
    return made


def append_all(entries: Iterable[Entry]) -> None:
    """Record many acts at once, by COPY."""
    _demand_transaction()
    names = ", ".join(_COPIED)
    with (
        connection.cursor() as cursor,
        cursor.copy(f"copy journal_entry ({names}) from stdin") as copy,
    ):
        for made in entries:
            copy.write_row(
                (*(getattr(made, name) for name in _COPIED[:-1]), json.dumps(made.fields))
            )


def _demand_transaction() -> None:
    if not transaction.get_connection().in_atomic_block:
        raise NotInATransaction
