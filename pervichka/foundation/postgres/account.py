"""Who runs the server's processes.

PostgreSQL refuses to run as root. A root user's server therefore runs as the system account
`pervichka` (made if missing, `nobody` where none can be made). Its data stay in PERVICHKA_HOME, and
no folder above them is opened to anyone: the server is started *inside* its data folder and knows
it as /proc/self/cwd, so it never walks a path from the top.
"""

import os
import pwd
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pervichka.foundation.postgres.errors import PostgresUnavailable

_NAME = "pervichka"
_LAST_RESORT = "nobody"


@dataclass(frozen=True)
class Account:
    """A user of the operating system."""

    uid: int
    gid: int

    def as_arguments(self) -> dict[str, Any]:
        """What makes `subprocess` run a program as this user, in no other group."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def give(self, path: Path) -> None:
        os.chown(path, self.uid, self.gid)


def server_account() -> Account | None:
    """The account that must run the server, or None if we may run it ourselves."""
    if os.geteuid() != 0:
        return None
    if sys.platform != "linux":
        raise PostgresUnavailable("PostgreSQL cannot run as root here; use another user.")
    found = _look_up(_NAME) or _created() or _look_up(_LAST_RESORT)
    if found is None:
        raise PostgresUnavailable(
            f"PostgreSQL does not run as root, and no account “{_NAME}” could be made for it; "
            "make one (useradd --system pervichka) or run as another user."
        )
    return found


def _look_up(name: str) -> Account | None:
    try:
        entry = pwd.getpwnam(name)
    except KeyError:
        return None
    return Account(entry.pw_uid, entry.pw_gid)


def _created() -> Account | None:
    program = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
    if program is None:
        return None
    command = [
        program,
        "--system",
        "--user-group",
        "--no-create-home",
        "--home-dir",
        "/nonexistent",
    ]
    command += ["--shell", "/usr/sbin/nologin", _NAME]
    subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - fixed arguments
    return _look_up(_NAME)
