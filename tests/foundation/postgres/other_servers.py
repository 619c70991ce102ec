"""PostgreSQL servers that are not ours: found on the machine, started for a while."""

import contextlib
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg

from pervichka.foundation.postgres.account import server_account

PASSWORD = "p:w/d @1"
USER = "postgres"


def programs() -> Path | None:
    """Where the oldest PostgreSQL from 15 on has its programs on this machine, if anywhere."""
    places = [Path(found).resolve().parent for found in [shutil.which("pg_ctl")] if found]
    places += Path("/usr/lib/postgresql").glob("*/bin")
    found = sorted((_version(place), place) for place in places if (place / "initdb").exists())
    return next((place for version, place in found if version >= 15), None)


def _version(place: Path) -> int:
    said = subprocess.run(
        [place / "postgres", "--version"], capture_output=True, text=True, check=False
    )
    number = re.search(r"\d+", said.stdout)
    return int(number.group()) if number else 0


@contextlib.contextmanager
def running(programs: Path) -> Iterator[str]:
    """A new cluster that listens on 127.0.0.1; gives the address of its superuser."""
    # Not in pytest's own folder, into which root lets no one: these programs are not ours.
    with tempfile.TemporaryDirectory(prefix="pervichka-") as folder:
        yield from _running(Path(folder), programs)


def _running(folder: Path, programs: Path) -> Iterator[str]:
    (folder / "pw").write_text(PASSWORD + "\n")
    data = folder / "data"
    data.mkdir(mode=0o700)
    account = server_account()
    who = account.as_arguments() if account else {}
    if account:
        for path in (folder, folder / "pw", data):
            account.give(path)
    surroundings: dict[str, Any] = {
        "cwd": data,
        "env": {"LC_ALL": "C", "PATH": "/usr/bin:/bin"},
        **who,
    }
    initdb: list[str | Path] = [programs / "initdb", "-D", data, "-U", USER, "--pwfile", "../pw"]
    initdb += ["-A", "scram-sha-256", "-E", "UTF8", "--locale", "C", "--no-sync"]
    subprocess.run(initdb, check=True, capture_output=True, **surroundings)
    port = _free_port()
    server: list[str | Path] = [programs / "postgres", "-D", data, "-p", str(port)]
    for setting in ("fsync=off", "listen_addresses=127.0.0.1", "unix_socket_directories="):
        server += ["-c", setting]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(server, stdout=log, stderr=log, **surroundings)
    url = f"postgresql://{USER}:{quote(PASSWORD, safe='')}@127.0.0.1:{port}/pervichka"
    try:
        _wait(port)
        yield url
    finally:
        process.send_signal(signal.SIGINT)
        process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(port: int) -> None:
    deadline = time.monotonic() + 30
    address = f"host=127.0.0.1 port={port}".encode()
    while psycopg.pq.PGconn.ping(address) != psycopg.pq.Ping.OK:
        assert time.monotonic() < deadline, "the server does not answer"
        time.sleep(0.05)
