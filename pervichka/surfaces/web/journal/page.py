"""What a page of the journal shows: each entry in words, with who, where and about whom."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from pervichka.foundation.journal.queries import Written
from pervichka.register.access.actor import Actor
from pervichka.register.access.permissions import Permission
from pervichka.register.branches.queries.units import codes_of_units
from pervichka.register.people.queries import codes_in_journal
from pervichka.register.posts.queries import UserInJournal, users_in_journal
from pervichka.surfaces.web.journal import words

_PERSON, _BRANCH, _EVENT = "people.person", "branches.branch", "events.event"


@dataclass(frozen=True, kw_only=True)
class Line:
    """An entry as it is read. `actor` and `subject` are what a search for them is made of."""

    id: int
    at: datetime
    what: str
    rows: str
    look: bool
    who: str
    user: str
    actor: str
    branch: str
    branch_address: str
    subject: str
    subject_address: str
    subject_search: str


def lines(entries: Sequence[Written], *, actor: Actor) -> list[Line]:
    """Four queries, however many entries there are."""
    people = {one.subject_id for one in entries if one.subject_type == _PERSON}
    units = {one.branch_id for one in entries if one.branch_id is not None}
    units |= {UUID(one.subject_id) for one in entries if one.subject_type == _BRANCH}
    reader = _Reader(
        codes_in_journal(people, actor=actor),
        codes_of_units(units, actor=actor),
        users_in_journal({one.actor for one in entries}, actor=actor),
        actor,
    )
    return [reader.line(one) for one in entries]


@dataclass(frozen=True)
class _Reader:
    people: Mapping[str, str]
    units: Mapping[UUID, str]
    users: Mapping[str, UserInJournal]
    actor: Actor

    def line(self, entry: Written) -> Line:
        user = self.users.get(entry.actor)
        branch = "" if entry.branch_id is None else self.units.get(entry.branch_id, "")
        subject, address = self.subject(entry)
        known = entry.subject_type == _PERSON and entry.subject_id in self.people
        return Line(
            id=entry.id,
            at=entry.at,
            what=words.sentence(entry.action),
            rows=words.rows_seen(entry.fields),
            look=entry.look,
            who=self.who(user, entry.at) if user else words.actor_title(entry.actor),
            user="" if user is None else user.name,
            actor=entry.actor,
            branch=branch,
            branch_address=reverse("web:branch", args=[branch]) if branch else "",
            subject=subject,
            subject_address=address,
            subject_search=self.people[entry.subject_id] if known else "",
        )

    def who(self, user: UserInJournal, at: datetime) -> str:
        """The posts that the user held that day."""
        day = timezone.localdate(at)
        held = [f"{post.title} · {post.branch_code}" for post in user.posts if post.on(day)]
        return "; ".join(held) or _("No post of this part of the tree")

    def subject(self, entry: Written) -> tuple[str, str]:
        """What it is about, by code, and where that opens for this reader."""
        if entry.subject_type == _PERSON:
            opens = entry.subject_id in self.people and self.actor.may(Permission.SEE_PEOPLE)
            address = reverse("web:person", args=[entry.subject_id]) if opens else ""
            return self.people.get(entry.subject_id, _short(entry.subject_id)), address
        if entry.subject_type == _BRANCH:
            code = self.units.get(UUID(entry.subject_id), "")
            return code, reverse("web:branch", args=[code]) if code else ""
        if entry.subject_type == _EVENT:
            opens = self.actor.may(Permission.SEE_EVENTS)
            return _("event"), reverse("web:event", args=[entry.subject_id]) if opens else ""
        return _short(entry.subject_id), ""


def _short(id_: str) -> str:
    """Enough of an id to tell it from others on the page; nothing of what is the only one."""
    if id_ in {"all", "True"}:
        return ""
    return f"…{id_[-6:]}" if len(id_) > len("branch-work 2026-10") else id_
