"""One lock off, to see that the other holds alone.

The code's: actions and queries ask what the actor may see, and one's own pages whose record it is.
The database's: row-level security, and the managers that filter by the same scope.
"""

import contextlib
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

import pytest
from django.db import models

from pervichka.foundation.postgres import scope as scoping
from pervichka.foundation.postgres.scope import EVERYTHING, Scope
from pervichka.register.access.actor import Actor
from pervichka.register.branches import acting
from pervichka.register.branches.placed import InScope
from pervichka.register.branches.tree import WHOLE
from pervichka.surfaces.cli import acting as cli_acting
from pervichka.surfaces.web import middleware
from pervichka.surfaces.web.middleware import PageRequest
from pervichka.surfaces.web.own import standing


class Locks(StrEnum):
    BOTH = "both locks"
    CODE = "the code's alone"
    DATABASE = "the database's alone"
    NEITHER = "neither lock"

    @property
    def code(self) -> bool:
        return self in {Locks.BOTH, Locks.CODE}

    @property
    def database(self) -> bool:
        return self in {Locks.BOTH, Locks.DATABASE}


@contextlib.contextmanager
def locked(locks: Locks, *, mistaken_for: str = "") -> Iterator[None]:
    """Pages, API and commands in this block are held by these locks and no others.

    With the code's off, one's own pages take whoever asks for the person `mistaken_for`.
    """
    with pytest.MonkeyPatch.context() as patch:
        if not locks.code:
            _code_off(patch, mistaken_for)
        if not locks.database:
            _database_off(patch)
        if locks is not Locks.BOTH:
            patch.setattr(InScope, "get_queryset", _unfiltered)
        yield


def _code_off(patch: pytest.MonkeyPatch, mistaken_for: str) -> None:
    """The code takes every actor's part for the whole tree; the database is told the truth."""
    truth: list[Actor] = []
    actor_of, as_user, own_actor = middleware.actor_of, cli_acting.as_user, standing.own_actor

    def widened(actor: Actor) -> Actor:
        truth[:] = [actor]
        return replace(actor, scope=WHOLE)

    def mistaken(request: PageRequest, *, at: datetime) -> Actor | None:
        own = own_actor(request, at=at)
        if own is None:
            return None
        truth[:] = [replace(own, scope=None)]
        return replace(own, person_id=UUID(mistaken_for)) if mistaken_for else own

    def entering(_actor: Actor) -> AbstractContextManager[None]:
        return true_acting_as(truth[0])

    true_acting_as = acting.acting_as
    patch.setattr(middleware, "actor_of", lambda request: widened(actor_of(request)))
    patch.setattr(middleware, "acting_as", entering)
    patch.setattr(standing, "own_actor", mistaken)
    patch.setattr(standing, "acting_as", entering)
    patch.setattr(cli_acting, "as_user", lambda name, *, at: widened(as_user(name, at=at)))
    patch.setattr(acting, "acting_as", entering)


def _database_off(patch: pytest.MonkeyPatch) -> None:
    """Whatever scope the database is given, it takes it for everything."""
    token = scoping.token

    def of_everything(scope: Scope, backend: int) -> str:
        return token(replace(scope, start=EVERYTHING.start, end=EVERYTHING.end), backend)

    patch.setattr(scoping, "token", of_everything)


def _unfiltered(manager: models.Manager[Any]) -> models.QuerySet[Any]:
    return models.Manager.get_queryset(manager)
