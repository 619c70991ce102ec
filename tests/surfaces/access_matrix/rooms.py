"""A tree in every branch of which there is something to find, and somebody in every role.

    RU ─ RU-AA ─ L/own ─ P/one     most roles act in L/own, those for primary branches alone
               │       └ P/two     in P/one
               └ L/sib ─ P/nib

Every branch has people, events, posts, a request and a proposal of its own, whose names occur
nowhere else: so a leak is found by looking for them. Nor is a code the beginning of another.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Final, Literal
from uuid import uuid4

from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone

from pervichka.foundation import clock
from pervichka.foundation.periods import Month
from pervichka.register.access.actor import Actor
from pervichka.register.access.permissions import Permission
from pervichka.register.access.roles import ROLES, Administrator, Role
from pervichka.register.accounts.actions import create_user
from pervichka.register.accounts.models import Device, User
from pervichka.register.branches.models import Branch
from pervichka.register.branches.queries.units import unit_coded
from pervichka.register.people.actions import add_contact_point
from pervichka.register.posts.actions import appoint, grant, open_post
from pervichka.register.posts.models import Post, PostHolding
from pervichka.standard.facts.actions.deriving import rebuild_facts
from pervichka.standard.scores.actions.requests import ask_for_help
from pervichka.standard.scores.actions.scoring import score_period
from pervichka.work.events import actions as events
from tests.builders.actors import OPERATOR, head_of
from tests.builders.branches import LONG_AGO, a_branch, a_root
from tests.builders.events import a_held_meeting, a_meeting, tick
from tests.builders.messaging import a_campaign
from tests.builders.people import a_person
from tests.builders.sign_ins import sign_in_wholly
from tests.builders.standards import a_published_standard

Relation = Literal["own", "child", "parent", "sibling", "beyond"]
TODAY: Final = timezone.localdate(clock.now())
MONTH: Final = Month.of(TODAY)
LONG_SINCE: Final = date(2025, 1, 1)
# Who acts: everyone but the operator, whom no post makes.
ACTING: Final = tuple(role for role in ROLES.values() if role.code != "operator")


@dataclass(frozen=True)
class Room:
    """A branch and what is in it. `things` are ids and codes; `marks` what a leak would show.

    Each mark stands beside the permissions one of which shows it.
    """

    name: str
    role: str
    proposed: str
    is_primary: bool
    things: Mapping[str, str]
    marks: Mapping[str, frozenset[Permission]]

    def absent(self) -> "Room":
        """The same with ids of nothing, as long as the true ones."""
        nothing = {
            key: str(uuid4()) if len(value) == len(str(uuid4())) else _of_nobody(value)
            for key, value in self.things.items()
        }
        nothing["grantable"] = self.role
        return Room("absent", self.role, self.proposed, self.is_primary, nothing, {})


@dataclass(frozen=True)
class Tree:
    """All rooms, and a browser for each role: none signed in for the stranger."""

    rooms: Mapping[str, Room]
    users: Mapping[str, User]
    browsers: Mapping[str, Client] = field(default_factory=dict)

    def inside(self, role: type[Role]) -> frozenset[str]:
        """The rooms of a role's own part of the tree."""
        if role.code == "nobody":
            return frozenset()
        return frozenset({"one"} if role.primary_only else {"own", "one", "two"})

    def around(self, role: type[Role]) -> dict[Relation, Room]:
        """The rooms as seen from where a role acts."""
        near: dict[Relation, str] = (
            {"own": "one", "parent": "own", "sibling": "two", "beyond": "nib"}
            if role.primary_only
            else {
                "own": "own",
                "child": "one",
                "parent": "RU-AA",
                "sibling": "sib",
                "beyond": "nib",
            }
        )
        return {relation: self.rooms[name] for relation, name in near.items()}


def build(folder: Path) -> Tree:
    """Committed, since scores are computed by another role of the database."""
    root = a_root()
    region = a_branch(code="RU-AA", level="regional", parent=root, name="The region")
    own = a_branch(code="L/own", level="local", parent=region, name="Own local")
    sibling = a_branch(code="L/sib", level="local", parent=region, name="Sister local")
    branches = {"RU-AA": region, "own": own, "sib": sibling}
    for name, parent in (("one", own), ("two", own), ("nib", sibling)):
        branches[name] = a_branch(
            code=f"P/{name}", parent=parent, name=f"Number {name}", voters=500
        )
    administrator = head_of(root, role=Administrator)
    rooms = {name: _furnish(name, one, administrator) for name, one in branches.items()}
    users = {
        role.code: _acting(role, branches["one" if role.primary_only else "own"]) for role in ACTING
    }
    a_published_standard(folder)
    rebuild_facts()
    score_period(month=MONTH, by=OPERATOR, at=clock.now())
    browsers = {code: _browser(user) for code, user in users.items()}
    return Tree(rooms, users, browsers | {"stranger": _browser(None)})


