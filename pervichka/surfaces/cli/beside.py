"""A worker that lives no longer than the server beside which it runs, however that one ends.

Its standard input is a pipe from the server and ends when the server does, be it by `kill -9`.
"""

import os
import runpy
import signal
import threading
import time

# For the job at hand; after that it is taken up again by another worker.
_PATIENCE = 15.0


def main() -> None:
    threading.Thread(target=_end_with_the_server, name="server", daemon=True).start()
    runpy.run_module("pervichka.surfaces.jobs", run_name="__main__", alter_sys=True)


def _end_with_the_server() -> None:
    while os.read(0, 4096):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(_PATIENCE)
    os._exit(1)


if __name__ == "__main__":
    main()
