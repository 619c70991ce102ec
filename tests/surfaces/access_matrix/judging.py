"""Whether an answer is the one that the policy promises; what is wrong is said in a line each."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.test import Client

from pervichka.register.access.roles import ROLES, Role
from tests.surfaces.access_matrix.asking import (
    Answer,
    Ask,
    ask,
    listing,
    reading,
    sending,
    state,
    undone,
)
from tests.surfaces.access_matrix.locks import Locks
from tests.surfaces.access_matrix.policies import Policy
from tests.surfaces.access_matrix.rooms import Relation, Room, Tree
from tests.surfaces.access_matrix.routes import Route

_MINE: frozenset[Relation] = frozenset({"own", "child"})


@dataclass(frozen=True)
class Asker:
    """Somebody at a browser: in a role, or a stranger in none."""

    who: str
    browser: Client
    tree: Tree

    @property
    def role(self) -> type[Role]:
        return ROLES["nobody" if self.who == "stranger" else self.who]

    @property
    def is_stranger(self) -> bool:
        return self.who == "stranger"

    @property
    def inside(self) -> frozenset[str]:
        """The names of the rooms in one's own part of the tree."""
        return frozenset() if self.is_stranger else self.tree.inside(self.role)

    def rooms(self) -> dict[Relation, Room]:
        return self.tree.around(self.role)


