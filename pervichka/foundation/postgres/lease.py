"""Using the embedded server: a lease says that a process needs it, and vanishes with the process.

A lease is a shared lock on a file, held through an open file. However the process ends, the kernel
lets go of it; there is no list of users that could go stale.
"""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from pervichka.foundation.locks import FileLock, is_held, succeeds_within
from pervichka.foundation.postgres import keeper, layout, server
from pervichka.foundation.postgres.connection import is_embedded
from pervichka.foundation.postgres.errors import PostgresUnavailable

# Long: after a crash PostgreSQL first replays what it had not yet written into its tables.
_PATIENCE = 600.0
_PACKAGE_ROOT = Path(__file__).resolve().parents[3]
_leases: dict[Path, FileLock] = {}


def ensure_running() -> None:
    """See that the server runs and stays up until this process ends. With DATABASE_URL: nothing.

    Raises PostgresUnavailable if it cannot be started; the reason is the server's own.
    """
    if not is_embedded():
        return
    layout.make_root()
    root = layout.root()
    if root not in _leases:
        held = FileLock(root / "lease")
        held.acquire(shared=True)
        _leases[root] = held
    _wait_until_it_answers()


@contextlib.contextmanager
def lease() -> Iterator[None]:
    """The server runs while the block does; afterwards all is as it was before."""
    if not is_embedded():
        yield
        return
    held_before = layout.root() in _leases
    ensure_running()
    try:
        yield
    finally:
        if not held_before:
            let_go()


def let_go() -> None:
    """Give up this process's lease on the server of the present PERVICHKA_HOME."""
    held = _leases.pop(layout.root(), None)
    if held is not None:
        held.release()


def stop(*, within: float = 60.0) -> None:
    """Stop the embedded server now. Raises PostgresUnavailable if another process uses it."""
    let_go()
    root = layout.root()
    if not root.exists():
        return
    alone = FileLock(root / "lease")
    if not succeeds_within(2.0, lambda: alone.acquire(wait=False)):
        raise PostgresUnavailable("Another process uses the database server; end that first.")
    try:
        lock = root / "keeper.lock"
        if is_held(lock):
            with contextlib.suppress(ValueError, ProcessLookupError):
                os.kill(int(lock.read_text()), signal.SIGTERM)
            succeeds_within(within, lambda: not is_held(lock))
        server.stop(within=within)
    finally:
        alone.release()


def _wait_until_it_answers() -> None:
    deadline = time.monotonic() + _PATIENCE
    pause = 0.01
    while True:
        if is_held(layout.root() / "keeper.lock"):
            if keeper.answers():
                return
        else:
            _raise_trouble()
            _spawn_keeper()
        if time.monotonic() > deadline:
            raise PostgresUnavailable(
                f"The database server does not answer; its log is {layout.log()}."
            )
        time.sleep(pause)
        pause = min(pause * 1.5, 0.25)


def _raise_trouble() -> None:
    """The keeper went away and left word why: tell it once, so that the next command tries anew."""
    path = layout.trouble()
    if path.exists():
        text = path.read_text(encoding="utf-8")
        path.unlink(missing_ok=True)
        raise PostgresUnavailable(text)


def _spawn_keeper() -> None:
    search = [str(_PACKAGE_ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    home = str(layout.root().parent)
    # Not our output: whoever reads it would wait for its end as long as the server runs.
    with server.opened_log() as log:
        done = subprocess.run(
            [sys.executable, "-m", "pervichka.foundation.postgres"],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            cwd="/",
            env={**os.environ, "PYTHONPATH": os.pathsep.join(search), "PERVICHKA_HOME": home},
            check=False,
        )
    if done.returncode != 0:
        raise PostgresUnavailable(f"The server's keeper does not start; see {layout.log()}.")
