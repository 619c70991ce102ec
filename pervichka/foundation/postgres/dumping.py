"""Whole databases into a file and out of one."""

import os
import subprocess
import tempfile
from pathlib import Path

from psycopg import sql

from pervichka.foundation.postgres import programs
from pervichka.foundation.postgres.connection import Connection, connect_info
from pervichka.foundation.postgres.databases import demand_to_make_databases, drop_database
from pervichka.foundation.postgres.errors import PostgresUnavailable
from pervichka.foundation.postgres.roles import prepare_roles_and_database
from pervichka.foundation.postgres.sessions import maintenance

_DUMP_BEGINS = b"PGDMP"


class NotADump(Exception):
    """The file is not a whole dump of ours; the message says why."""


def dump(file: Path) -> None:
    """Write the whole database, as of one moment, to `file`, readable by its owner alone.

    The file appears whole or not at all. Raises PostgresUnavailable if pg_dump fails.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    os.close(descriptor)
    draft = Path(name)
    try:
        # The role reads all by policies of its own, hence row-level security stays on.
        options = ["--format=custom", "--enable-row-security", "--no-owner", f"--file={draft}"]
        # With it a thief of backups could sign scopes of their own.
        options.append("--exclude-table-data=scope_key")
        _run("pg_dump", connect_info("backup"), options)
        _sync(draft)
        draft.replace(file)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


def restore_into(dbname: str, file: Path) -> None:
    """Make the database `dbname` anew from a dump. Raises NotADump or PostgresUnavailable.

    Nothing else is touched; a half-restored database is dropped.
    """
    with file.open("rb") as stream:
        if stream.read(len(_DUMP_BEGINS)) != _DUMP_BEGINS:
            raise NotADump(f"{file} is not a backup made by `pervichka backup`")
    demand_to_make_databases()
    drop_database(dbname)
    prepare_roles_and_database(dbname)
    where = connect_info("owner", dbname)
    try:
        options = ["--no-owner", "--exit-on-error", "--single-transaction", str(file)]
        _run("pg_restore", where, options)
    except PostgresUnavailable as error:
        drop_database(dbname)
        raise NotADump(f"{file} could not be restored: {error}") from None


def swap(new: str, *, aside: str) -> None:
    """Put the database `new` in this installation's place; the one before is kept as `aside`.

    Whoever is connected is cut off.
    """
    current = connect_info("admin").dbname
    with maintenance(connect_info("admin")) as session:
        for name in (current, new):
            session.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity"
                " where datname = %s and pid <> pg_backend_pid()",
                [name],
            )
        with session.transaction():
            for old, name in ((current, aside), (new, current)):
                session.execute(
                    sql.SQL("alter database {} rename to {}").format(
                        sql.Identifier(old), sql.Identifier(name)
                    )
                )


def _run(name: str, where: Connection, options: list[str]) -> None:
    program, arguments, environment = programs.call(name, where)
    done = subprocess.run(  # noqa: S603 - PostgreSQL's own program
        [program, *arguments, *options],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise PostgresUnavailable(f"{name}: {done.stderr.strip()}")


def _sync(file: Path) -> None:
    descriptor = os.open(file, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
