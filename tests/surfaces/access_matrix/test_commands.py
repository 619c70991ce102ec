"""Every command, run `--as` somebody in every role, about every part of the tree."""

import contextlib
import functools
import io
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import typer

from pervichka.foundation.periods import Month
from pervichka.register.access.roles import Role
from pervichka.surfaces.cli import __main__ as program
from tests.builders import texts
from tests.builders.standards import a_document
from tests.surfaces.access_matrix.asking import State, filled, state, undone, without_ids
from tests.surfaces.access_matrix.locks import Locks, locked
from tests.surfaces.access_matrix.policies import Command
from tests.surfaces.access_matrix.rooms import ACTING, Relation, Room, Tree
from tests.surfaces.access_matrix.routes import command_names
from tests.surfaces.access_matrix.table import COMMANDS

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.xdist_group("access-matrix-of-commands"),
    pytest.mark.timeout(180),
]
_MINE = ("own", "child")
_HELD_BACK = "the database held this back: it lies beyond what whoever acts may reach\n"


@dataclass(frozen=True)
class Told:
    """How a command ended and everything that it said and wrote."""

    code: object
    text: str
    changed: bool


@dataclass(frozen=True)
class Trial:
    """One command with some arguments, its policy, and a folder for its files."""

    name: str
    arguments: str
    policy: Command
    folder: Path
    before: State

    def wrongs(self, tree: Tree, role: type[Role], locks: Locks) -> Iterator[str]:
        rooms = tree.around(role)
        if not self.names_a_room:
            yield from self.of_own(tree, role, rooms["own"], locks)
            return
        nothing = self.run(role, rooms["own"].absent())
        for relation, room in rooms.items():
            mine = relation in _MINE
            if mine and locks is not Locks.BOTH:
                continue
            told = self.run(role, room)
            yield from self.leaks(tree, role, told)
            yield from self.unlike_policy(role, relation, room, told, locks)
            # What the database alone holds back is told in one sentence, whatever it was.
            like = [nothing.text] if locks.code else [nothing.text, _HELD_BACK]
            if not (mine or self.is_open(locks) or told.text in like):
                yield f"is not like nothing: {_said(role, relation, told)}, {nothing.text[:300]!r}"

    def of_own(self, tree: Tree, role: type[Role], own: Room, locks: Locks) -> Iterator[str]:
        """What names no room shows no other's, whichever lock is off."""
        told = self.run(role, own)
        yield from self.leaks(tree, role, told, codes=not self.is_open(locks))
        yield from self.unlike_policy(role, "own", own, told, locks)

    def unlike_policy(
        self, role: type[Role], relation: Relation, room: Room, told: Told, locks: Locks
    ) -> Iterator[str]:
        if self.policy.writes_tree and self.is_open(locks):
            return
        mine, may = relation in _MINE, self.may(role, relation, room)
        if may and mine and (told.code or told.changed != self.policy.changes):
            yield f"may not: {_said(role, relation, told)}"
        done = told.changed or not (told.code or self.is_open(locks))
        if not (may and (mine or self.policy.by_row)) and done:
            yield f"may: {_said(role, relation, told)}"

    def is_open(self, locks: Locks) -> bool:
        """Branches, posts and scores: the code alone holds them back, and here it doesn't."""
        return self.policy.of_tree and not locks.code

    @property
    def names_a_room(self) -> bool:
        return "{" in re.sub(r"\{(file|out|standard|text)\}", "", self.asked)

    @property
    def asked(self) -> str:
        return self.arguments + self.policy.file

    def may(self, role: type[Role], relation: Relation, room: Room) -> bool:
        if self.policy.permissions is None:
            return True
        held = self.policy.permissions <= role.permissions
        return held and not self.policy.whole and self.policy.only(role, relation, room)

    def leaks(
        self, tree: Tree, role: type[Role], told: Told, *, codes: bool = True
    ) -> Iterator[str]:
        inside = tree.inside(role)
        for room in tree.rooms.values():
            marks = [mark for mark, to in room.marks.items() if not to & role.permissions]
            if room.name not in inside:
                marks = [*room.marks, *([room.things["branch"]] if codes else [])]
            for mark in marks:
                if mark in told.text:
                    yield f"{role.code}: shows {mark}"

    def run(self, role: type[Role], room: Room) -> Told:
        out, list_ = self.folder / "out.csv", self.folder / "list.csv"
        out.unlink(missing_ok=True)
        list_.write_text(filled(self.policy.file, room.things))
        files = {
            "file": str(list_),
            "out": str(out),
            "standard": str(a_draft(self.folder)),
            "text": str(a_draft_of_text(self.folder)),
        }
        given = [filled(part, room.things | files) for part in self.arguments.split()]
        user = f"acts-{role.code.replace('_', '-')}"
        with undone():
            code, text = _ran(*self.name.split(), *given, "--as", user)
            changed = state() != self.before
        written = out.read_text(errors="replace") if out.exists() else ""
        return Told(code, without_ids(text + written, self.asked, room), changed)


def a_draft(folder: Path) -> Path:
    return a_document(folder, version="2", valid_from=Month.parse("2026-01").start)


def a_draft_of_text(folder: Path) -> Path:
    file = folder / "text.yaml"
    file.write_text(texts.a_document(code="news", version=2), encoding="utf-8")
    return file


def _said(role: type[Role], relation: Relation, told: Told) -> str:
    return f"{role.code} {relation}: {told.code}, {told.text[:300]!r}"


def _ran(*arguments: str) -> tuple[object, str]:
    """In this process: the exit code, and both streams. The manual's pages are made ready once."""
    said = io.StringIO()
    with (
        pytest.MonkeyPatch.context() as patch,
        contextlib.redirect_stdout(said),
        contextlib.redirect_stderr(said),
    ):
        patch.setattr(sys, "argv", ["pervichka", *arguments])
        patch.setattr(program, "app", _ready())
        with pytest.raises(SystemExit) as ended:
            program.main()
    return ended.value.code, said.getvalue()


@functools.cache
def _ready() -> Callable[..., object]:
    return typer.main.get_command(program.app)


def test_every_command_has_a_policy_and_every_policy_a_command() -> None:
    assert not command_names() - set(COMMANDS), "say in table.py who may"
    assert not set(COMMANDS) - command_names(), "there is no such command any more"


@pytest.mark.parametrize("name", [name for name, one in COMMANDS.items() if not one.machine])
@pytest.mark.parametrize(
    "locks", [Locks.BOTH, Locks.CODE, Locks.DATABASE], ids=lambda one: one.name.lower()
)
def test_it_obeys_whom_its_policy_names(
    tree: Tree, tmp_path: Path, name: str, locks: Locks
) -> None:
    policy, before = COMMANDS[name], state()
    trials = [
        Trial(name, arguments, policy, tmp_path, before)
        for arguments in (policy.arguments, *policy.also)
    ]
    with locked(locks):
        wrongs = [
            wrong for one in trials for role in ACTING for wrong in one.wrongs(tree, role, locks)
        ]
    assert not wrongs, "\n".join(["", *wrongs])
