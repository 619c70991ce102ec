"""A process that lives no longer than the server that started it, however that one ends.

    python -m pervichka.surfaces.cli.beside SERVER    the worker, beside the process SERVER

The kernel gives a child whose parent was killed another parent; that is how it is noticed.
"""

import os
import runpy
import signal
import sys
import threading
import time

_PAUSE = 0.5
# For the request or the job at hand.
_PATIENCE = 10.0


def end_with(server: int) -> None:
    """From now on watch the parent process `server`; once it is gone, end this one."""
    threading.Thread(target=_watch, args=[server], name="server", daemon=True).start()


def _watch(server: int) -> None:
    while os.getppid() == server:
        time.sleep(_PAUSE)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(_PATIENCE)
    os._exit(1)


def main() -> None:
    end_with(int(sys.argv[1]))
    runpy.run_module("pervichka.surfaces.jobs", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
