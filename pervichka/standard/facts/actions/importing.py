"""Facts of other systems, taken whole or not at all; the same again changes nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from django.db import connection, transaction

from pervichka.foundation.journal import journal
from pervichka.foundation.periods import Month
from pervichka.foundation.tabular import Check, Row, read_rows
from pervichka.register.access.actor import Actor
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import demand
from pervichka.register.branches.models import Branch
from pervichka.register.branches.queries.calendar import is_voting_day
from pervichka.standard.facts.queries.kinds import KnownKind, known_kinds
from pervichka.standard.facts.sources import SOURCES
from pervichka.standard.rulebook.document import EVIDENCE_ORDER

REQUIRED = ("kind", "branch", "occurred_on", "source", "source_id")
OPTIONAL = ("person", "value", "evidence")
_EVIDENCE = {name.value: rank for rank, name in enumerate(EVIDENCE_ORDER)}
_OWN = frozenset(source.SOURCE for source in SOURCES)
_COLUMNS = "kind, branch_id, place, person, occurred_on, value, evidence, source, source_id"

Values = tuple[str, UUID, int, str | None, date, int, int, str, str]


@dataclass(frozen=True, kw_only=True)
class FactsImported:
    """Counts of rows, and the months whose scores they may change."""

    added: int
    corrected: int
    unchanged: int
    months: tuple[Month, ...]


@transaction.atomic
def import_facts(*, file: Path, by: Actor, at: datetime) -> FactsImported:
    """Raises `Refused` with every mistake; then nothing of the file is kept."""
    demand(by, Permission.REGISTER_FACTS)
    check = Check(file.name)
    reader = _Reader(check, by)
    rows = list(reader.read(file))
    check.close()
    _stage(rows)
    corrected = _correct()
    added = _add()
    reader.refuse_elsewhere(_hidden())
    days = {day for _, day in added}
    days |= {day for _, now, before in corrected for day in (now, before)}
    journal.append(
        by=by,
        at=at,
        action="facts.imported",
        subject=("facts", ",".join(sorted({row[7] for row in rows}))),
    )
    journal.append_all(
        journal.entry(
            by=by, at=at, action="facts.corrected", subject=("facts.fact", id_), fields=["fact"]
        )
        for id_, *_ in corrected
    )
    return FactsImported(
        added=len(added),
        corrected=len(corrected),
        unchanged=len(rows) - len(added) - len(corrected),
        months=tuple(sorted({Month.of(day) for day in days})),
    )


class _Reader:
    """Rows of one file into values of the fact table."""

    def __init__(self, check: Check, by: Actor) -> None:
        self._check = check
        self._kinds: dict[str, KnownKind] = {known.kind: known for known in known_kinds()}
        self._branches = {
            code: (id_, place)
            for code, id_, place in Branch.objects.values_list("code", "id", "place")
            # One out of reach is refused like one that isn't.
            if by.may(Permission.REGISTER_FACTS, place)
        }
        self._seen: dict[tuple[str, str], tuple[int, Values]] = {}

    def read(self, file: Path) -> Iterator[Values]:
        for row in read_rows(file, required=REQUIRED, optional=OPTIONAL, unfit=self._check.note):
            values = self._values(row)
            if values is not None and self._is_new(row, values):
                yield values

    def _values(self, row: Row) -> Values | None:
        check = self._check
        known = self._kind(row)
        branch = self._branch(row)
        person = check.text(row, "person") or None
        occurred_on = check.day(row, "occurred_on", required=True)
        value = check.thousandths(row, "value", default=1000)
        evidence = row.cells.get("evidence", "") and check.choice(row, "evidence", list(_EVIDENCE))
        source = self._source(row)
        source_id = check.text(row, "source_id", required=True)
        if known is not None and person is not None and occurred_on is not None:
            self._check_person(row, known, occurred_on)
        if known is None or branch is None or occurred_on is None:
            return None
        rank = _EVIDENCE.get(evidence, 0)
        return (known.kind, *branch, person, occurred_on, value, rank, source, source_id)

    def _kind(self, row: Row) -> KnownKind | None:
        name = self._check.text(row, "kind", required=True)
        known = self._kinds.get(name)
        if known is None and name.startswith("x."):
            self._check.wrong(
                row, "kind", "{kind} is not registered; register it first", kind=repr(name)
            )
        elif known is None and name:
            self._check.wrong(
                row, "kind", "{kind} is not in the catalogue of kinds", kind=repr(name)
            )
        return known

    def _branch(self, row: Row) -> tuple[UUID, int] | None:
        code = row.cells["branch"]
        branch = self._branches.get(code)
        if branch is None:
            self._check.wrong(
                row, "branch", "there is no branch {code} within your reach", code=repr(code)
            )
        return branch

    def _source(self, row: Row) -> str:
        source = self._check.text(row, "source", required=True)
        if source in _OWN:
            self._check.wrong(
                row, "source", "{source} is the name of work done here", source=repr(source)
            )
        return source

    def _check_person(self, row: Row, known: KnownKind, occurred_on: date) -> None:
        if known.registered and not known.with_person:
            self._check.wrong(
                row, "person", "{kind} is registered without a person", kind=known.kind
            )
        elif is_voting_day(occurred_on):
            # Whatever the kind: on such a day each would tell who was where while others voted.
            self._check.wrong(
                row, "occurred_on", "a fact with a person can't be dated on a voting day"
            )

    def _is_new(self, row: Row, values: Values) -> bool:
        key = (values[7], values[8])
        line, before = self._seen.setdefault(key, (row.line, values))
        if line == row.line:
            return True
        if before != values:
            self._check.wrong(
                row, "source_id", "line {line} says otherwise of the same record", line=line
            )
        return False

    def refuse_elsewhere(self, records: list[tuple[str, str]]) -> None:
        """Refuse the file for records that are facts of branches the actor doesn't reach."""
        for key in records:
            line, _ = self._seen[key]
            self._check.wrong(
                Row(line, {}), "source_id", "this record's branch is not within your reach"
            )
        self._check.close()


