"""Facts from work: the whole of a source anew, or those of the records that changed."""

from collections.abc import Collection, Iterable, Sequence
from itertools import islice
from uuid import UUID

from django.db import connection, transaction

from pervichka.foundation.periods import Month
from pervichka.register.branches.actions.bulk import copy_in
from pervichka.standard.facts.rows import FactRow, Source
from pervichka.standard.facts.sources import SOURCES

_COLUMNS = (
    "kind", "branch_id", "place", "person", "occurred_on", "value", "evidence", "source",
    "source_id", "subject",
)  # fmt: skip
_BATCH = 20_000


@transaction.atomic
def rebuild_facts() -> int:
    """Derive every fact of every source from nothing, and return their count.

    Facts of other systems stay. The result is the same as that of all refreshes together.
    """
    count = 0
    for source in SOURCES:
        with connection.cursor() as cursor:
            lock = f"facts of {source.SOURCE}"
            cursor.execute("select pg_advisory_xact_lock(hashtext(%s))", [lock])
            cursor.execute("delete from fact where source = %s", [source.SOURCE])
        count += _insert(source, source.facts(subjects=None))
    return count


@transaction.atomic
def refresh_facts(*, source: Source, subjects: Collection[UUID]) -> set[Month]:
    """Derive the facts of these records of work anew; the months that had or have some of them."""
    with connection.cursor() as cursor:
        # One derivation of a source at a time: two would both insert the same facts.
        cursor.execute("select pg_advisory_xact_lock(hashtext(%s))", [f"facts of {source.SOURCE}"])
        cursor.execute(
            "delete from fact where source = %s and subject = any(%s) returning occurred_on",
            [source.SOURCE, list(subjects)],
        )
        months = {Month.of(day) for (day,) in cursor.fetchall()}
    rows = list(source.facts(subjects=subjects))
    _insert(source, rows)
    return months | {Month.of(row.occurred_on) for row in rows}


def _insert(source: Source, rows: Iterable[FactRow]) -> int:
    """Write in batches: while a COPY runs, the source could not read on the same connection."""
    count = 0
    pending = iter(rows)
    while batch := list(islice(pending, _BATCH)):
        _copy(source, batch)
        count += len(batch)
    return count


def _copy(source: Source, rows: Sequence[FactRow]) -> None:
    copy_in(
        "fact",
        _COLUMNS,
        ((
            row.kind, row.branch_id, row.place, row.person, row.occurred_on, row.value,
            row.evidence, source.SOURCE, row.source_id, row.subject,
        ) for row in rows),
    )  # fmt: skip
