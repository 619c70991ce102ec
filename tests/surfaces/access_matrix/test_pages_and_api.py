"""Every page and every address of the API, for every role, about every part of the tree."""

import pytest

from tests.surfaces.access_matrix.asking import state
from tests.surfaces.access_matrix.judging import Asker, Judge
from tests.surfaces.access_matrix.locks import Locks, locked
from tests.surfaces.access_matrix.rooms import Tree
from tests.surfaces.access_matrix.routes import Route, api_routes, pages
from tests.surfaces.access_matrix.table import API, PAGES, TRIED_BESIDES

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.xdist_group("access-matrix"),
    pytest.mark.timeout(180),
]
ROUTES = [*pages(), *api_routes()]
POLICIES = PAGES | API
HOLDING = [Locks.BOTH, Locks.CODE, Locks.DATABASE]


def test_every_route_has_a_policy_and_every_policy_a_route() -> None:
    names = [route.name for route in ROUTES]
    assert len(names) == len(set(names)), "two addresses of one name"
    assert not set(names) - set(POLICIES) - set(TRIED_BESIDES), "say in table.py who may"
    assert not (set(POLICIES) | set(TRIED_BESIDES)) - set(names), "there is no such route any more"
    assert not set(POLICIES) & set(TRIED_BESIDES), "it is tried here"


@pytest.mark.parametrize(
    ("route", "locks"),
    [
        pytest.param(route, locks, id=f"{route.name}-{locks.name.lower()}")
        for route in ROUTES
        if route.name in POLICIES
        # What is everybody's is locked by neither.
        for locks in ([Locks.BOTH] if POLICIES[route.name].public else HOLDING)
    ],
)
def test_it_answers_whom_its_policy_names(tree: Tree, route: Route, locks: Locks) -> None:
    judge = Judge(route, POLICIES[route.name], locks, state())
    askers = [Asker(who, browser, tree) for who, browser in tree.browsers.items()]
    with locked(locks, mistaken_for=tree.rooms["nib"].things["person"]):
        wrongs = [
            wrong for asker in askers if judge.concerns(asker) for wrong in judge.wrongs(asker)
        ]
    assert not wrongs, "\n".join(["", *wrongs])
