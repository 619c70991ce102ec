"""Whoever is erased goes out of every file that was taken along, and no other file goes."""

import pytest

from pervichka.foundation.journal.models import Entry
from pervichka.register.accounts.models import User
from pervichka.register.branches.models import Branch
from pervichka.register.disclosure.models import PeopleExport
from pervichka.register.people.actions.enrolment import move_home
from tests.builders.branches import a_branch
from tests.builders.exports import LEADS, an_export, content_of, contents
from tests.builders.people import members
from tests.standard.facts.actions.test_erasing_everywhere import (
    AT,
    CODES,
    PHONE,
    Seeded,
    erase,
    home,
    seeded,
)

__all__ = ["home", "seeded"]
pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


def test_files_of_others_and_her_own_are_destroyed(seeded: Seeded) -> None:
    before = contents()
    assert [PHONE in file for file in before].count(True) == 2
    assert [CODES[0] in file for file in before].count(True) == 1

    erase(seeded)

    assert contents() == []
    # What others asked for stays known; what was hers is gone with her user.
    assert {row.state for row in PeopleExport.objects.all()} == {"gone"}
    assert {row.user.name for row in PeopleExport.objects.all()} == {LEADS}
    assert Entry.objects.filter(action="export.destroyed").count() == 2


def test_a_file_from_before_she_moved_goes_and_one_without_her_stays(seeded: Seeded) -> None:
    anna, head = seeded.person, User.objects.get(name=LEADS)
    other = a_branch(code="RU-AD/2", parent=anna.branch.parent)
    members(of=other, number=1)
    without = an_export(user=head, branch=other, purpose="meeting", at=AT)
    beyond = a_branch(code="RU-AL", level="regional", parent=Branch.objects.get(code="RU"))
    move_home(anna, a_branch(code="RU-AL/1", parent=beyond))

    act = erase(seeded)

    assert act.counts["exports"] == 2
    assert "Анна000" in (content_of(without, at=AT) or b"").decode()
    assert [row.id for row in PeopleExport.objects.filter(state="made")] == [without.id]
