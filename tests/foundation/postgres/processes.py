"""Other processes that use the embedded server, as commands of ours would."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator

from pervichka.foundation.postgres import layout, server

_USE = """
import sys, psycopg
from pervichka.foundation import postgres
postgres.ready()
with psycopg.connect(postgres.connect_info("app").url) as session:
    start = session.execute("select pg_postmaster_start_time()").fetchone()[0]
print(start.isoformat(), flush=True)
sys.stdin.read()
"""


def begin(**environment: str) -> subprocess.Popen[str]:
    """A command that readies the database, prints the server's start and waits for its input."""
    return subprocess.Popen(
        [sys.executable, "-c", _USE],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), **environment},
    )


@contextlib.contextmanager
def running(**environment: str) -> Iterator[subprocess.Popen[str]]:
    """The same, from when it uses the server until it has ended."""
    command = begin(**environment)
    try:
        yield command
    finally:
        command.kill()
        command.communicate()


def started_at(command: subprocess.Popen[str]) -> str:
    assert command.stdout is not None
    line = command.stdout.readline().strip()
    if not line:
        command.kill()
        raise AssertionError(command.communicate()[1])
    return line


def postmaster() -> int:
    return int((layout.data() / "postmaster.pid").read_text().split("\n", 1)[0])


def keeper() -> int:
    return int((layout.root() / "keeper.lock").read_text())


def kill(process: int) -> None:
    os.kill(process, signal.SIGKILL)


def wait_until_dead(seconds: float = 20.0) -> None:
    deadline = time.monotonic() + seconds
    while server.lives():
        assert time.monotonic() < deadline, "the server still lives"
        time.sleep(0.05)
