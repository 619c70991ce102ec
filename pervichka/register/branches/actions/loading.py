"""A whole tree with its precincts written at once, into an empty register, as one act."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from django.db import transaction

from pervichka.foundation.journal import journal
from pervichka.register.access.actor import Actor
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import demand
from pervichka.register.branches.actions.bulk import copy_in
from pervichka.register.branches.actions.shape import lock_tree


class BranchRow(NamedTuple):
    """Fields in the order in which they are written; a parent comes before its children."""

    id: UUID
    code: str
    level: str
    parent_id: UUID | None
    place: int
    place_end: int
    name: str
    name_ru: str
    voters: int | None
    opened_on: date | None
    closed_on: date | None
    grown: bool = False


class PrecinctRow(NamedTuple):
    id: UUID
    region: str
    territory: str
    number: int
    voters: int | None
    valid_from: date | None = None
    valid_to: date | None = None


class PrecinctLinkRow(NamedTuple):
    id: UUID
    precinct_id: UUID
    branch_id: UUID
    valid_from: date | None
    valid_to: date | None


@transaction.atomic
def load_tree(
    *,
    branches: Iterable[BranchRow],
    precincts: Iterable[PrecinctRow],
    links: Iterable[PrecinctLinkRow],
    by: Actor,
    at: datetime,
) -> None:
    """Write branches whose intervals are laid out already, precincts, and who covers which."""
    demand(by, Permission.LOAD_IN_BULK)
    lock_tree()
    copy_in("branch", BranchRow._fields, branches)
    copy_in("precinct", PrecinctRow._fields, precincts)
    copy_in("precinct_link", PrecinctLinkRow._fields, links)
    journal.append(by=by, at=at, action="branches.loaded", subject=("branches", "all"))
