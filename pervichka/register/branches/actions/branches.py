"""What may happen to a branch: it opens, is renamed, moves, merges into another, closes."""

from datetime import date, datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Max

from pervichka.foundation.ids import new_id
from pervichka.foundation.journal import journal
from pervichka.foundation.refusal import refuse
from pervichka.register.access.actor import Actor, Interval
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import demand
from pervichka.register.branches.actions.shape import Shape, lock_tree, write_intervals
from pervichka.register.branches.models import LEVEL_DEPTH, Branch
from pervichka.register.branches.tree import WHOLE, WHOLE_TREE, NoRoom, slot


@transaction.atomic
def create_branch(
    *,
    code: str,
    level: str,
    name: str,
    parent: Branch | None,
    name_ru: str = "",
    voters: int | None = None,
    opened_on: date | None = None,
    by: Actor,
    at: datetime,
) -> Branch:
    """Open a branch below `parent`, or the root where there is none. Raises `Refused`."""
    lock_tree()
    if parent is not None:
        # Whoever changed the tree before us may have given the parent another interval.
        parent.refresh_from_db()
    demand(by, Permission.CHANGE_BRANCHES, WHOLE_TREE if parent is None else parent)
    if not code or level not in LEVEL_DEPTH:
        raise refuse(
            "a branch needs a code, and a level of {levels}", levels=", ".join(LEVEL_DEPTH)
        )
    if Branch.objects.filter(code=code).exists():
        raise refuse("there is a branch {code} already", code=code)
    id_ = new_id()
    if parent is None:
        if Branch.objects.filter(parent=None).exists():
            raise refuse("there is a root already; name the parent of {code}", code=code)
        interval = WHOLE
    else:
        _demand_fit(level, parent)
        interval = _room_below(parent, id_)
    branch = Branch.objects.create(
        id=id_,
        code=code,
        level=level,
        name=name,
        name_ru=name_ru,
        voters=voters,
        opened_on=opened_on,
        parent=parent,
        place=interval.start,
        place_end=interval.end,
    )
    journal.append(by=by, at=at, action="branch.created", subject=branch, branch=branch)
    return branch


@transaction.atomic
def move_branch(*, branch: Branch, parent: Branch, by: Actor, at: datetime) -> Branch:
    """Hang a branch, with all below it, under another parent; people and work follow."""
    lock_tree()
    branch.refresh_from_db()
    parent.refresh_from_db()
    demand(by, Permission.CHANGE_BRANCHES, branch)
    demand(by, Permission.CHANGE_BRANCHES, parent)
    if branch.parent_id == parent.id:
        return branch
    _demand_outside(parent, branch)
    _demand_fit(branch.level, parent)
    _hang(branch, parent)
    journal.append(
        by=by, at=at, action="branch.moved", subject=branch, branch=branch, fields=["parent"]
    )
    return branch


@transaction.atomic
def merge_branch(*, branch: Branch, into: Branch, on: date, by: Actor, at: datetime) -> Branch:
    """Close a branch in favour of its successor, under which its past goes on counting."""
    lock_tree()
    branch.refresh_from_db()
    into.refresh_from_db()
    demand(by, Permission.CHANGE_BRANCHES, branch)
    demand(by, Permission.CHANGE_BRANCHES, into)
    if branch.level != into.level:
        raise refuse("{code} and {into} are of different levels", code=branch.code, into=into.code)
    _demand_outside(into, branch)
    _demand_living(into)
    for child in branch.children.filter(closed_on=None):
        _hang(child, into)
    branch.refresh_from_db()
    branch.merged_into = into
    _close(branch, on)
    _hang(branch, into)
    journal.append(
        by=by,
        at=at,
        action="branch.merged",
        subject=branch,
        branch=branch,
        fields=["parent", "closed_on", "merged_into"],
    )
    return branch


@transaction.atomic
def close_branch(*, branch: Branch, on: date, by: Actor, at: datetime) -> Branch:
    """Close a branch that has no living branch below it. Its past goes on counting above."""
    lock_tree()
    branch.refresh_from_db()
    demand(by, Permission.CHANGE_BRANCHES, branch)
    if branch.children.filter(closed_on=None).exists():
        raise refuse("{code} has living branches below it; move or close them", code=branch.code)
    _close(branch, on)
    journal.append(
        by=by, at=at, action="branch.closed", subject=branch, branch=branch, fields=["closed_on"]
    )
    return branch


def _close(branch: Branch, on: date) -> None:
    _demand_living(branch)
    if branch.opened_on is not None and on < branch.opened_on:
        raise refuse("{code} can't close before it opened", code=branch.code)
    branch.closed_on = on
    branch.save(update_fields=["closed_on", "merged_into"])


def _demand_living(branch: Branch) -> None:
    if branch.closed_on is not None:
        raise refuse("{code} is closed", code=branch.code)


def _demand_fit(level: str, parent: Branch) -> None:
    _demand_living(parent)
    if LEVEL_DEPTH[level] <= LEVEL_DEPTH[parent.level]:
        raise refuse(
            "a {level} branch can't stand below {parent}, which is {parent_level}",
            level=level,
            parent=parent.code,
            parent_level=parent.level,
        )


def _demand_outside(other: Branch, branch: Branch) -> None:
    if branch.place <= other.place <= branch.place_end:
        raise refuse("{other} lies within {code}", other=other.code, code=branch.code)


def _room_below(parent: Branch, child: UUID) -> Interval:
    """A free interval under the parent; part of the tree is laid out anew if there is none."""
    try:
        return slot(Interval(parent.place, parent.place_end), _used(parent))
    except NoRoom:
        shape = Shape.load()
        shape.add(child, parent.id)
        intervals = shape.settle()
        found = intervals.pop(child)
        write_intervals(intervals.items())
        parent.refresh_from_db()
        return found


def _used(parent: Branch) -> int:
    end = parent.children.aggregate(end=Max("place_end"))["end"]
    return parent.place if end is None else int(end)


def _hang(branch: Branch, parent: Branch) -> None:
    """Move the subtree to a free interval of the parent, by one shift where its width fits."""
    # Siblings moved just before may have had the tree laid out anew.
    branch.refresh_from_db()
    width = branch.place_end - branch.place + 1
    try:
        to = slot(Interval(parent.place, parent.place_end), _used(parent), width)
    except NoRoom:
        Branch.objects.filter(id=branch.id).update(parent=parent)
        shape = Shape.load()
        shape.unsettle(branch.id)
        write_intervals(shape.settle().items())
    else:
        _shift(branch, to.start - branch.place)
        Branch.objects.filter(id=branch.id).update(parent=parent)
    branch.refresh_from_db()
    parent.refresh_from_db()


def _shift(branch: Branch, distance: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "update branch set place = place + %s, place_end = place_end + %s"
            " where place between %s and %s",
            [distance, distance, branch.place, branch.place_end],
        )
