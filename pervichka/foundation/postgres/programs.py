"""PostgreSQL's client programs (psql, pg_dump, pg_restore): the wheel's, else the machine's.

A password is handed over in the environment, never on a command line that others can read.
"""

import os
import shutil
from dataclasses import replace
from pathlib import Path

from pervichka.foundation.postgres import layout
from pervichka.foundation.postgres.binaries import binaries_for
from pervichka.foundation.postgres.connection import Connection, is_embedded
from pervichka.foundation.postgres.errors import PostgresUnavailable

Call = tuple[Path, list[str], dict[str, str]]


def call(name: str, where: Connection) -> Call:
    """Program, first arguments and environment with which `name` connects to `where`.

    Raises PostgresUnavailable if there is no such program.
    """
    address = replace(where, password="").url
    environment = {**os.environ, "PGPASSWORD": where.password, "PGAPPNAME": f"pervichka {name}"}
    return path_of(name), [f"--dbname={address}"], environment


def path_of(name: str) -> Path:
    """The program of the embedded server's version; for another server the machine's own first."""
    if not is_embedded() and (found := shutil.which(name)):
        return Path(found)
    program = binaries_for(layout.data(), None) / name
    if not program.exists():
        raise PostgresUnavailable(f"PostgreSQL's program {name} is not on this machine.")
    return program
