"""Whether an answer is the one that the policy promises; what is wrong is said in a line each."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.test import Client

from pervichka.register.access.actor import Actor
from pervichka.register.access.roles import ROLES, BranchSecretary, Role
from pervichka.surfaces.web.evidence.participants import sealed_participant
from tests.surfaces.access_matrix.asking import (
    Answer,
    Ask,
    State,
    ask,
    listing,
    reading,
    sending,
    state,
    undone,
)
from tests.surfaces.access_matrix.locks import Locks
from tests.surfaces.access_matrix.policies import Policy
from tests.surfaces.access_matrix.rooms import HOLDER, LINKED, STRANGER, Relation, Room, Tree
from tests.surfaces.access_matrix.routes import Route

_MINE: frozenset[Relation] = frozenset({"own", "child"})
# What an asker for themself may read of their own branch: kinds of marks.
_OF_ONESELF = {
    LINKED: ("person", "mail", "code", "ahead"),
    HOLDER: ("holder", "user"),
}


@dataclass(frozen=True)
class Asker:
    """Somebody at a browser: in a role; or in none, a stranger or a person for themself."""

    who: str
    browser: Client
    tree: Tree

    @property
    def role(self) -> type[Role]:
        return ROLES["nobody" if self.is_stranger else self.code]

    @property
    def code(self) -> str:
        return BranchSecretary.code if self.who == HOLDER else self.who

    @property
    def is_stranger(self) -> bool:
        """Whoever opened a link to their own is nobody to all other pages."""
        return self.who in {STRANGER, LINKED}

    @property
    def is_a_person(self) -> bool:
        return self.who in _OF_ONESELF

    @property
    def inside(self) -> frozenset[str]:
        """The names of the rooms in one's own part of the tree."""
        return frozenset() if self.is_stranger else self.tree.inside(self.role)

    @property
    def own_marks(self) -> frozenset[str]:
        """What is shown of a person to that person."""
        return frozenset(f"Zone{kind}" for kind in _OF_ONESELF.get(self.who, ()))

    @cached_property
    def rooms(self) -> dict[Relation, Room]:
        """The rooms around, each with what names a thing of it to this reader alone."""
        role = BranchSecretary if self.is_a_person else self.role
        return {name: self._named(room) for name, room in self.tree.around(role).items()}

    def absent(self) -> Room:
        """A room that isn't there."""
        return self._named(self.rooms["own"].absent())

    def _named(self, room: Room) -> Room:
        own_name = next(iter(_OF_ONESELF.get(self.who, ())), "nobody")
        user = self.tree.users.get(self.who)
        reader = Actor(code=f"user:{user.id if user else None}", role=self.role, scope=None)
        sealed = sealed_participant(room.things["code"], reader)
        return room.having(who=sealed, own_name=f"Zone{own_name}")


