"""Whatever is granted, moved, delegated and ended, nobody acts beyond what their posts give.

A plain model keeps who was given what, and says after each step what everybody may do then.
`PERVICHKA_SEQUENCES` sets how many random sequences are tried. All begin from one tree, to
which each rolls back.
"""

import os
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pervichka.foundation.refusal import Refused
from pervichka.register.access.policy import Forbidden
from pervichka.register.access.roles import ROLES, Nobody
from pervichka.register.accounts.actions import create_user
from pervichka.register.accounts.models import User
from pervichka.register.branches.actions.branches import move_branch
from pervichka.register.branches.models import Branch
from pervichka.register.posts.actions import appoint_helper, approve_grant, end_term, grant
from pervichka.register.posts.models import GrantProposal, PostHolding
from pervichka.register.posts.queries import acting_choices, actor_for, holdings
from tests.builders.actors import OPERATOR
from tests.builders.branches import LONG_AGO, a_branch, a_root
from tests.builders.users import a_user_with_post

pytestmark = pytest.mark.django_db
FIRST = date(2026, 6, 1)
ROLE_CODES = [code for code in ROLES if code not in {"nobody", "operator", "secretary_helper"}]
small = st.integers(0, 30)
STEPS = st.sampled_from(["grant", "grant", "approve", "revoke", "move", "end", "delegate", "day"])
step = st.tuples(STEPS, small, small, small, small)


@dataclass
class Held:
    """One grant in the model: a role at a branch, for whom and how long, and from whose holding."""

    user: object
    role: str
    branch: str
    until: date | None
    ended: date | None = None
    source: "Held | None" = None

    def holds(self, day: date) -> bool:
        own = (self.until is None or day <= self.until) and (self.ended is None or day < self.ended)
        return own and (self.source is None or self.source.holds(day))


@dataclass
class World:
    """The model beside the real thing."""

    users: list[User]
    day: date = FIRST
    held: dict[object, Held] = field(default_factory=dict)
    proposed: dict[object, tuple[Held, str, date]] = field(default_factory=dict)

    @property
    def at(self) -> datetime:
        return datetime(self.day.year, self.day.month, self.day.day, 12, tzinfo=UTC)

    def actor(self, number: int):
        """One of the users in one of their posts, or the operator."""
        if number % (len(self.users) + 1) == len(self.users):
            return OPERATOR
        user = self.users[number % (len(self.users) + 1)]
        posts = acting_choices(user, at=self.at)
        chosen = posts[number % len(posts)].id if posts else None
        return actor_for(user, at=self.at, post_id=chosen)

    def copy(self) -> "World":
        """For a sequence of its own; the real thing is rolled back."""
        held = {id_: replace(one) for id_, one in self.held.items()}
        return World(list(self.users), self.day, held)

    def check(self) -> None:
        """What each user may choose and do, from one reading of all that is held."""
        held: dict[object, list[PostHolding]] = defaultdict(list)
        for one in (
            holdings.holdings_in_force(self.day)
            .select_related("post__branch")
            .order_by("place", "-post__branch__place_end", "post_id")
        ):
            held[one.user_id].append(one)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(holdings, "_held_by", lambda user, _on: held[user.id])
            self.check_each()

    def check_each(self) -> None:
        """The same, each user's asked for as pages ask."""
        parents = dict(Branch.objects.values_list("code", "parent__code"))
        places = {branch.place: branch.code for branch in Branch.objects.all()}
        for user in self.users:
            given = {
                (one.role, one.branch)
                for one in self.held.values()
                if one.user == user.id and one.holds(self.day)
            }
            choices = acting_choices(user, at=self.at)
            assert len(choices) >= len(given)
            for post in [None, *(choice.id for choice in choices)]:
                actor = actor_for(user, at=self.at, post_id=post)
                if not given:
                    assert (actor.role, actor.scope) == (Nobody, None)
                    continue
                assert actor.scope is not None
                branch = places[actor.scope.start]
                assert (actor.role.code, branch) in given
                assert actor.permissions == ROLES[actor.role.code].permissions
                seen = {code for place, code in places.items() if actor.scope.contains(place)}
                assert seen == {code for code in parents if _below(code, branch, parents)}


def _below(code: str | None, branch: str, parents: dict[str, str | None]) -> bool:
    while code is not None:
        if code == branch:
            return True
        code = parents[code]
    return False


