"""Every command, run `--as` somebody in every role, about every part of the tree."""

import contextlib
import io
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from pervichka.foundation.periods import Month
from pervichka.register.access.roles import Role
from pervichka.surfaces.cli.__main__ import main
from tests.builders.standards import a_document
from tests.surfaces.access_matrix.asking import state, undone, without_ids
from tests.surfaces.access_matrix.locks import Locks, locked
from tests.surfaces.access_matrix.policies import Command
from tests.surfaces.access_matrix.rooms import ACTING, Relation, Room, Tree
from tests.surfaces.access_matrix.routes import command_names
from tests.surfaces.access_matrix.table import COMMANDS, TRIED_BESIDES

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.xdist_group("access-matrix"),
    pytest.mark.timeout(180),
]
_MINE = ("own", "child")
_NUMBER = "{appeal_number}"


@dataclass(frozen=True)
class Told:
    """How a command ended and everything that it said and wrote."""

    code: object
    text: str
    changed: bool


@dataclass(frozen=True)
class Trial:
    """One command, its policy, and a folder for its files."""

    name: str
    policy: Command
    folder: Path
    before: tuple[object, ...]

    def wrongs(self, tree: Tree, role: type[Role], locks: Locks) -> Iterator[str]:
        rooms = tree.around(role)
        told_of = self.policy.arguments + self.policy.file
        names_a_room = "{branch}" in told_of or _NUMBER in told_of
        nothing = self.run(role, rooms["own"].absent())
        for relation, room in rooms.items() if names_a_room else [("own", rooms["own"])]:
            mine = relation in _MINE
            if mine and locks is not Locks.BOTH:
                continue
            told = self.run(role, room)
            said = f"{role.code} {relation}: {told.code}, {told.text[:300]!r}"
            yield from self.leaks(tree, role, told, room if names_a_room else None)
            if self.policy.of_tree and not locks.code:
                continue
            may = self.may(role, relation, room)
            if may and mine and (told.code or told.changed != self.policy.changes):
                yield f"may not: {said}"
            if not (may and (mine or self.policy.by_row)) and (not told.code or told.changed):
                yield f"may: {said}"
            # What the database alone holds back it says in words of its own.
            if names_a_room and not mine and locks.code and told.text != nothing.text:
                yield f"is not like nothing: {said}, {nothing.text[:300]!r}"

    def may(self, role: type[Role], relation: Relation, room: Room) -> bool:
        if self.policy.permissions is None:
            return True
        held = self.policy.permissions <= role.permissions
        return held and not self.policy.whole and self.policy.only(role, relation, room)

    def leaks(self, tree: Tree, role: type[Role], told: Told, asked: Room | None) -> Iterator[str]:
        inside = tree.inside(role)
        for room in tree.rooms.values():
            marks = [mark for mark, to in room.marks.items() if not to & role.permissions]
            if room.name not in inside:
                marks = [*room.marks, room.things["branch"]]
            for mark in marks:
                if mark in told.text and room is not asked:
                    yield f"{role.code}: shows {mark}"

    def run(self, role: type[Role], room: Room) -> Told:
        out, list_ = self.folder / "out.csv", self.folder / "list.csv"
        out.unlink(missing_ok=True)
        list_.write_text(self.policy.file.replace("{branch}", room.things["branch"]))
        standard = a_document(self.folder, version="2", valid_from=Month.parse("2026-01").start)
        given = [
            part.format(
                file=list_,
                out=out,
                standard=standard,
                branch=room.things["branch"],
                appeal_number=room.things["appeal_number"],
            )
            for part in self.policy.arguments.split()
        ]
        user = f"acts-{role.code.replace('_', '-')}"
        with undone():
            code, text = _ran(*self.name.split(), *given, "--as", user)
            changed = state() != self.before
        written = out.read_text(errors="replace") if out.exists() else ""
        if _NUMBER in self.policy.arguments:
            text = text.replace(room.things["appeal_number"], "<number>")
        return Told(code, without_ids(text + written, room), changed)


def _ran(*arguments: str) -> tuple[object, str]:
    """In this process: the exit code, and both streams."""
    said = io.StringIO()
    with (
        pytest.MonkeyPatch.context() as patch,
        contextlib.redirect_stdout(said),
        contextlib.redirect_stderr(said),
    ):
        patch.setattr(sys, "argv", ["pervichka", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
    return ended.value.code, said.getvalue()


def test_every_command_has_a_policy_and_every_policy_a_command() -> None:
    assert not command_names() - set(COMMANDS) - set(TRIED_BESIDES), "say in table.py who may"
    assert not set(COMMANDS) - command_names(), "there is no such command any more"


@pytest.mark.parametrize("name", [name for name, one in COMMANDS.items() if not one.machine])
@pytest.mark.parametrize(
    "locks", [Locks.BOTH, Locks.CODE, Locks.DATABASE], ids=lambda one: one.name.lower()
)
def test_it_obeys_whom_its_policy_names(
    tree: Tree, tmp_path: Path, name: str, locks: Locks
) -> None:
    trial = Trial(name, COMMANDS[name], tmp_path, state())
    with locked(locks):
        wrongs = [wrong for role in ACTING for wrong in trial.wrongs(tree, role, locks)]
    assert not wrongs, "\n".join(["", *wrongs])
