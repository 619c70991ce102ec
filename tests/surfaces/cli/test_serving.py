"""The server answers, ends when it is told to, and leaves nothing behind when it is killed."""

import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.surfaces.cli.conftest import command, surroundings

pytestmark = [pytest.mark.timeout(180), pytest.mark.xdist_group("command-line-server")]
_PATIENCE = 90.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(home: Path, *options: str) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    port = free_port()
    arguments = ["serve", "--port", port, *options]
    process = subprocess.Popen(command(*arguments), env=surroundings(home))
    try:
        wait_until(lambda: answers(port), process)
        yield process, port
    finally:
        process.kill()
        process.wait()


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=10):
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False


def wait_until(holds: object, process: subprocess.Popen[bytes] | None = None) -> None:
    deadline = time.monotonic() + _PATIENCE
    while not holds():  # type: ignore[operator]  # a function without arguments
        assert process is None or process.poll() is None, "the server ended"
        assert time.monotonic() < deadline
        time.sleep(0.1)


def children(parent: int) -> list[int]:
    listed = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(parent)], capture_output=True, text=True, check=False
    )
    return [int(word) for word in listed.stdout.split()]


def lives(process: int) -> bool:
    state = Path(f"/proc/{process}/stat")
    return state.exists() and state.read_text().rpartition(")")[2].split()[0] != "Z"


def test_it_answers_and_ends_when_told(home: Path) -> None:
    with served(home) as (process, _port):
        beside = children(process.pid)
        assert len(beside) >= 2, "a server process and a worker"
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=60) == 0
        wait_until(lambda: not any(map(lives, beside)))


def test_killed_it_leaves_nobody_behind_and_starts_again(home: Path) -> None:
    with served(home) as (process, _port):
        beside = children(process.pid)
        process.kill()
        process.wait()
        wait_until(lambda: not any(map(lives, beside)))
    with served(home, "--no-worker") as (process, _port):
        assert len(children(process.pid)) == 1


@pytest.mark.parametrize("name", ["serve", "demo"])
def test_a_taken_port_is_refused_in_words(home: Path, name: str) -> None:
    with socket.socket() as other:
        # As our own server holds it: another one could listen beside.
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        assert refused_by(home, name, "--port", port) == (
            f"another program answers on port {port}: name one with --port\n"
        )


def test_an_address_of_elsewhere_is_refused_in_words(home: Path) -> None:
    said = refused_by(home, "serve", "--host", "192.0.2.1", "--port", str(free_port()))
    assert said == "192.0.2.1 is not an address of this machine\n"


def refused_by(home: Path, *arguments: str) -> str:
    done = subprocess.run(
        command(*arguments),
        env=surroundings(home),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert (done.returncode, done.stdout) == (1, "")
    return done.stderr


def test_servers_that_start_at_once_on_one_home_gather_static_files_one_after_the_other(
    tmp_path: Path,
) -> None:
    program = (
        "import django; django.setup();"
        "from pervichka.surfaces.cli.running import gather_static_files as gather; gather()"
    )
    processes = [
        subprocess.Popen([sys.executable, "-c", program], env=surroundings(tmp_path / "var"))
        for _ in range(3)
    ]
    assert [process.wait() for process in processes] == [0, 0, 0]
