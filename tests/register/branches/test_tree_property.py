"""Whatever is created, moved, merged, closed and imported, in any order: the tree stays a tree."""

import csv
import tempfile
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pervichka.foundation.refusal import Refused
from pervichka.register.access.actor import Interval
from pervichka.register.branches import tree
from pervichka.register.branches.actions import branches as actions
from pervichka.register.branches.actions import shape
from pervichka.register.branches.actions.importing import import_branches
from pervichka.register.branches.models import LEVEL_DEPTH, Branch
from tests.builders.actors import OPERATOR
from tests.builders.branches import LONG_AGO, a_branch, a_root
from tests.builders.people import a_person
from tests.register.branches.soundness import demand_a_sound_tree

pytestmark = pytest.mark.django_db

LEVELS = list(LEVEL_DEPTH)
TODAY = date(2026, 10, 1)
index = st.integers(0, 40)
level = st.sampled_from(LEVELS[1:])
act = st.one_of(
    st.tuples(st.just("create"), index, level),
    st.tuples(st.just("move"), index, index),
    st.tuples(st.just("merge"), index, index),
    st.tuples(st.just("close"), index, st.just(0)),
    st.tuples(st.just("enrol"), index, st.just(0)),
    st.tuples(st.just("import"), st.lists(st.tuples(index, index, level), max_size=6), st.just(0)),
)


@pytest.fixture(params=["wide", "narrow"])
def room(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A wide tree shifts; in a narrow one nearly every step lays part of it out anew."""
    if request.param == "narrow":
        whole = Interval(0, 20_000)
        monkeypatch.setattr(actions, "WHOLE", whole)
        monkeypatch.setattr(shape, "WHOLE", whole)
        monkeypatch.setattr(shape, "ROOM_EACH", 2)
        monkeypatch.setattr(tree, "CHILD_SHARE", 7_000)
    return request.param


@given(acts=st.lists(act, min_size=8, max_size=25))
@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_the_tree_stays_sound(room: str, acts: list[tuple[str, object, object]]) -> None:
    with transaction.atomic():
        root = a_root()
        for region in "AB":
            regional = a_branch(code=region, level="regional", parent=root)
            for local in "ab":
                parent = a_branch(code=f"{region}{local}", level="local", parent=regional)
                a_branch(code=f"{region}{local}1", parent=parent)
        for step, (name, first, second) in enumerate(acts):
            try:
                _ACTS[name](step, first, second)
            except Refused:
                continue
            demand_a_sound_tree()
        # Every example begins with an empty tree.
        transaction.set_rollback(True)


def _nth(number: int, levels: Sequence[str] = LEVELS, *, living: bool = False) -> Branch:
    """Mostly one that fits, so that few acts are refused."""
    found = list(Branch.objects.filter(level__in=levels).order_by("number"))
    if living:
        found = [branch for branch in found if branch.closed_on is None] or found
    return found[number % len(found)]


def _above(at_level: str) -> list[str]:
    return LEVELS[: LEVEL_DEPTH[at_level]] or LEVELS


def _create(step: int, parent: int, at_level: str) -> None:
    a_branch(code=f"B{step}", level=at_level, parent=_nth(parent, _above(at_level), living=True))


def _move(_step: int, branch: int, parent: int) -> None:
    moving = _nth(branch)
    to = _nth(parent, _above(moving.level), living=True)
    actions.move_branch(branch=moving, parent=to, by=OPERATOR, at=LONG_AGO)


def _merge(_step: int, branch: int, into: int) -> None:
    merging = _nth(branch, living=True)
    to = _nth(into, [merging.level], living=True)
    actions.merge_branch(branch=merging, into=to, on=TODAY, by=OPERATOR, at=LONG_AGO)


def _close(_step: int, branch: int, _: int) -> None:
    actions.close_branch(branch=_nth(branch), on=TODAY, by=OPERATOR, at=LONG_AGO)


def _enrol(_step: int, branch: int, _: int) -> None:
    a_person(branch=_nth(branch, living=True))


def _import(step: int, rows: list[tuple[int, int, str]], _: int) -> None:
    """Some rows of known branches under other parents, and some of new ones."""
    listed: dict[str, tuple[str, str, str, str]] = {}
    for number, (which, parent, at_level) in enumerate(rows):
        branch = _nth(which)
        if number % 2 and branch.parent_id:
            to = _nth(parent, _above(branch.level))
            listed[branch.code] = (branch.code, to.code, branch.level, branch.name)
        else:
            code = f"I{step}-{number}"
            listed[code] = (code, _nth(parent, _above(at_level)).code, at_level, code)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "branches.csv")
        with file.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows([("code", "parent", "level", "name"), *listed.values()])
        import_branches(file=file, by=OPERATOR, at=LONG_AGO)


_ACTS: dict[str, Callable[..., None]] = {
    "create": _create,
    "move": _move,
    "merge": _merge,
    "close": _close,
    "enrol": _enrol,
    "import": _import,
}
