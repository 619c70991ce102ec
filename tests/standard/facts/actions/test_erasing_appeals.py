"""Whose appeals go along with whoever is erased from the register, and whose stay."""

import pytest

from pervichka.register.branches.acting import acting_as
from pervichka.register.people import actions
from pervichka.standard.facts.actions.erasing import erase_everywhere
from tests.builders import casework
from tests.builders.actors import OPERATOR, head_of, oneself
from tests.standard.facts.actions.appealing import written_to_branches
from tests.standard.facts.actions.test_erasing_everywhere import (
    AT,
    PHONE,
    Seeded,
    erase,
    home,
    seeded,
)

__all__ = ["home", "seeded"]
pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


def test_a_number_shared_or_not_shown_to_be_hers_destroys_nobody_elses_appeal(
    seeded: Seeded,
) -> None:
    husband, stranger = seeded.others[0], seeded.others[1]
    actions.add_contact_point(person=husband, kind="phone", value=PHONE, by=OPERATOR, at=AT)
    own = oneself(stranger)
    with acting_as(own):
        actions.add_contact_point(
            person=stranger, kind="phone", value=casework.PHONE, by=own, at=AT
        )
        erase_everywhere(person=stranger, by=own, at=AT)
    act = erase(seeded)
    # By e-mail alone: the husband may have appealed by the number.
    assert (act.counts["appeals"], act.counts.get("visits")) == (1, None)
    assert any(casework.WORDS in text for text in written_to_branches())


def test_no_branch_is_rid_of_a_complaint_by_erasing_its_number(seeded: Seeded) -> None:
    made_up = seeded.others[0]
    secretary = head_of(made_up.branch)
    with acting_as(secretary):
        actions.add_contact_point(
            person=made_up, kind="phone", value=casework.PHONE, by=secretary, at=AT
        )
        act = erase_everywhere(person=made_up, by=secretary, at=AT)
    assert "appeals" not in act.counts
    assert any(casework.WORDS in text for text in written_to_branches())
