"""The product as its operator starts it: `pervichka serve`, its worker beside it."""

import contextlib
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator

from django.conf import settings

from pervichka.foundation.postgres import connect_info

_PATIENCE = 90.0


@contextlib.contextmanager
def served(database: str) -> Iterator[str]:
    """The server and its worker on that database, as processes; the address of the pages."""
    port = _free_port()
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "pervichka.surfaces.cli", "serve", "--port", str(port)]
    environment = os.environ | {
        "DATABASE_URL": connect_info("admin", database).url,
        # With the key of this process, so that personal links made here open there.
        "PERVICHKA_SECRET_KEY": settings.SECRET_KEY,
        # Pages for codes by e-mail are there; nothing listens, so no letter leaves.
        "PERVICHKA_SMTP_HOST": "127.0.0.1",
        "PERVICHKA_SMTP_PORT": "1",
        "PERVICHKA_MAIL_FROM": "nobody@example.org",
    }
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as process:
        try:
            _wait_for(address, process)
            yield address
        finally:
            process.terminate()
            try:
                process.wait(timeout=30)
            except subprocess.TimeoutExpired:
                process.kill()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + _PATIENCE
    while not _answers(address):
        assert process.poll() is None, f"the server ended with {process.returncode}"
        assert time.monotonic() < deadline, f"the server did not answer within {_PATIENCE} s"
        time.sleep(0.1)


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=10):
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
