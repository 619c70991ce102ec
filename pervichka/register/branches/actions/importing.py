"""A list of branches, taken whole or not at all; a known code is an update."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from django.db import transaction

from pervichka.foundation.ids import new_id
from pervichka.foundation.journal import journal
from pervichka.foundation.tabular import Check, Row, read_rows
from pervichka.register.access.actor import Actor
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import demand
from pervichka.register.branches.actions.shape import Shape, lock_tree, write_intervals
from pervichka.register.branches.models import LEVEL_DEPTH, Branch
from pervichka.register.branches.tree import WHOLE_TREE

REQUIRED = ("code", "parent", "level", "name")
OPTIONAL = ("name_ru", "voters", "opened_on", "closed_on")
_BATCH = 5_000


@dataclass(frozen=True, kw_only=True)
class BranchesImported:
    """How many rows did what."""

    created: int
    moved: int
    changed: int
    unchanged: int


@dataclass(slots=True, kw_only=True)
class _Given:
    """A row as read."""

    row: Row
    code: str
    parent: str
    level: str
    name: str
    name_ru: str
    voters: int | None
    opened_on: date | None
    closed_on: date | None


@transaction.atomic
def import_branches(*, file: Path, by: Actor, at: datetime) -> BranchesImported:
    """Raises `Refused` with every mistake; then nothing of the file is kept."""
    demand(by, Permission.CHANGE_BRANCHES, WHOLE_TREE)
    check = Check(file.name)
    given = list(_read(file, check))
    lock_tree()
    known = {
        branch.code: branch for branch in Branch.objects.select_related("parent", "merged_into")
    }
    _check_tree(given, known, check)
    check.close()
    return _write(given, known, by, at)


def _read(file: Path, check: Check) -> Iterator[_Given]:
    seen: dict[str, int] = {}
    for row in read_rows(file, required=REQUIRED, optional=OPTIONAL, unfit=check.note):
        code = check.text(row, "code", required=True, most=200)
        if code in seen:
            check.wrong(
                row, "code", "{code} stands in line {line} already", code=code, line=seen[code]
            )
            continue
        seen[code] = row.line
        item = _Given(
            row=row,
            code=code,
            parent=check.text(row, "parent"),
            level=check.choice(row, "level", list(LEVEL_DEPTH)),
            name=check.text(row, "name", required=True),
            name_ru=check.text(row, "name_ru"),
            voters=check.integer(row, "voters"),
            opened_on=check.day(row, "opened_on"),
            closed_on=check.day(row, "closed_on"),
        )
        yield item


def _check_tree(given: list[_Given], known: dict[str, Branch], check: Check) -> None:
    parents = {code: branch.parent.code if branch.parent else "" for code, branch in known.items()}
    levels = {code: branch.level for code, branch in known.items()}
    rows: dict[str, Row] = {}
    for item in given:
        parents[item.code], levels[item.code], rows[item.code] = item.parent, item.level, item.row
    roots = [code for code, parent in parents.items() if not parent]
    for item in given:
        branch = known.get(item.code)
        _check_dates(item, branch, check)
        if not item.parent and (len(roots) > 1 or (branch is not None and branch.parent_id)):
            check.wrong(
                item.row,
                "parent",
                "there is more than one root ({roots}); name a parent",
                roots=", ".join(roots[:5]),
            )
        elif branch is not None and _under_successor(branch, item.parent):
            continue
        elif item.parent and item.parent not in parents:
            check.wrong(item.row, "parent", "there is no branch {code}", code=item.parent)
        elif item.parent and item.level and item.level in LEVEL_DEPTH:
            _check_level(item.row, item.level, levels.get(item.parent, ""), check)
    _check_children(given, known, levels, parents, rows, check)
    _check_cycles(rows, parents, check)


def _check_dates(item: _Given, branch: Branch | None, check: Check) -> None:
    """The days of the row, and where it has no such column, those known of the branch."""
    opened_on, closed_on = item.opened_on, item.closed_on
    if branch is not None:
        cells = item.row.cells
        opened_on = opened_on if "opened_on" in cells else branch.opened_on
        closed_on = closed_on if "closed_on" in cells else branch.closed_on
    if opened_on and closed_on and closed_on < opened_on:
        check.wrong(item.row, "closed_on", "closed before it opened")


def _under_successor(branch: Branch, parent: str) -> bool:
    """A merged branch stands below its successor, which is of its own level."""
    return branch.merged_into is not None and branch.merged_into.code == parent


def _check_level(row: Row, level: str, above: str, check: Check) -> None:
    if above in LEVEL_DEPTH and LEVEL_DEPTH[level] <= LEVEL_DEPTH[above]:
        check.wrong(
            row,
            "level",
            "a {level} branch can't stand below a {above} one",
            level=level,
            above=above,
        )


def _check_children(
    given: list[_Given],
    known: dict[str, Branch],
    levels: dict[str, str],
    parents: dict[str, str],
    rows: dict[str, Row],
    check: Check,
) -> None:
    """A branch whose level changes must still stand above those that the file leaves be."""
    changed = {item.code for item in given if item.code in known}
    for code in known.keys() - rows.keys():
        parent = parents[code]
        if _under_successor(known[code], parent):
            continue
        if parent in changed and levels[parent] in LEVEL_DEPTH:
            _check_level(rows[parent], levels[code], levels[parent], check)


def _check_cycles(rows: dict[str, Row], parents: dict[str, str], check: Check) -> None:
    sound: set[str] = set()
    for code, row in rows.items():
        path: dict[str, None] = {}
        above = code
        while above and above in parents and above not in sound:
            if above in path:
                if above == code:
                    check.wrong(row, "parent", "{code} would lie below itself", code=code)
                break
            path[above] = None
            above = parents[above]
        else:
            sound.update(path)


def _write(
    given: list[_Given], known: dict[str, Branch], by: Actor, at: datetime
) -> BranchesImported:
    shape = Shape.load()
    ids = {code: branch.id for code, branch in known.items()}
    ids |= {item.code: new_id() for item in given if item.code not in known}
    fresh = [item for item in given if item.code not in known]
    moved: list[_Given] = []
    for item in fresh:
        shape.add(ids[item.code], ids.get(item.parent))
    for item in given:
        branch = known.get(item.code)
        if branch is not None and item.parent and branch.parent_id != ids[item.parent]:
            shape.move(branch.id, ids[item.parent])
            moved.append(item)
    intervals = shape.settle()
    # First, since a new root can stand only once the old one has its parent.
    changed = _update(given, known, ids)
    Branch.objects.bulk_create(
        (
            Branch(
                id=ids[item.code],
                code=item.code,
                parent_id=ids.get(item.parent),
                place=intervals[ids[item.code]].start,
                place_end=intervals[ids[item.code]].end,
                **_values(item),
            )
            for item in fresh
        ),
        batch_size=_BATCH,
    )
    created_ids = {ids[item.code] for item in fresh}
    write_intervals((id_, to) for id_, to in intervals.items() if id_ not in created_ids)
    _journal(created_ids, {ids[item.code] for item in moved} | changed, by, at)
    return BranchesImported(
        created=len(fresh),
        moved=len(moved),
        changed=len(changed - {ids[item.code] for item in moved}),
        unchanged=len(given) - len(fresh) - len(changed | {ids[item.code] for item in moved}),
    )


def _values(item: _Given) -> dict[str, object]:
    """What the file says of a branch besides its parent; columns it lacks stay as they are."""
    values: dict[str, object] = {"level": item.level, "name": item.name}
    for column in OPTIONAL:
        if column in item.row.cells:
            values[column] = getattr(item, column)
    return values


def _update(given: list[_Given], known: dict[str, Branch], ids: dict[str, UUID]) -> set[UUID]:
    changed: list[Branch] = []
    for item in given:
        branch = known.get(item.code)
        if branch is None:
            continue
        values = _values(item) | {"parent_id": ids.get(item.parent)}
        if values.get("closed_on", branch.closed_on) is None:
            # Opened again, it has no successor.
            values["merged_into_id"] = None
        if any(getattr(branch, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(branch, name, value)
            changed.append(branch)
    if changed:
        fields = ["level", "name", *OPTIONAL, "parent", "merged_into"]
        Branch.objects.bulk_update(changed, fields, batch_size=_BATCH)
    return {branch.id for branch in changed}


def _journal(created: set[UUID], changed: set[UUID], by: Actor, at: datetime) -> None:
    branches = Branch.objects.in_bulk(list(created | changed))
    journal.append_all(
        journal.entry(
            by=by,
            at=at,
            action="branch.created" if branch.id in created else "branch.changed",
            subject=branch,
            branch=branch,
        )
        for branch in branches.values()
    )
