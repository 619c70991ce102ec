"""Whose part of the tree Django's queries see: `with within(scope)`."""

import contextlib
from collections.abc import Iterator

from django.db import connections

from pervichka.foundation.postgres.django.base import DatabaseWrapper
from pervichka.foundation.postgres.scope import Scope, remembered


@contextlib.contextmanager
def within(scope: Scope | None) -> Iterator[None]:
    """The block sees the rows of the scope, in a transaction that is open and in new ones."""
    try:
        with remembered(scope):
            _enter_where_open()
            yield
    finally:
        _enter_where_open()


def _enter_where_open() -> None:
    for wrapper in connections.all(initialized_only=True):
        if isinstance(wrapper, DatabaseWrapper):
            wrapper.enter_scope()
