"""With neither lock all is open: so what the matrix finds closed is closed by the locks."""

import pytest

from pervichka.register.access.roles import LocalHead
from tests.surfaces.access_matrix.asking import Ask, ask, reading, sending, state, undone
from tests.surfaces.access_matrix.judging import Asker, Judge
from tests.surfaces.access_matrix.locks import Locks, locked
from tests.surfaces.access_matrix.policies import Policy, always
from tests.surfaces.access_matrix.rooms import ACTING, LINKED, Room, Tree
from tests.surfaces.access_matrix.routes import Route, api_routes, pages
from tests.surfaces.access_matrix.table import API, PAGES, asked, in_own_branch

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.xdist_group("access-matrix"),
    pytest.mark.timeout(180),
]
POLICIES = PAGES | API
# Of pages about one thing: that of another part of the tree opens, if nothing holds it back.
OPENING = [
    route
    for route in [*pages(), *api_routes()]
    if (policy := POLICIES.get(route.name))
    and policy.permissions
    and policy.reads
    and policy.only is always
    and next((one.names_something for one in reading(route, policy)), False)
]
# Of forms about one thing: sent about another part of the tree, it changes something there.
SENDING = [
    route
    for route in [*pages(), *api_routes()]
    if (policy := POLICIES.get(route.name))
    and policy.permissions
    and policy.changes
    # Those go by the very branch, and no lock of the tree would open them.
    and in_own_branch not in (policy.only, policy.to_send)
    and policy.to_send is not asked
    and next((one.names_something for one in sending(route, policy)), False)
]
OF_ONESELF = [
    route for route in pages() if (policy := POLICIES.get(route.name)) and policy.of_oneself
]
# Of lists that name no room: what is of other parts of the tree stands in them.
LISTS = [
    "web:event-list", "web:access", "web:access-waiting", "web:sign-ins", "web:journal",
    "web:pressure", "web:sheets", "GET /events",
]  # fmt: skip


@pytest.mark.parametrize("route", OPENING, ids=lambda one: one.name)
def test_with_neither_lock_a_foreign_room_opens(tree: Tree, route: Route) -> None:
    policy = POLICIES[route.name]
    asker = _somebody(tree, policy)
    with locked(Locks.NEITHER), undone():
        answer = ask(asker.browser, next(reading(route, policy)), asker.rooms["sibling"])
    assert answer.lets_in


@pytest.mark.parametrize("route", SENDING, ids=lambda one: one.name)
def test_with_neither_lock_a_form_changes_a_foreign_room(tree: Tree, route: Route) -> None:
    policy = POLICIES[route.name]
    asker, room = _sender(tree, policy)
    with locked(Locks.NEITHER), undone():
        before = state()
        ask(asker.browser, next(sending(route, policy)), room)
        assert state() != before


@pytest.mark.parametrize("route", OF_ONESELF, ids=lambda one: one.name)
def test_with_neither_lock_another_persons_record_opens(tree: Tree, route: Route) -> None:
    policy, nib = POLICIES[route.name], tree.rooms["nib"]
    asker = Asker(LINKED, tree.browsers[LINKED], tree)
    for what in [*reading(route, policy), *sending(route, policy)]:
        with locked(Locks.NEITHER, mistaken_for=nib.things["person"]), undone():
            answer = ask(asker.browser, what, asker.rooms["beyond"])
        assert answer.lets_in


@pytest.mark.parametrize("name", LISTS)
def test_with_neither_lock_a_list_shows_foreign_rooms(tree: Tree, name: str) -> None:
    route = next(one for one in [*pages(), *api_routes()] if one.name == name)
    asker = _somebody(tree, POLICIES[name])
    judge = Judge(route, POLICIES[name], Locks.NEITHER, state())
    with locked(Locks.NEITHER):
        wrongs = list(judge.wrongs(asker))
    assert any("shows Z" in wrong or "shows z" in wrong for wrong in wrongs)


def test_a_change_elsewhere_is_seen(tree: Tree) -> None:
    asker = _somebody(tree, PAGES["web:event-cancel"])
    before = state()
    what = Ask("POST", "/events/{event}/cancel/", body="reason=why")
    with locked(Locks.NEITHER), undone():
        ask(asker.browser, what, asker.rooms["sibling"])
        changed = state()
    assert changed != before == state()


def _sender(tree: Tree, policy: Policy) -> tuple[Asker, Room]:
    """Somebody of above primary branches who could send it of a branch of their own."""
    for role in ACTING:
        room = tree.around(role)["sibling"]
        held = (policy.permissions or frozenset()) <= role.permissions and not role.primary_only
        if held and policy.only(role, "child", room) and policy.to_send(role, "child", room):
            asker = Asker(role.code, tree.browsers[role.code], tree)
            return asker, asker.rooms["sibling"]
    raise AssertionError("nobody may")


def _somebody(tree: Tree, policy: Policy) -> Asker:
    """Whoever holds what the policy demands; if they do, somebody who also reads names."""
    wanted = policy.permissions or frozenset()
    role = next(role for role in (LocalHead, *ACTING) if wanted <= role.permissions)
    return Asker(role.code, tree.browsers[role.code], tree)
