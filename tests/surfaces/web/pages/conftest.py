"""A small scored organisation: two regions, in one of which a branch met and two are silent."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from django.test import Client

from pervichka.foundation.periods import Month
from pervichka.register.branches.models import Branch
from pervichka.standard.facts.actions.deriving import rebuild_facts
from pervichka.standard.rulebook import shipped
from pervichka.standard.scores.actions.publishing import publish_standard
from pervichka.standard.scores.actions.scoring import score_period
from tests.builders.actors import OPERATOR
from tests.builders.branches import a_branch, a_root
from tests.builders.events import AFTER, a_held_meeting
from tests.builders.people import members
from tests.builders.users import a_user_with_post

OCTOBER = "?period=2026-10"
STANDARD = Path(shipped.__file__).parent / "branch-work.yaml"


@dataclass(frozen=True)
class Country:
    """`active` met on 12 October 2026; `silent` never did; `elsewhere` is another region's."""

    root: Branch
    region: Branch
    local: Branch
    active: Branch
    silent: Branch
    elsewhere: Branch

    def reader(self, branch: Branch, kind: str, language: str = "en") -> Client:
        """A browser signed in as the holder of a post of the branch."""
        client = Client(headers={"accept-language": language})
        client.force_login(a_user_with_post(branch=branch, kind=kind))
        return client


@pytest.fixture
def country(transactional_db: None) -> Country:
    """Scored for September and October 2026; computed from what is committed."""
    root = a_root()
    region = a_branch(code="RU-AD", level="regional", parent=root, name="Adygea")
    other = a_branch(code="RU-AL", level="regional", parent=root, name="Altai Republic")
    local = a_branch(code="RU-AD/local", level="local", parent=region, name="Local of Adygea")
    other_local = a_branch(code="RU-AL/local", level="local", parent=other)
    active = a_branch(code="RU-AD/1", parent=local, name="Primary 1", voters=600)
    silent = a_branch(code="RU-AD/2", parent=local, name="Primary 2", voters=700)
    elsewhere = a_branch(code="RU-AL/1", parent=other_local, name="Primary 1 of Altai")
    people = members(of=active, number=6)
    a_held_meeting(branch=active, came=people[:4], head_count=4, confirmed_by=people[1])
    rebuild_facts()
    publish_standard(file=STANDARD, by=OPERATOR, at=AFTER)
    for number in (9, 10):
        score_period(month=Month(2026, number), by=OPERATOR, at=AFTER)
    return Country(root, region, local, active, silent, elsewhere)
