"""Writing many branches, precincts and links at once."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models import Value
from django.db.models.functions import Coalesce, Greatest


def copy_in(table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Stream rows into a table; constraints and the scope's lock hold as for any insert.

    By way of a table of this transaction's own: row-level security refuses COPY.
    """
    names = ", ".join(columns)
    staged = f"staged_{table}"
    with connection.cursor() as cursor:
        cursor.execute(f"drop table if exists pg_temp.{staged}")
        cursor.execute(
            f"create temporary table {staged} on commit drop as"  # noqa: S608 - fixed names of our own tables
            f" select {names} from {table} with no data"
        )
        with cursor.copy(f"copy {staged} ({names}) from stdin") as copy:
            for row in rows:
                copy.write_row(row)
        cursor.execute(f"insert into {table} ({names}) select {names} from {staged}")  # noqa: S608 - as above
        cursor.execute(f"drop table {staged}")


def set_column(table: str, column: str, type_: str, values: Sequence[tuple[UUID, object]]) -> None:
    """Set one column of many rows, by id."""
    if not values:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            f"update {table} set {column} = new.value"  # noqa: S608 - fixed names of our own tables
            f" from unnest(%s::uuid[], %s::{type_}[]) as new (id, value)"
            f" where {table}.id = new.id",
            [[id_ for id_, _ in values], [value for _, value in values]],
        )


def last_day(until: date, since: str = "valid_from") -> Greatest:
    """`until`, but not before the row's own beginning: a list may be dated before the last one."""
    return Greatest(Value(until), Coalesce(since, Value(until)))
