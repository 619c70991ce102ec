"""A branch that moves takes its entries along, and the chain still holds."""

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connections, transaction

from pervichka.foundation.journal import journal
from pervichka.foundation.journal.models import Entry
from pervichka.foundation.journal.queries import entries
from pervichka.foundation.journal.sealing import seal, verify
from pervichka.register.access.actor import Actor
from pervichka.register.branches.acting import acting_as
from pervichka.register.branches.actions.branches import move_branch
from pervichka.register.branches.models import Branch
from tests.builders.actors import OPERATOR, head_of
from tests.builders.branches import a_branch, a_root

AT = datetime(2026, 6, 1, 9, tzinfo=UTC)


@pytest.fixture
def regions(db: None) -> tuple[Branch, Branch, Branch]:
    """Two regions, and a primary branch of the first of which something was written down."""
    root = a_root()
    first, second = (
        a_branch(code=code, level="regional", parent=root) for code in ("RU-AD", "RU-AL")
    )
    primary = a_branch(code="RU-AD/1", parent=first)
    write(primary, "thing.before")
    return first, second, primary


def write(branch: Branch, action: str) -> None:
    with transaction.atomic():
        journal.append(by=OPERATOR, at=AT, action=action, subject=("thing", "1"), branch=branch)


def seen_by(head: Actor) -> set[str]:
    """Of what is searched by branch and by subject alike."""
    assert head.scope is not None
    within = (head.scope.start, head.scope.end)
    with acting_as(head):
        found = {one.action for one in entries(within=within, limit=100)}
        assert {one.action for one in entries(subjects=["1"])} <= found
    return {one for one in found if one.startswith("thing.")}


def heads(*branches: Branch) -> list[Actor]:
    """As of now: places move."""
    return [head_of(Branch.objects.get(id=one.id)) for one in branches]


def test_the_new_parent_reads_what_was_written_before_and_the_old_one_no_more(regions):
    first, second, primary = regions
    move_branch(branch=primary, parent=second, by=OPERATOR, at=AT)
    old, new, own = heads(first, second, primary)
    assert seen_by(old) == set()
    assert seen_by(new) == seen_by(own) == {"thing.before"}


def test_who_comes_to_stand_there_reads_nothing_of_whom_it_took_the_place(regions):
    first, second, primary = regions
    stood = primary.place
    move_branch(branch=primary, parent=second, by=OPERATOR, at=AT)
    newcomer = a_branch(code="RU-AD/2", parent=Branch.objects.get(id=first.id))
    Branch.objects.filter(id=newcomer.id).update(place=stood, place_end=stood)
    (there,) = heads(newcomer)
    assert there.scope is not None
    assert there.scope.start == stood
    assert seen_by(there) == set()


def test_an_author_who_knew_the_old_place_writes_at_the_new_one(regions):
    _, second, primary = regions
    stale = Branch.objects.get(id=primary.id)
    move_branch(branch=primary, parent=second, by=OPERATOR, at=AT)
    write(stale, "thing.after")
    entry = Entry.objects.get(action="thing.after")
    assert entry.place_now == Branch.objects.get(id=primary.id).place


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_the_chain_holds_over_a_move_and_nothing_else_ever_changes(regions):
    _, second, primary = regions
    seal(at=AT)
    with transaction.atomic():
        move_branch(branch=primary, parent=second, by=OPERATOR, at=AT)
    seal(at=AT)
    assert verify() == []
    kept = {*Entry.objects.values().get(action="thing.before")} - {"place_now"}
    for column in sorted(kept):
        with (
            connections["owner"].cursor() as cursor,
            pytest.raises(DatabaseError, match="append-only"),
        ):
            cursor.execute(f"update journal_entry set {column} = {column}")
