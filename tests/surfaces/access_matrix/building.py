"""The tree of `rooms`, built once; and whoever asks, each in a browser of their own."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.conf import settings
from django.http import HttpRequest
from django.test import Client

from pervichka.foundation import clock
from pervichka.register.access.roles import Administrator, Role
from pervichka.register.accounts import fresh
from pervichka.register.accounts.actions import create_user
from pervichka.register.accounts.models import User
from pervichka.register.branches.models import Branch
from pervichka.register.posts.actions import appoint, open_post
from pervichka.register.posts.models import Post, PostHolding
from pervichka.standard.facts.actions.deriving import rebuild_facts
from pervichka.standard.scores.actions.closing import close_period
from pervichka.standard.scores.actions.scoring import score_period
from pervichka.surfaces.web.own import standing
from pervichka.work.events.models import EventKind
from tests.builders.actors import OPERATOR, head_of
from tests.builders.branches import LONG_AGO, a_branch, a_root
from tests.builders.events import a_held_meeting
from tests.builders.people import members
from tests.builders.sign_ins import sign_in_wholly
from tests.builders.standards import a_published_standard
from tests.builders.texts import a_published_text
from tests.surfaces.access_matrix.furnishing import CONSENT, LONG_SINCE, furnish
from tests.surfaces.access_matrix.rooms import ACTING, HOLDER, LINKED, MONTH, STRANGER, Tree


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
    a_published_text(code=CONSENT)
    a_published_standard(folder)
    close_period(month=MONTH.plus(-1), by=OPERATOR, at=clock.now())
    administrator = head_of(root, role=Administrator)
    rooms = {name: furnish(name, one, administrator) for name, one in branches.items()}
    for one in branches.values():
        _come_too_late(one)
    users = {
        role.code: _acting(role, branches["one" if role.primary_only else "own"]) for role in ACTING
    }
    rebuild_facts()
    score_period(month=MONTH, by=OPERATOR, at=clock.now())
    browsers = {code: _browser(user) for code, user in users.items()} | {
        STRANGER: _browser(None),
        HOLDER: _browser(User.objects.get(name=rooms["one"].things["user"])),
        LINKED: _linked(UUID(rooms["one"].things["person"])),
    }
    return Tree(rooms, users, browsers)


@contextmanager
def staying_signed_in() -> Iterator[None]:
    """What a sign-in opens for minutes stays open for as long as the matrix takes."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fresh, "FRESH_FOR", timedelta(days=1))
        patch.setattr(standing, "LASTS", timedelta(days=1))
        yield


def _come_too_late(branch: Branch) -> None:
    """For the month that is closed: a meeting of which nobody's name is a mark."""
    starts_at = clock.now().replace(day=1) - timedelta(days=10)
    a_held_meeting(
        branch=branch, came=members(of=branch, number=1), starts_at=starts_at,
        kind=EventKind.GENERAL_MEETING,
    )  # fmt: skip


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


def _linked(person_id: UUID) -> Client:
    """As after opening one's own link."""
    client, request = _browser(None), HttpRequest()
    request.session = client.session
    with staying_signed_in():
        standing.begin(request, person_id, at=clock.now())
    request.session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = request.session.session_key
    return client