def _grant(world: World, who: int, role: int, where: int, whom: int) -> None:
    branches = list(Branch.objects.order_by("code"))
    branch, user = branches[where % len(branches)], world.users[whom % len(world.users)]
    code, actor = ROLE_CODES[role % len(ROLE_CODES)], world.actor(who)
    until = None if role % 2 else world.day + timedelta(days=where)
    made = grant(
        branch=branch,
        role=code,
        user=user,
        starts_on=world.day,
        term_ends_on=until,
        by=actor,
        at=world.at,
    )
    # What the model allows at all: within the scope, granted by the role, never to oneself.
    assert actor.scope is not None
    assert actor.scope.contains(branch.place)
    assert code in actor.role.grants
    assert actor.user_id != user.id
    held = Held(user.id, code, branch.code, until)
    if isinstance(made, GrantProposal):
        world.proposed[made.id] = (held, actor.code, world.day)
        return
    wide = branch.level in {"federal", "regional"} and "people.see" in ROLES[code].permissions
    assert actor is OPERATOR or not (ROLES[code].powerful or wide)
    world.held[made.id] = held


def _approve(world: World, who: int, which: int, _third: int, _fourth: int) -> None:
    if not world.proposed:
        return
    chosen = list(world.proposed)[which % len(world.proposed)]
    held, proposer, day = world.proposed[chosen]
    actor = world.actor(who)
    made = approve_grant(proposal_id=chosen, by=actor, at=world.at)
    assert actor.code not in {proposer, f"user:{held.user}"}
    assert held.role in actor.role.approves
    assert world.day < day + timedelta(days=14)
    del world.proposed[chosen]
    world.held[made.id] = held


def _revoke(world: World, who: int, which: int, _third: int, _fourth: int) -> None:
    rows = list(PostHolding.objects.order_by("id"))
    if rows:
        holding = rows[which % len(rows)]
        end_term(holding=holding, on=world.day, by=world.actor(who), at=world.at)
        world.held[holding.id].ended = world.day


def _end(world: World, _who: int, which: int, _third: int, _fourth: int) -> None:
    _revoke(world, len(world.users), which, 0, 0)


def _move(world: World, who: int, which: int, where: int, _fourth: int) -> None:
    branches = list(Branch.objects.order_by("code"))
    branch, parent = branches[which % len(branches)], branches[where % len(branches)]
    move_branch(branch=branch, parent=parent, by=world.actor(who), at=world.at)


def _delegate(world: World, who: int, days: int, _third: int, _fourth: int) -> None:
    actor = world.actor(who)
    until = world.day + timedelta(days=days)
    made = appoint_helper(starts_on=world.day, term_ends_on=until, by=actor, at=world.at)
    source = next(
        world.held[one.id]
        for one in PostHolding.objects.filter(post_id=actor.post_id, user_id=actor.user_id)
        if world.held[one.id].holds(world.day)
    )
    assert source.role == "branch_secretary"
    world.users.append(made.user)
    world.held[made.id] = Held(made.user_id, "secretary_helper", source.branch, until, None, source)


def _day(world: World, days: int, _second: int, _third: int, _fourth: int) -> None:
    world.day += timedelta(days=days)


_ACTS: dict[str, Callable[[World, int, int, int, int], None]] = {
    "grant": _grant,
    "approve": _approve,
    "revoke": _revoke,
    "move": _move,
    "end": _end,
    "delegate": _delegate,
    "day": _day,
}


@pytest.fixture
def start(db: None) -> World:
    """Two regions, and somebody in each kind of post."""
    root = a_root()
    for region in "AB":
        regional = a_branch(code=region, level="regional", parent=root)
        local = a_branch(code=f"{region}a", level="local", parent=regional)
        a_branch(code=f"{region}a1", parent=local)
    kinds = [("RU", "administrator"), ("A", "regional_head"), ("Aa", "local_head")]
    kinds += [("Aa1", "secretary"), ("RU", "data_protection_officer")]
    users = [
        a_user_with_post(branch=Branch.objects.get(code=code), kind=kind) for code, kind in kinds
    ]
    world = World([*users, create_user(by=OPERATOR, at=LONG_AGO)])
    for one in PostHolding.objects.select_related("post", "branch"):
        world.held[one.id] = Held(one.user_id, one.post.role, one.branch.code, None)
    world.check_each()
    return world


@pytest.mark.timeout(0)  # a run of thousands of sequences takes as long as it takes
@given(steps=st.lists(step, min_size=6, max_size=14))
@settings(
    max_examples=int(os.environ.get("PERVICHKA_SEQUENCES", "15")),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_nobody_acts_beyond_what_their_posts_give(
    start: World, steps: list[tuple[str, int, int, int, int]]
) -> None:
    with transaction.atomic():
        world = start.copy()
        for name, *numbers in steps:
            try:
                with transaction.atomic():
                    _ACTS[name](world, *numbers)
            except (Refused, Forbidden):
                continue
            world.check()
        world.check_each()
        # Every sequence begins where all do.
        transaction.set_rollback(True)
