"""The catalogue's tables inside DuckDB, with nothing else within its reach."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields

import duckdb
import pyarrow as pa

from pervichka.standard.engine.tables import Tables

_PARAMETER = re.compile(r"\$([a-z][a-z0-9_]*)")


@contextmanager
def loaded(
    tables: Tables, *, threads: int | None = None, memory: str | None = None
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database in memory over the tables, read in place, that opens no file and no socket.

    `memory` is a limit such as `2GB`; past it DuckDB fails rather than spilling to a disk.
    """
    config: dict[str, str | bool | int | float | list[str]] = {
        "enable_external_access": "false",
        "python_enable_replacements": "false",
        "preserve_insertion_order": "false",
        "temp_directory": "",
    }
    if threads is not None:
        config["threads"] = str(threads)
    if memory is not None:
        config["memory_limit"] = memory
    connection = duckdb.connect(":memory:", config=config)
    try:
        for table in fields(tables):
            connection.register(table.name, getattr(tables, table.name))
        connection.execute("SET lock_configuration = true")
        yield connection
    finally:
        connection.close()


def store(
    connection: duckdb.DuckDBPyConnection, name: str, sql: str, values: Mapping[str, object]
) -> None:
    """Keep a query's rows as a temporary table; `values` fill its `$names`."""
    connection.execute(f"CREATE TEMP TABLE {name} AS {sql}", _used(sql, values))


def fetch(
    connection: duckdb.DuckDBPyConnection, sql: str, values: Mapping[str, object] | None = None
) -> pa.Table:
    """A query's rows as Arrow."""
    return connection.sql(sql, params=_used(sql, values or {})).to_arrow_table()


def _used(sql: str, values: Mapping[str, object]) -> dict[str, object]:
    # DuckDB refuses values that a statement does not name.
    return {name: values[name] for name in _PARAMETER.findall(sql) if name in values}