@dataclass(frozen=True)
class Judge:
    """Holds one route's answers against its policy."""

    route: Route
    policy: Policy
    locks: Locks
    before: tuple[object, ...]

    def wrongs(self, asker: Asker) -> Iterator[str]:
        """Everything that is not as it should be for this asker."""
        for what in listing(self.route, self.policy):
            with undone():
                answer = ask(asker.browser, what, asker.rooms()["own"])
            yield from self._leaks(asker, what, answer, asker.rooms()["own"])
        for what in reading(self.route, self.policy):
            if what.names_something:
                yield from self._of_rooms(asker, what)
            else:
                yield from self._of_list(asker, what)
        for what in sending(self.route, self.policy):
            yield from self._of_form(asker, what)

    # ------------------------------------------------------------------ what is read

    def _of_list(self, asker: Asker, what: Ask) -> Iterator[str]:
        own = asker.rooms()["own"]
        with undone():
            answer = ask(asker.browser, what, own)
        yield from self._leaks(asker, what, answer, own)
        if answer.lets_in != self._may(asker, "own", own) and not self._anyone(asker):
            yield self._said(asker, what, "own", answer)

    def _of_rooms(self, asker: Asker, what: Ask) -> Iterator[str]:
        nothing = self._nothing(asker, what)
        for relation, room in self._rooms(asker):
            with undone():
                answer = ask(asker.browser, what, room)
            yield from self._leaks(asker, what, answer, room)
            if relation in _MINE and self._may(asker, relation, room):
                if not (answer.lets_in or self._anyone(asker)):
                    yield self._said(asker, what, relation, answer)
            elif not (answer.is_like(nothing) or self._is_seen_anyway(relation)):
                yield self._said(asker, what, relation, answer, nothing)

    # ------------------------------------------------------------------ what is sent

    def _of_form(self, asker: Asker, what: Ask) -> Iterator[str]:
        if not what.names_something:
            with undone():
                answer = ask(asker.browser, what, asker.rooms()["own"])
            yield from self._leaks(asker, what, answer, asker.rooms()["own"])
            if answer.lets_in and not (self._anyone(asker) or self._sends(asker, "own")):
                yield self._said(asker, what, "own", answer)
            return
        nothing = self._nothing(asker, what)
        for relation, room in self._rooms(asker):
            yield from self._sent(asker, what, relation, room, nothing)
        if what.names_in_body and "{" in what.address:
            yield from self._crossed(asker, what)

    def _sent(
        self, asker: Asker, what: Ask, relation: Relation, room: Room, nothing: Answer
    ) -> Iterator[str]:
        with undone():
            answer = ask(asker.browser, what, room)
            changed = state() != self.before
        yield from self._leaks(asker, what, answer, room)
        mine, may = relation in _MINE, self._may(asker, relation, room)
        sends = may and self.policy.to_send(asker.role, relation, room)
        if mine and sends:
            let_in = answer.lets_in or self._anyone(asker)
            if not let_in or changed != self.policy.changes:
                yield self._said(asker, what, relation, answer, changed=changed)
        elif changed or not (answer.is_like(nothing) or (mine and may)):
            yield self._said(asker, what, relation, answer, nothing, changed=changed)

    def _crossed(self, asker: Asker, what: Ask) -> Iterator[str]:
        """One's own address, with something of another's in the form."""
        own = asker.rooms()["own"]
        with undone():
            nothing = ask(asker.browser, what, own, own.absent())
        for relation, room in self._rooms(asker):
            if relation in _MINE:
                continue
            with undone():
                answer = ask(asker.browser, what, own, room)
                changed = state() != self.before
            yield from self._leaks(asker, what, answer, room)
            if changed or not answer.is_like(nothing):
                yield self._said(asker, what, relation, answer, nothing, changed=changed)

    # ------------------------------------------------------------------ what may be

    def _rooms(self, asker: Asker) -> Iterator[tuple[Relation, Room]]:
        """All of them; with one lock off those of others, which the other lock must hold.

        Of whoever lacks the permission anyway one room of each sort is enough.
        """
        for relation, room in asker.rooms().items():
            enough = self._holds(asker) or relation in {"own", "sibling"}
            if enough and (relation not in _MINE or self.locks is Locks.BOTH):
                yield relation, room

    def concerns(self, asker: Asker) -> bool:
        """With one lock off only those are asked who could get in by their permissions."""
        return self.locks is Locks.BOTH or self._holds(asker)

    def _holds(self, asker: Asker) -> bool:
        wanted = self.policy.permissions or frozenset()
        return self.policy.public or (not asker.is_stranger and wanted <= asker.role.permissions)

    def _may(self, asker: Asker, relation: Relation, room: Room) -> bool:
        return self._holds(asker) and self.policy.only(asker.role, relation, room)

    def _sends(self, asker: Asker, relation: Relation) -> bool:
        room = asker.rooms()[relation]
        return self._may(asker, relation, room) and self.policy.to_send(asker.role, relation, room)

    def _anyone(self, asker: Asker) -> bool:
        """Whose own affair it is: it may be refused for reasons that are not of rights."""
        return self.policy.public or (self.policy.permissions is None and not asker.is_stranger)

    def _is_seen_anyway(self, relation: Relation) -> bool:
        """Branches, posts and scores: the code alone holds them back, and here it doesn't."""
        return self.policy.of_tree and relation not in _MINE and not self.locks.code

    def _nothing(self, asker: Asker, what: Ask) -> Answer:
        """What is answered about a room that isn't there."""
        absent = asker.rooms()["own"].absent()
        with undone():
            return ask(asker.browser, what, absent)

    def _leaks(self, asker: Asker, what: Ask, answer: Answer, asked: Room) -> Iterator[str]:
        if answer.status >= 500:
            yield self._said(asker, what, asked.name, answer)
        told = f"{what.address} {what.body} {asked.things if '{' in what.body else ''}"
        for room in asker.tree.rooms.values():
            for mark, shown_to in room.marks.items():
                may = room.name in asker.inside and shown_to & asker.role.permissions
                if not may and mark in answer.raw and mark not in told:
                    yield f"{asker.who}: {what.method} {what.address} shows {mark}"

    def _said(
        self,
        asker: Asker,
        what: Ask,
        where: str,
        answer: Answer,
        nothing: Answer | None = None,
        *,
        changed: bool = False,
    ) -> str:
        like = "" if nothing is None else f", nothing {nothing.status}"
        if nothing is not None and nothing.status == answer.status:
            like = f", nothing the same in {len(nothing.text)} characters not {len(answer.text)}"
        wrote = ", and changed something" if changed else ""
        return f"{asker.who}: {what.method} {what.address} {where}: {answer.status}{like}{wrote}"
