"""The part of the tree that a transaction may see, held by the database itself.

    with within(Scope(start, end)): ...   each transaction inside sees the rows of that interval

A transaction begins by handing the database a token, signed with a key that only a function of
the database's owner can read. So whoever gets words of their own into a query still can't widen
what it sees: see docs/adr/0007-the-database-holds-the-scope.md.
"""

import contextlib
import hashlib
import hmac
import time
from collections.abc import Iterator
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import psycopg

from pervichka.foundation.postgres.connection import derived_password
from pervichka.foundation.postgres.sessions import Session, value

ENTER = "select scope_enter(%s)"
LEAVE = "select set_config('pervichka.scope', '', true)"
_BLOCK = 64
_INNER, _OUTER = 0x36, 0x5C


class ScopeMissing(Exception):
    """Rows of the tree were asked for before it was said whose part of it is meant."""


@dataclass(frozen=True)
class Scope:
    """The places `start` to `end`, both included; besides, what belongs to a user and a person."""

    start: int
    end: int
    user_id: UUID | None = None
    person_id: UUID | None = None


NOTHING = Scope(1, 0)
EVERYTHING = Scope(-(2**63), 2**63 - 1)
_current: ContextVar[Scope | None] = ContextVar("scope", default=None)


def current() -> Scope | None:
    """The scope in force here; none where nobody has said."""
    return _current.get()


def demanded() -> Scope:
    """The scope in force. Raises `ScopeMissing`."""
    scope = _current.get()
    if scope is None:
        raise ScopeMissing("Say whose part of the tree is meant: with within(scope).")
    return scope


@contextlib.contextmanager
def remembered(scope: Scope | None) -> Iterator[None]:
    """Transactions that begin in this block enter the scope; one that is open stays as it is."""
    before = _current.set(scope)
    try:
        yield
    finally:
        _current.reset(before)


def enter(session: psycopg.Connection[Any], scope: Scope | None) -> None:
    """Give the open transaction of a session the scope, or none at all."""
    # Sent as a parameter, so that no list of running statements shows the token.
    with psycopg.Cursor(session) as cursor:
        if scope is None:
            cursor.execute(LEAVE)
        else:
            cursor.execute(ENTER, [token(scope, session.info.backend_pid)])


def token(scope: Scope, backend: int) -> str:
    """What `scope_enter` takes: good for one backend and for about a minute."""
    person, user = (id_ or "" for id_ in (scope.person_id, scope.user_id))
    said = f"{scope.start}|{scope.end}|{user}|{person}|{backend}|{time.time():.3f}"
    mac = hmac.new(_key(), said.encode(), hashlib.sha256).hexdigest()
    return f"{said}|{mac}"


def keep_key(session: Session) -> None:
    """See that the database checks tokens with this installation's key. As the owner.

    It needs saying anew in a database that was restored: backups leave the key out.
    """
    inner, outer = _pads(_key())
    session.execute(
        "insert into scope_key (inner_pad, outer_pad) values (%s, %s) on conflict (single)"
        " do update set inner_pad = excluded.inner_pad, outer_pad = excluded.outer_pad",
        [inner, outer],
    )


def accepts_key(session: Session) -> bool:
    """Whether tokens made here are good there; asked of the database itself, as anyone."""
    try:
        with session.transaction():
            enter(session, NOTHING)
    except psycopg.Error:
        return False
    return value(session, "select true") is True


def _key() -> bytes:
    # From the same file as the roles' passwords: all machines on one database share it already.
    return bytes.fromhex(derived_password("scope"))


def _pads(key: bytes) -> tuple[bytes, bytes]:
    """HMAC's two keys: the key over a block of each constant."""
    padded = key.ljust(_BLOCK, b"\0")
    return bytes(byte ^ _INNER for byte in padded), bytes(byte ^ _OUTER for byte in padded)
