"""A list of people: what it would do, or, once committed, does. Good rows are kept.

Batches are whole: each is one transaction with the marker of how far the file has come, so an
import killed at any moment goes on behind its last whole batch when it is run again.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from pervichka.foundation.journal import journal
from pervichka.foundation.refusal import Reason, refuse
from pervichka.foundation.tabular import read_loosely
from pervichka.register.access.actor import Actor, Interval
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import demand
from pervichka.register.branches.models import Branch
from pervichka.register.people.actions.importing.columns import COLUMNS, NAMES, read_mapping
from pervichka.register.people.actions.importing.effect import MOST_LISTED, PeopleEffect, Unsure
from pervichka.register.people.actions.importing.matching import Batch
from pervichka.register.people.actions.importing.rows import Given, Home, Rows
from pervichka.register.people.actions.importing.writing import write, write_suspicions
from pervichka.register.people.models import PeopleImport
from pervichka.register.people.suppression import NOT_WISHED, Described, Suppressed

BATCH = 5_000
Progress = Callable[[int], None]
_Read = Iterator[tuple[int, "Given | list[Reason]"]]


def import_people(
    *,
    file: Path,
    mapping: Path | None = None,
    commit: bool,
    by: Actor,
    at: datetime,
    progress: Progress = lambda _rows: None,
) -> PeopleEffect:
    """Take a list of people in, or, without `commit`, show the effect and leave no trace.

    `progress` is told how many rows are done. Raises `Refused` where the file can't be read at
    all, has no column for a name, or its mapping is wrong.
    """
    demand(by, Permission.CHANGE_PEOPLE)
    columns = read_mapping(mapping) if mapping else {}
    table = read_loosely(file, known=COLUMNS, renamed=columns)
    if not set(NAMES) & set(table.columns):
        raise refuse(
            "{file} has no column for a name: call one {names}, or give a mapping",
            file=file.name,
            names=", ".join(NAMES),
        )
    homes, default = _homes(by)
    digest = _digest(file, columns)
    run = _Run(
        PeopleEffect(committed=commit, unread_columns=table.unread),
        file.name,
        default,
        digest,
        by,
        at,
        progress,
    )
    rows = Rows(file, homes, timezone.localdate(at)).read(table)
    if commit:
        run.go(rows, _marker(digest, by, at))
    else:
        with _undone():
            run.go(rows, None)
    return run.effect


class _Run:
    def __init__(
        self,
        effect: PeopleEffect,
        file: str,
        default: Home,
        digest: str,
        by: Actor,
        at: datetime,
        progress: Progress,
    ) -> None:
        self.effect = effect
        self._file = file
        self._digest = digest
        self._default, self._by, self._at, self._progress = default, by, at, progress
        self._seen: set[UUID] = set()
        self._suppressed = Suppressed()

    def go(self, rows: _Read, marker: PeopleImport | None) -> None:
        """All rows, by the batch; those that the marker has behind it are only checked again."""
        done = marker.up_to_line if marker else 0
        if marker:
            self.effect.restore(marker.counts)
        batch: list[Given] = []
        line = done
        for line, read in rows:
            if isinstance(read, list):
                self.effect.count_refused(read)
                continue
            if self._is_refused(read):
                continue
            self.effect.rows += 1
            if line > done:
                batch.append(read)
            if len(batch) >= BATCH:
                self._batch(batch, marker)
                batch = []
        self._batch(batch, marker, finished=True)

    def _batch(
        self, rows: list[Given], marker: PeopleImport | None, *, finished: bool = False
    ) -> None:
        with transaction.atomic():
            with connection.cursor() as cursor:
                # Two lists at once would each make the same new person.
                cursor.execute("select pg_advisory_xact_lock(hashtext('people import'))")
            # Whoever was erased since the rows were read is not entered again.
            self._suppressed.renew()
            if wanted := [row for row in rows if not self._is_refused(row, counted=True)]:
                self._take(wanted)
            if marker:
                marker.up_to_line = max([row.line for row in rows], default=marker.up_to_line)
                marker.counts = self.effect.stored_counts
                marker.finished_at = self._at if finished else None
                marker.save()
        self._progress(self.effect.rows)

    def _is_refused(self, row: Given, *, counted: bool = False) -> bool:
        """Whether the row is of someone who asked not to be held; then it is counted as refused."""
        described = Described(
            last_name=row.last_name,
            first_name=row.first_name,
            name_key=row.name_key,
            born_on=row.born_on,
            contacts=row.contacts,
            code=row.external_id,
        )
        held_not = self._suppressed.holds(described)
        if held_not:
            self.effect.rows -= counted
            self.effect.count_refused([replace(NOT_WISHED, file=self._file, line=row.line)])
        return held_not

    def _take(self, rows: list[Given]) -> None:
        scope = self._by.scope
        assert scope is not None  # noqa: S101 - people are changed within a scope: see `_homes`
        today = timezone.localdate(self._at)
        batch = Batch(rows, scope=scope, default=self._default, today=today)
        self._count(batch, rows)
        write(batch.made, batch.changed, digest=self._digest, by=self._by, at=self._at)
        self._note_unsure(batch)
        journal.append_all(
            journal.entry(
                by=self._by,
                at=self._at,
                action="person.enrolled" if person.fresh else "person.changed",
                subject=("people.person", person.id),
                branch=person.home,
                fields=[] if person.fresh else person.changed,
            )
            for person in [*batch.made, *batch.changed]
        )

    def _count(self, batch: Batch, rows: list[Given]) -> None:
        updated: set[UUID] = set()
        for row in rows:
            before = batch.changes
            person, made = batch.resolve(row, self._seen)
            told_new = not made and not person.fresh and batch.changes > before
            if told_new and person.id not in self._seen and person.id not in updated:
                updated.add(person.id)
            self._seen.add(person.id)
        self.effect.new += len(batch.made)
        self.effect.updated += len(updated)
        self.effect.duplicate += len(rows) - len(batch.made) - len(updated)

    def _note_unsure(self, batch: Batch) -> None:
        self.effect.suspicions += write_suspicions(batch.suspected)
        room = MOST_LISTED - len(self.effect.unsure)
        self.effect.unsure += [
            Unsure(
                line=item.line,
                reason=item.reason,
                person=item.person.itself().code,
                other=item.other.itself().code,
            )
            for item in batch.suspected[:room]
            if item.person.itself() is not item.other.itself()
        ]


def _homes(by: Actor) -> tuple[dict[str, Home], Home]:
    """The actor's branches by code, and the one for rows that name none: their own, or the root.

    One out of reach is refused like one that isn't.
    """
    scope = by.scope or Interval(0, -1)
    homes: dict[str, Home] = {}
    default = None
    within = Branch.objects.filter(place__range=(scope.start, scope.end))
    for id_, code, place, closed in within.values_list("id", "code", "place", "closed_on"):
        homes[code] = Home(id_, place, "the branch {code} is closed" if closed is not None else "")
        if place == scope.start:
            default = homes[code]
    if default is None or default.why_not:
        raise refuse("there is no branch to enter people in; import branches first")
    return homes, default


def _marker(digest: str, by: Actor, at: datetime) -> PeopleImport:
    """Where an import of this very file was cut short; else a new beginning."""
    unfinished = PeopleImport.objects.filter(digest=digest, actor=by.code, finished_at=None).first()
    return unfinished or PeopleImport(digest=digest, actor=by.code, started_at=at)


def _digest(file: Path, columns: Mapping[str, str]) -> str:
    with file.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256")
    digest.update(repr(sorted(columns.items())).encode())
    return digest.hexdigest()


@contextmanager
def _undone() -> Iterator[None]:
    """Everything written within is rolled back: the effect is shown by what really happens."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
