"""The server and the worker as processes.

Surfaces know nothing of each other, so the command line starts the others as programs of their own.
"""

import errno
import hashlib
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connections
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from pervichka.foundation.locks import held
from pervichka.foundation.refusal import refuse
from pervichka.surfaces.cli.preparing import refuse_unlocked, refuse_wrong_pack

_WORKER = [sys.executable, "-m", "pervichka.surfaces.jobs"]
_WORKER_BESIDE = [sys.executable, "-m", "pervichka.surfaces.cli.beside"]
_DEMO = [sys.executable, "-m", "pervichka.surfaces.demo"]
_TARGET = "pervichka.surfaces.cli.target:application"
# A page waits for the database more than it computes.
_THREADS = 4
_PAUSE_BEFORE_ANOTHER = 3.0
_PATIENCE = 15.0


def demand_free(*, host: str, port: int) -> str:
    """The address behind `host`, of this machine and free at `port`. Raises `Refused`.

    The server itself would share a port with another server like it, so that pages of two
    organisations come in turn, and would answer any other trouble with a stack trace.
    """
    try:
        family, kind, _, _, (address, *rest) = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM
        )[0]
        with socket.socket(family, kind) as probe:
            # What a server that ended a moment ago has left behind is no obstacle.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((address, *rest))
            probe.listen(1)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise refuse(
                "another program answers on port {port}: name one with --port", port=port
            ) from None
        if error.errno == errno.EACCES:
            raise refuse(
                "this user may not answer on port {port}: name one with --port", port=port
            ) from None
        raise refuse("{host} is not an address of this machine", host=host) from None
    return str(address)


def serve(*, host: str, port: int, worker: bool) -> None:
    """Answer on `host:port` until SIGINT or SIGTERM; with `worker` one runs beside."""
    refuse_unlocked()
    refuse_wrong_pack()
    gather_static_files()
    # What follows are processes of their own, which open connections of their own.
    connections.close_all()
    if not worker:
        _serve(host, port)
        return
    with _worker_beside():
        _serve(host, port)


def load_demo(arguments: Sequence[str]) -> tuple[int, str]:
    """See that the made-up organisation stands; its program's exit code and standard output.

    Its progress bar and the reasons of a refusal go to our standard error as they come.
    """
    connections.close_all()
    done = subprocess.run(  # noqa: S603 - this very Python
        [*_DEMO, *arguments], stdout=subprocess.PIPE, text=True, check=False
    )
    return done.returncode, done.stdout


def run_bench(arguments: Sequence[str]) -> tuple[int, str] | None:
    """The measurements' exit code and standard output; none where the source tree is not."""
    tree = Path(__file__).resolve().parents[3]
    if not (tree / "bench" / "__main__.py").exists():
        return None
    command = [sys.executable, "-m", "bench", *arguments]
    done = subprocess.run(command, cwd=tree, stdout=subprocess.PIPE, text=True, check=False)  # noqa: S603 - our own program
    return done.returncode, done.stdout


def become_worker() -> None:
    """Turn this process into the worker."""
    refuse_unlocked()
    refuse_wrong_pack()
    connections.close_all()
    os.execv(_WORKER[0], _WORKER)  # noqa: S606 - this very Python


def gather_static_files() -> None:
    """Put what the pages are dressed in where it is served from, unless it lies there already."""
    root = Path(settings.STATIC_ROOT)
    root.mkdir(parents=True, exist_ok=True)
    # Another server that starts on the same home would write the very same files meanwhile.
    with held(root / ".lock"):
        mark = root / ".gathered"
        digest = _digest_of_static_files()
        if mark.exists() and mark.read_text() == digest:
            return
        call_command("collectstatic", interactive=False, verbosity=0)
        mark.write_text(digest)


def _digest_of_static_files() -> str:
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            path = Path(storage.path(name))
            found = path.stat()
            digest.update(f"{path} {found.st_size} {found.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _serve(host: str, port: int) -> None:
    server = Granian(
        target=_TARGET,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=_THREADS,
        log_level=LogLevels.warning,
        websockets=False,
        respawn_failed_workers=True,
    )
    server.serve()


@contextmanager
def _worker_beside() -> Iterator[None]:
    """A worker runs while the block does; one that dies is started anew."""
    stopping = threading.Event()
    keeper = threading.Thread(target=_keep_a_worker, args=[stopping], name="worker")
    keeper.start()
    try:
        yield
    finally:
        stopping.set()
        keeper.join()


def _keep_a_worker(stopping: threading.Event) -> None:
    while not stopping.is_set():
        # In a group of its own: Ctrl+C reaches the server first, which then stops the worker.
        command = [*_WORKER_BESIDE, str(os.getpid())]
        process = subprocess.Popen(command, start_new_session=True)  # noqa: S603 - this very Python
        while process.poll() is None and not stopping.wait(0.2):
            pass
        if process.poll() is None:
            _stop(process)
        stopping.wait(_PAUSE_BEFORE_ANOTHER)


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(_PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