def _furnish(name: str, branch: Branch, administrator: Actor) -> Room:
    now = clock.now()
    tag = f"Z{name.replace('-', '').lower()}"
    person = a_person(branch=branch, last_name=f"{tag}person", code=f"{tag}code")
    a_person(branch=branch, last_name=f"{tag}friend", affiliation="supporter")
    contact = add_contact_point(
        person=person, kind="email", value=f"{tag}mail@example.org", by=OPERATOR, at=LONG_AGO
    )
    ahead = a_meeting(branch=branch, title=f"{tag}ahead", starts_at=now + timedelta(days=3))
    begun = a_meeting(branch=branch, title=f"{tag}begun", starts_at=now - timedelta(minutes=30))
    events.invite(event=ahead, affiliations=["member"], by=OPERATOR, at=now)
    guest = a_person(branch=branch, last_name=f"{tag}guest", code=f"{tag}came", since=LONG_SINCE)
    above = head_of(branch.parent or branch)
    tick(begun, [guest], by=above, at=now)
    a_held_meeting(branch=branch, came=[guest, person], starts_at=now - timedelta(hours=3))
    campaign = a_campaign(branch=branch, title=f"{tag}letter", at=now)
    holding = _holder(branch, tag)
    proposal = grant(
        branch=branch,
        role="control_commission",
        user=create_user(name=f"{tag.lower()}proposed", by=OPERATOR, at=LONG_AGO),
        starts_on=TODAY,
        by=administrator,
        at=now,
    )
    unit = unit_coded(branch.code, actor=OPERATOR)
    assert unit is not None
    assert holding.user is not None
    number = ask_for_help(unit=unit, words=f"{tag}words", by=OPERATOR, at=now)
    things = {
        "branch": branch.code,
        "person": person.id,
        "contact": contact.id,
        "event": ahead.id,
        "begun": begun.id,
        "campaign": campaign.id,
        "holding": holding.id,
        "post": holding.post_id,
        "proposal": proposal.id,
        "request": number,
        "user": holding.user.name,
        "device": _device(holding.user),
        "factor": Authenticator.objects.create(user=holding.user, type="totp", data={}).pk,
        "grantable": holding.post.role,
    }
    people = frozenset({Permission.SEE_PEOPLE})
    of_people = ("person", "friend", "guest", "holder", "mail", "code", "came")
    marks = {f"{tag}{name}": people for name in of_people} | {
        f"{tag.lower()}proposed": frozenset({Permission.SEE_ACCESS}),
        f"{tag}ahead": frozenset({Permission.SEE_EVENTS}),
        f"{tag}begun": frozenset({Permission.SEE_EVENTS}),
        f"{tag}letter": frozenset({Permission.SEE_MESSAGES}),
        f"{tag}words": frozenset({Permission.SEE_EVIDENCE}),
        holding.user.name: frozenset({Permission.SEE_ACCESS, Permission.ISSUE_SLIPS}),
    }
    return Room(
        name,
        holding.post.role,
        "control_commission",
        branch.level == "primary",
        MappingProxyType({key: str(value) for key, value in things.items()}),
        MappingProxyType(marks),
    )


def _holder(branch: Branch, tag: str) -> PostHolding:
    """Somebody in a post that a local head may grant: a secretary, or a clerk above primaries."""
    role = "branch_secretary" if branch.level == "primary" else "clerk"
    person = a_person(branch=branch, last_name=f"{tag}holder", affiliation="contact")
    user = create_user(name=f"{tag.lower()}user", person=person, by=OPERATOR, at=LONG_AGO)
    post = open_post(branch=branch, kind=role, role=role, by=OPERATOR, at=LONG_AGO)
    return appoint(post=post, user=user, starts_on=LONG_SINCE, by=OPERATOR, at=LONG_AGO)


def _acting(role: type[Role], branch: Branch) -> User:
    """Someone who acts in this role there: by their one post; nobody by none."""
    user = create_user(name=f"acts-{role.code.replace('_', '-')}", by=OPERATOR, at=LONG_AGO)
    if role.code == "nobody":
        return user
    if role.delegated:
        return _helping(role, branch, user)
    post = open_post(branch=branch, kind=role.code, role=role.code, by=OPERATOR, at=LONG_AGO)
    appoint(post=post, user=user, starts_on=LONG_SINCE, by=OPERATOR, at=LONG_AGO)
    return user


def _helping(role: type[Role], branch: Branch, user: User) -> User:
    """A helper is appointed by the secretary; here by the operator's own hand, for any role."""
    source = PostHolding.objects.filter(branch=branch, post__role="branch_secretary").first()
    post = Post.objects.create(branch=branch, kind="helper", role=role.code)
    PostHolding.objects.create(
        branch=branch,
        post=post,
        user=user,
        starts_on=LONG_SINCE,
        term_ends_on=date(2099, 1, 1),
        delegated_from=source,
    )
    return user


def _browser(user: User | None) -> Client:
    client = Client(headers={"accept-language": "en"}, raise_request_exception=False)
    if user is not None:
        sign_in_wholly(client, user)
    return client


def _device(user: User) -> object:
    now = clock.now()
    return Device.objects.create(user=user, name="x", way="test", began_at=now, last_seen_at=now).id


def _of_nobody(value: str) -> str:
    """As long, and of nothing: a number no row has, a code or name that nothing has."""
    return "9" * max(len(value), 6) if value.isdigit() else value[:-2] + "qq"