@dataclass(frozen=True)
class Judge:
    """Holds one route's answers against its policy."""

    route: Route
    policy: Policy
    locks: Locks
    before: State

    def wrongs(self, asker: Asker) -> Iterator[str]:
        """Everything that is not as it should be for this asker."""
        if self.policy.of_oneself and not self.locks.code:
            yield from self._mistaken(asker)
            return
        for what in listing(self.route, self.policy):
            yield from self._of_all(asker, what)
        for what in reading(self.route, self.policy):
            if what.names_something:
                yield from self._of_rooms(asker, what)
            else:
                yield from self._of_list(asker, what)
        for what in sending(self.route, self.policy):
            yield from self._of_form(asker, what)

    # ------------------------------------------------------------------ what is read

    def _of_all(self, asker: Asker, what: Ask) -> Iterator[str]:
        """What is shown where nothing is named, if the page can be asked so."""
        with undone():
            answer = ask(asker.browser, what, asker.rooms["own"])
        yield from self._leaks(asker, what, answer, asker.rooms["own"])

    def _of_list(self, asker: Asker, what: Ask) -> Iterator[str]:
        own = asker.rooms["own"]
        with undone():
            answer = ask(asker.browser, what, own)
        yield from self._leaks(asker, what, answer, own)
        if answer.lets_in != self._may(asker, "own", own) and not self._anyone(asker):
            yield self._said(asker, what, "own", answer)

    def _of_rooms(self, asker: Asker, what: Ask) -> Iterator[str]:
        nothing = self._nothing(asker, what)
        for relation, room in self._rooms(asker, what):
            with undone():
                answer = ask(asker.browser, what, room)
            yield from self._leaks(asker, what, answer, room)
            if self._mine(asker, relation) and self._may(asker, relation, room):
                if not (answer.lets_in or self._anyone(asker)):
                    yield self._said(asker, what, relation, answer)
            elif not (answer.is_like(nothing) or self._is_seen_anyway(what, relation)):
                yield self._said(asker, what, relation, answer, nothing)
        if what.names_twice:
            yield from self._crossed(asker, what)

    # ------------------------------------------------------------------ what is sent

    def _of_form(self, asker: Asker, what: Ask) -> Iterator[str]:
        own = asker.rooms["own"]
        if not what.names_something:
            answer, changed = self._change(asker, what, own)
            yield from self._leaks(asker, what, answer, own)
            if self._sends(asker, "own", own):
                wrong = not answer.lets_in or changed != self.policy.changes
            else:
                wrong = changed or (answer.lets_in and not self._is_open())
            if wrong and not self._anyone(asker):
                yield self._said(asker, what, "own", answer, changed=changed)
            return
        nothing = self._nothing(asker, what)
        for relation, room in self._rooms(asker, what):
            yield from self._sent(asker, what, relation, room, nothing)
        if what.names_twice:
            yield from self._crossed(asker, what)

    def _sent(
        self, asker: Asker, what: Ask, relation: Relation, room: Room, nothing: Answer
    ) -> Iterator[str]:
        answer, changed = self._change(asker, what, room)
        yield from self._leaks(asker, what, answer, room)
        mine, may = self._mine(asker, relation), self._may(asker, relation, room)
        if mine and self._sends(asker, relation, room):
            let_in = answer.lets_in or self._anyone(asker)
            if not let_in or changed != self.policy.changes:
                yield self._said(asker, what, relation, answer, changed=changed)
        elif self.policy.writes_tree and self._is_seen_anyway(what, relation):
            return
        elif changed or not (answer.is_like(nothing) or (mine and may)):
            yield self._said(asker, what, relation, answer, nothing, changed=changed)

    def _crossed(self, asker: Asker, what: Ask) -> Iterator[str]:
        """One's own address, with something of another's in the query or the form."""
        own = asker.rooms["own"]
        with undone():
            nothing = ask(asker.browser, what, own, asker.absent())
        for relation, room in self._rooms(asker, what):
            if self._mine(asker, relation):
                continue
            answer, changed = self._change(asker, what, own, room)
            yield from self._leaks(asker, what, answer, room)
            if changed or not answer.is_like(nothing):
                yield self._said(asker, what, relation, answer, nothing, changed=changed)

    def _mistaken(self, asker: Asker) -> Iterator[str]:
        """The code takes somebody for another person: the database shows them nothing of theirs."""
        for what in [*reading(self.route, self.policy), *sending(self.route, self.policy)]:
            answer, changed = self._change(asker, what, asker.rooms["own"])
            yield from self._leaks(asker, what, answer, asker.rooms["own"])
            if changed or answer.lets_in:
                yield self._said(asker, what, "mistaken for another", answer, changed=changed)

    def _change(
        self, asker: Asker, what: Ask, room: Room, other: Room | None = None
    ) -> tuple[Answer, bool]:
        """What came back, and whether anything is otherwise than it was."""
        with undone():
            answer = ask(asker.browser, what, room, other)
            return answer, state() != self.before

    # ------------------------------------------------------------------ what may be

    def _rooms(self, asker: Asker, what: Ask) -> Iterator[tuple[Relation, Room]]:
        """All of them; with one lock off those of others, which the other lock must hold.

        Of whoever lacks the permission anyway one room of each sort is enough; and for the page's
        other faces, such as a file of it, their own.
        """
        sorts = {"own"} if what.another_face else {"own", "sibling"}
        for relation, room in asker.rooms.items():
            enough = self._holds(asker) or relation in sorts
            asked = self.policy.by_key or not self._mine(asker, relation)
            if enough and (asked or self.locks is Locks.BOTH):
                yield relation, room

    def concerns(self, asker: Asker) -> bool:
        """With one lock off only those are asked who could get in by their permissions.

        A user who asks for themself is for all else the secretary that they are.
        """
        if asker.who == HOLDER and not self.policy.of_oneself:
            return False
        return self.locks is Locks.BOTH or self._holds(asker)

    def _mine(self, asker: Asker, relation: Relation) -> bool:
        if self.policy.of_oneself:
            return asker.who == LINKED and relation == "own"
        return self.policy.by_key or relation in _MINE

    def _holds(self, asker: Asker) -> bool:
        if self.policy.of_oneself:
            return asker.is_a_person
        wanted = self.policy.permissions or frozenset()
        return (
            self.policy.public
            or self.policy.by_key
            or (not asker.is_stranger and wanted <= asker.role.permissions)
        )

    def _may(self, asker: Asker, relation: Relation, room: Room) -> bool:
        return self._holds(asker) and self.policy.only(asker.role, relation, room)

    def _sends(self, asker: Asker, relation: Relation, room: Room) -> bool:
        return self._may(asker, relation, room) and self.policy.to_send(asker.role, relation, room)

    def _anyone(self, asker: Asker) -> bool:
        """Whose own affair it is: it may be refused for reasons that are not of rights."""
        if self.policy.of_oneself or self.policy.by_key:
            return False
        return self.policy.public or (self.policy.permissions is None and not asker.is_stranger)

    def _is_open(self) -> bool:
        """Branches, posts and scores: the code alone holds them back, and here it doesn't."""
        return self.policy.of_tree and not self.locks.code

    def _is_seen_anyway(self, what: Ask, relation: Relation) -> bool:
        return self._is_open() and what.names_a_branch and relation not in _MINE

    def _nothing(self, asker: Asker, what: Ask) -> Answer:
        """What is answered about a room that isn't there."""
        with undone():
            return ask(asker.browser, what, asker.absent())

    def _leaks(self, asker: Asker, what: Ask, answer: Answer, asked: Room) -> Iterator[str]:
        if not answer.says_what_it_should(stranger=asker.is_stranger):
            yield self._said(asker, what, asked.name, answer)
        told = what.named(asked)
        for room in asker.tree.rooms.values():
            for mark in room.marks:
                if mark not in answer.raw or mark in told:
                    continue
                if not self._shows(asker, room, mark, asked):
                    yield f"{asker.who}: {what.method} {what.address} shows {mark}"

    def _shows(self, asker: Asker, room: Room, mark: str, asked: Room) -> bool:
        """Whether the mark may stand there for this reader."""
        besides = mark.endswith(self.policy.shows) if self.policy.shows else False
        if room.name in asker.inside:
            return besides or bool(room.marks[mark] & asker.role.permissions)
        if self.policy.by_key:
            return besides and room.name == asked.name
        return mark in asker.own_marks

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
