"""Reading what strangers send: in a process of its own that can open nothing and ends soon.

    content = run("pervichka.….pictures", sent)      in the server; None if it could not be read
    confine()                                        first thing in the module's own `main`

The process gets half a gigabyte, a minute of computing, and no descriptor beside its standard
ones: so neither a file nor a socket. It reads standard input and writes standard output.
"""

import resource
import subprocess
import sys

_MEMORY = 512 * 1024**2
_SECONDS = 60
_STANDARD = 3


def run(module: str, content: bytes) -> bytes | None:
    """What the module made of the content; none if it failed or took too long or too much."""
    try:
        done = subprocess.run(  # noqa: S603 - a module of ours
            [sys.executable, "-I", "-m", module],
            input=content,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
            # Nothing of this process: its environment holds keys.
            env={"LANG": "C.UTF-8"},
        )
    except subprocess.TimeoutExpired:
        return None
    return done.stdout if done.returncode == 0 and done.stdout else None


def confine() -> None:
    """From now on. Whatever is to be imported must be imported before."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (_STANDARD, _STANDARD))
