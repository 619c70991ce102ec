"""The embedded server itself: make its cluster, start it, tell whether it lives, stop it.

Only the keeper (keeper.py) calls this, holding keeper.lock, so nothing here runs twice at once.
"""

import os
import secrets
import shutil
import signal
import subprocess
from pathlib import Path
from typing import IO, Any

from pervichka.foundation.locks import FileLock, is_held, succeeds_within
from pervichka.foundation.postgres import layout
from pervichka.foundation.postgres.account import Account, server_account
from pervichka.foundation.postgres.binaries import binaries_for
from pervichka.foundation.postgres.connection import connect_info
from pervichka.foundation.postgres.errors import PostgresUnavailable

_LOG_LIMIT = 10 * 1024 * 1024
# Below this, /dev/shm (64 MB in many containers) is too small for parallel queries.
_ENOUGH_SHARED_MEMORY = 512 * 1024 * 1024
_FAST_SHUTDOWN, _IMMEDIATE_SHUTDOWN = signal.SIGINT, signal.SIGQUIT
# Set at every start rather than written into the cluster, so that an upgrade brings its own.
# Meant for a laptop of two cores: modest memory of our own, the rest as the system's file cache.
_SETTINGS = {
    "listen_addresses": "",
    "unix_socket_directories": "../socket",
    "unix_socket_permissions": "0700",
    "port": str(layout.PORT),
    "max_connections": "100",
    "shared_buffers": "512MB",
    "effective_cache_size": "4GB",
    "work_mem": "32MB",
    "maintenance_work_mem": "256MB",
    "max_wal_size": "4GB",
    "checkpoint_completion_target": "0.9",
    "wal_compression": "on",
    "random_page_cost": "1.1",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # Values of rows and of queries are personal data; the log must not gather them.
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
    "log_checkpoints": "off",
}


def lives() -> bool:
    """Whether any process of the server is alive, be it only finishing after its parent died."""
    return layout.root().exists() and is_held(layout.root() / "server.lock")


def start() -> subprocess.Popen[bytes]:
    """Start the server and return at once; it answers once its recovery, if any, is done.

    Raises PostgresUnavailable if it cannot be started.
    """
    account = server_account()
    _make_folders(account)
    data = layout.data()
    programs = binaries_for(data, account)
    if not data.exists():
        _make_cluster(programs, account)
    lock = FileLock(layout.root() / "server.lock")
    # Processes of a server that was killed notice within moments and end; give them time.
    if not succeeds_within(30.0, lambda: lock.acquire(wait=False)):
        raise PostgresUnavailable("Processes of an earlier server have not ended yet.")
    try:
        _disown_stale_pid_file(data)
        with opened_log() as log:
            return subprocess.Popen(  # noqa: S603 - a program of the wheel
                [programs / "postgres", "-D", _name_of(data, account), *_arguments()],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                pass_fds=[lock.descriptor()],
                start_new_session=True,
                **_surroundings(data, account),
            )
    finally:
        # From here on the server's processes hold the lock, and no one else.
        lock.release()


def stop(*, within: float = 60.0) -> None:
    """Stop the server: clients are cut off, everything is written; `within` is in seconds."""
    _signal_postmaster(_FAST_SHUTDOWN)
    if not succeeds_within(within, lambda: not lives()):
        _signal_postmaster(_IMMEDIATE_SHUTDOWN)
        succeeds_within(10.0, lambda: not lives())


def _signal_postmaster(number: signal.Signals) -> None:
    # The lock proves that the server lives, hence that the file names its process and no other.
    if not lives():
        return
    try:
        os.kill(int((layout.data() / "postmaster.pid").read_text().split("\n", 1)[0]), number)
    except (FileNotFoundError, ProcessLookupError, ValueError):
        return


def _make_folders(account: Account | None) -> None:
    root = layout.root()
    socket = layout.socket_folder()
    socket.mkdir(mode=0o700, exist_ok=True)
    if account is not None:
        # The account may pass through, to its data and socket, but own nothing else in here.
        os.chown(root, -1, account.gid)
        root.chmod(0o710)
        account.give(socket)


def _make_cluster(programs: Path, account: Account | None) -> None:
    """initdb into a draft folder, renamed when whole: a kill half-way leaves no half cluster."""
    draft = layout.root() / "data.draft"
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700)
    password = layout.socket_folder() / f".initial-{secrets.token_hex(8)}"
    descriptor = os.open(password, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    admin = connect_info("admin")
    with os.fdopen(descriptor, "w") as file:
        file.write(admin.password + "\n")
    if account is not None:
        account.give(draft)
        account.give(password)
    command: list[str | Path] = [
        programs / "initdb",
        "-D",
        _name_of(draft, account),
        "--username",
        admin.user,
    ]
    command += ["--pwfile", f"../socket/{password.name}", "--auth", "scram-sha-256"]
    # C.UTF-8 by PostgreSQL's own tables: letters of any script fold their case, indexes sort by
    # code point, and nothing depends on the locales of the machine.
    command += ["--encoding", "UTF8", "--locale", "C"]
    command += ["--locale-provider", "builtin", "--builtin-locale", "C.UTF-8", "--data-checksums"]
    try:
        with opened_log() as log:
            made = subprocess.run(  # noqa: S603 - a program of the wheel
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                check=False,
                **_surroundings(draft, account),
            )
    finally:
        password.unlink()
    if made.returncode != 0:
        raise PostgresUnavailable(f"initdb could not make a database; see {layout.log()}.")
    draft.rename(layout.data())


def _name_of(folder: Path, account: Account | None) -> str:
    # Both start with `folder` as their working folder; see account.py for why root needs that.
    return str(folder) if account is None else "/proc/self/cwd"


def _surroundings(folder: Path, account: Account | None) -> dict[str, Any]:
    who = account.as_arguments() if account is not None else {}
    # No PG… variable of the user's, no library path: the server depends on nothing of his.
    return {"cwd": folder, "env": {"PATH": "/usr/bin:/bin", "LC_ALL": "C"}, "umask": 0o077, **who}


def _arguments() -> list[str]:
    settings = dict(_SETTINGS)
    shared = Path("/dev/shm")  # noqa: S108 - only its size is asked for
    if shared.is_dir():
        size = os.statvfs(shared)
        if size.f_blocks * size.f_frsize < _ENOUGH_SHARED_MEMORY:
            settings["dynamic_shared_memory_type"] = "mmap"
    return [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]


def opened_log() -> IO[bytes]:
    """The log, to be appended to."""
    path = layout.log()
    if path.exists() and path.stat().st_size > _LOG_LIMIT:
        path.replace(path.with_name("log.1"))
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "ab")


def _disown_stale_pid_file(data: Path) -> None:
    """After a crash the number in postmaster.pid may by now belong to some other process.

    PostgreSQL would then refuse to start. We hold server.lock, so no server of ours lives; the
    number is replaced by ours, which PostgreSQL ignores as its parent's. The rest of the file
    stays: through it PostgreSQL checks that nobody else still has the cluster's memory in use.
    """
    path = data / "postmaster.pid"
    if not path.exists():
        return
    lines = path.read_text().split("\n")
    lines[0] = str(os.getpid())
    path.write_text("\n".join(lines))
