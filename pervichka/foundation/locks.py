"""Locks between processes that vanish with their holder: flock() on a file."""

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path


class FileLock:
    """One hold, or attempt at one, on a lock file. Closed on exec; kept across a bare fork."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._descriptor: int | None = None

    @property
    def held(self) -> bool:
        return self._descriptor is not None

    def acquire(self, *, shared: bool = False, wait: bool = True) -> bool:
        """Take the lock; False if `wait` is off and another holds it."""
        flags = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, flags if wait else flags | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            return False
        except BaseException:
            os.close(descriptor)
            raise
        self._descriptor = descriptor
        return True

    def release(self) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def descriptor(self) -> int:
        """The open file, to be inherited by a child that shall hold the lock too."""
        if self._descriptor is None:
            raise RuntimeError(f"{self.path} is not held")
        return self._descriptor


@contextmanager
def held(path: Path) -> Iterator[None]:
    """The lock is ours alone while the block runs; whoever else wants it waits."""
    lock = FileLock(path)
    lock.acquire()
    try:
        yield
    finally:
        lock.release()


def is_held(path: Path) -> bool:
    """Whether any process holds the lock, in whatever way."""
    probe = FileLock(path)
    if not probe.acquire(wait=False):
        return True
    probe.release()
    return False


def succeeds_within(seconds: float, attempt: Callable[[], bool]) -> bool:
    """Try until `attempt` says yes or the time is up."""
    deadline = time.monotonic() + seconds
    while not attempt():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True
