"""Where the embedded server's files lie, under PERVICHKA_HOME/postgres.

    data/         the cluster
    socket/       its Unix socket, the only way in: the server listens on no network address
    log           what the server says
    trouble       why the last start failed, if it did
    lease         held shared by every process that uses the server
    keeper.lock   held by the process that starts, watches and stops the server
    server.lock   held by the server itself, every process of it

All locks are flock() locks: the kernel lets go of them when their holder dies, however it dies, so
no file can lie about who is alive.
"""

import hashlib
import os
import stat
from pathlib import Path

from pervichka.foundation import home
from pervichka.foundation.postgres.errors import PostgresUnavailable

# Only names the socket file; nothing listens on a TCP port.
PORT = 5432
# A socket's address holds 108 bytes on Linux, 104 elsewhere, the closing zero included.
_LONGEST_ADDRESS = 103


def root() -> Path:
    return home.home() / "postgres"


def make_root() -> None:
    """Make the folder, unless it is there. Reading never does: a deleted one stays deleted."""
    home.folder("postgres")


def data() -> Path:
    return root() / "data"


def socket_folder() -> Path:
    return root() / "socket"


def log() -> Path:
    return root() / "log"


def trouble() -> Path:
    return root() / "trouble"


def reachable_socket_folder() -> Path:
    """The socket's folder by a path short enough for a socket's address.

    The server binds the socket by a path relative to its data, so its own length never matters.
    Clients of a deep PERVICHKA_HOME come through a symbolic link in a private folder of theirs.
    """
    folder = socket_folder()
    if len(os.fsencode(folder)) + len(f"/.s.PGSQL.{PORT}") <= _LONGEST_ADDRESS:
        return folder
    short = _private_runtime_folder() / hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]
    try:
        short.symlink_to(folder)
    except FileExistsError:
        if short.readlink() != folder:
            raise PostgresUnavailable(f"{short} should point to {folder}; remove it.") from None
    return short


def _private_runtime_folder() -> Path:
    given = os.environ.get("XDG_RUNTIME_DIR")
    if given and len(given) < 50 and Path(given).is_dir():
        base = Path(given) / "pervichka"
    else:
        # Everyone may write in /tmp, hence the check below of whose folder it is.
        base = Path("/tmp") / f"pervichka-{os.geteuid()}"  # noqa: S108 - ownership is checked
    base.mkdir(mode=0o700, exist_ok=True)
    found = base.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid() or found.st_mode & 0o077:
        raise PostgresUnavailable(f"{base} belongs to someone else or is open to others.")
    return base
