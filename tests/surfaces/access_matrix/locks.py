"""One lock off, to see that the other holds alone.

The code's: actions and queries ask what the actor may see. The database's: row-level security, and
the managers that filter by the same scope.
"""

import contextlib
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from enum import StrEnum
from typing import Any

import pytest
from django.db import models

from pervichka.register.access.actor import Actor
from pervichka.register.branches import acting
from pervichka.register.branches.acting import SYSTEM
from pervichka.register.branches.placed import InScope
from pervichka.register.branches.tree import WHOLE
from pervichka.surfaces.cli import acting as cli_acting
from pervichka.surfaces.web import middleware


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
def locked(locks: Locks) -> Iterator[None]:
    """Pages, API and commands in this block are held by these locks and no others."""
    true_actor: list[Actor] = []
    true_acting_as = acting.acting_as

    def widened(actor: Actor) -> Actor:
        true_actor[:] = [actor]
        return actor if locks.code else replace(actor, scope=WHOLE)

    def entering(_actor: Actor) -> AbstractContextManager[None]:
        return true_acting_as(true_actor[0] if locks.database else SYSTEM)

    with pytest.MonkeyPatch.context() as patch:
        actor_of, as_user = middleware.actor_of, cli_acting.as_user
        patch.setattr(middleware, "actor_of", lambda request: widened(actor_of(request)))
        patch.setattr(middleware, "acting_as", entering)
        patch.setattr(cli_acting, "as_user", lambda name, *, at: widened(as_user(name, at=at)))
        patch.setattr(acting, "acting_as", entering)
        if locks is Locks.DATABASE:
            patch.setattr(InScope, "get_queryset", _unfiltered)
        yield


def _unfiltered(manager: models.Manager[Any]) -> models.QuerySet[Any]:
    return models.Manager.get_queryset(manager)
