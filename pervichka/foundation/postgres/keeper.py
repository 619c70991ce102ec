"""The keeper: a small process of its own that starts the embedded server and stops it in the end.

`python -m pervichka.foundation.postgres` returns once a keeper runs in the background (a
second one leaves at once, seeing keeper.lock held). The keeper

- makes and starts the server, or adopts one whose keeper was killed;
- starts it again if it dies while someone holds a lease;
- stops it once for LINGER seconds nobody held a lease and no client was connected. The wait serves
  whoever was given an address by `pervichka db url` and connects a moment later.

It holds the lease exclusively while it stops the server, so a command that begins just then waits
and starts it anew. Killed, it leaves the server running, and the next command starts a keeper.
"""

import os
import signal
import subprocess
import time
from types import FrameType

import psycopg

from pervichka.foundation.locks import FileLock
from pervichka.foundation.postgres import layout, server
from pervichka.foundation.postgres.connection import connect_info
from pervichka.foundation.postgres.errors import PostgresUnavailable

LINGER = 300.0
LINGER_VARIABLE = "PERVICHKA_POSTGRES_LINGER"
_TICK = 0.5
# The server may die at once each time it is started; then someone must look at its log.
_STARTS_IN_A_ROW = 5


class Keeper:
    """Watches one server until nobody needs it."""

    def __init__(self, linger: float) -> None:
        self._linger = linger
        self._asked_to_stop = False
        self._child: subprocess.Popen[bytes] | None = None
        self._last_use = time.monotonic()
        self._starts = 0

    def run(self) -> None:
        signal.signal(signal.SIGTERM, self._ask_to_stop)
        self._start_if_dead()
        while self._goes_on():
            time.sleep(_TICK)

    def _ask_to_stop(self, _number: int, _frame: FrameType | None) -> None:
        self._asked_to_stop = True

    def _goes_on(self) -> bool:
        if self._child is not None:
            self._child.poll()
        if not layout.data().exists():
            # Someone deleted PERVICHKA_HOME: there is nothing left to save.
            if self._child is not None:
                self._child.kill()
            return False
        if self._asked_to_stop:
            server.stop()
            return False
        lease = FileLock(layout.root() / "lease")
        if not lease.acquire(wait=False):
            self._last_use = time.monotonic()
            self._start_if_dead()
            return True
        try:
            return not self._stopped_unused()
        finally:
            lease.release()

    def _stopped_unused(self) -> bool:
        if not server.lives():
            return True
        if time.monotonic() - self._last_use < self._linger:
            return False
        if _clients():
            self._last_use = time.monotonic()
            return False
        server.stop()
        return True

    def _start_if_dead(self) -> None:
        if server.lives():
            self._starts = 0 if self._child is None or self._answered() else self._starts
            return
        if self._starts >= _STARTS_IN_A_ROW:
            raise PostgresUnavailable(f"The server keeps dying; its log is {layout.log()}.")
        self._starts += 1
        self._child = server.start()

    def _answered(self) -> bool:
        return self._starts > 0 and answers()


def answers() -> bool:
    """Whether the embedded server takes connections (it does not while it recovers)."""
    here = connect_info("admin")
    address = f"host='{here.host}' port={here.port}".encode()
    return psycopg.pq.PGconn.ping(address) == psycopg.pq.Ping.OK


def _clients() -> int:
    """How many clients are connected, besides the one that asks."""
    try:
        with psycopg.connect(connect_info("admin", "postgres").url, connect_timeout=5) as asking:
            row = asking.execute(
                "select count(*) from pg_stat_activity"
                " where backend_type = 'client backend' and pid <> pg_backend_pid()"
            ).fetchone()
    except psycopg.OperationalError:
        # It cannot answer, say, as all connections are taken; that is not disuse.
        return 1
    return int(row[0]) if row else 0


def main() -> int:
    layout.make_root()
    lock = FileLock(layout.root() / "keeper.lock")
    if not lock.acquire(wait=False):
        return 0
    layout.trouble().unlink(missing_ok=True)
    # The lock is ours before the caller goes on, and the child inherits it with the open file.
    if os.fork():
        return 0
    os.setsid()
    os.ftruncate(lock.descriptor(), 0)
    os.pwrite(lock.descriptor(), str(os.getpid()).encode(), 0)
    try:
        Keeper(float(os.environ.get(LINGER_VARIABLE) or LINGER)).run()
    except Exception as error:  # noqa: BLE001 - whatever it is, the waiting command must tell it
        layout.trouble().write_text(str(error) or repr(error), encoding="utf-8")
        return 1
    return 0