def _stage(rows: list[Values]) -> None:
    columns = _COLUMNS
    with connection.cursor() as cursor:
        # Of an import before this one in the same transaction.
        cursor.execute("drop table if exists pg_temp.incoming_fact")
        cursor.execute(
            f"create temporary table incoming_fact on commit drop as select {columns} from fact"  # noqa: S608 - fixed names
            " with no data"
        )
        with cursor.copy(f"copy incoming_fact ({columns}) from stdin") as copy:
            for row in rows:
                copy.write_row(row)
        cursor.execute("create index on incoming_fact (source, source_id)")
        cursor.execute("analyze incoming_fact")


def _correct() -> list[tuple[int, date, date]]:
    """Rows known with other content: their id, their new day and the day they had before."""
    columns = "kind, branch_id, person, occurred_on, value, evidence"
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            with known as (
              select fact.id, fact.occurred_on as before, new.*
              from fact join incoming_fact new using (source, source_id)
              where ({", ".join(f"fact.{c.strip()}" for c in columns.split(","))})
                is distinct from ({", ".join(f"new.{c.strip()}" for c in columns.split(","))})
            )
            update fact set kind = known.kind, branch_id = known.branch_id, place = known.place,
              person = known.person, occurred_on = known.occurred_on, value = known.value,
              evidence = known.evidence
            from known where fact.id = known.id
            returning fact.id, fact.occurred_on, known.before
            """  # noqa: S608 - fixed names
        )
        return list(cursor.fetchall())


def _add() -> list[tuple[int, date]]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            insert into fact ({_COLUMNS}) select {_COLUMNS} from incoming_fact
            on conflict (source, source_id) do nothing
            returning id, occurred_on
            """  # noqa: S608 - fixed names
        )
        return list(cursor.fetchall())


def _hidden() -> list[tuple[str, str]]:
    """Sources and ids of records that could be neither added nor seen, so neither corrected."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            select source, source_id from incoming_fact new
            where not exists (
              select from fact where (fact.source, fact.source_id) = (new.source, new.source_id)
            )
            order by source, source_id
            """
        )
        return list(cursor.fetchall())
