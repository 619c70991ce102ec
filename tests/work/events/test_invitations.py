"""Inviting people and their answers."""

from datetime import timedelta

import pytest

from pervichka.foundation.journal.models import Entry
from pervichka.foundation.refusal import Refused
from pervichka.register.access.policy import Forbidden
from pervichka.register.people.actions import erase_person
from pervichka.register.people.models import AffiliationKind
from pervichka.work.events import actions, queries
from pervichka.work.events.models import Answer, AnswerMeans, Invitation
from tests.builders.actors import OPERATOR, head_of, oneself
from tests.builders.branches import a_branch, a_primary_branch
from tests.builders.events import DURING, PLANNED, STARTS, a_meeting
from tests.builders.people import a_person, members

pytestmark = pytest.mark.django_db

MEMBERS = [AffiliationKind.MEMBER]


def test_invites_the_chosen_affiliations_of_the_branch_and_below() -> None:
    branch = a_primary_branch()
    local = branch.parent
    assert local is not None
    members(of=branch, number=2)
    a_person(branch=branch, affiliation=AffiliationKind.CONTACT)
    a_person(branch=a_branch(code="RU-AD/2", parent=local))

    from_below = actions.invite(
        event=a_meeting(branch=local), affiliations=MEMBERS, by=OPERATOR, at=PLANNED
    )
    own = actions.invite(
        event=a_meeting(branch=branch), affiliations=MEMBERS, by=OPERATOR, at=PLANNED
    )

    assert (len(from_below), len(own)) == (3, 2)


def test_nobody_is_invited_before_they_are_known() -> None:
    branch = a_primary_branch()
    contact = AffiliationKind.CONTACT
    a_person(branch=branch, affiliation=contact)
    a_person(branch=branch, affiliation=contact, since=STARTS.date())

    links = actions.invite(
        event=a_meeting(branch=branch), affiliations=[contact], by=OPERATOR, at=PLANNED
    )

    assert len(links) == 1


def test_a_link_opens_the_event_for_that_person_and_is_not_stored() -> None:
    branch = a_primary_branch()
    anna = a_person(branch=branch)
    event = a_meeting(branch=branch)

    (link,) = actions.invite(event=event, affiliations=MEMBERS, by=OPERATOR, at=PLANNED)

    opened = queries.open_link(link.token.lower().replace("-", " "))
    assert opened is not None
    assert (opened.event, opened.first_name) == (event, "Анна")
    assert opened.actor.person_id == anna.id
    assert link.token not in str(list(Invitation.objects.values()))


def test_invited_twice_gets_one_invitation_and_keeps_the_link() -> None:
    branch = a_primary_branch()
    a_person(branch=branch)
    event = a_meeting(branch=branch)
    (link,) = actions.invite(event=event, affiliations=MEMBERS, by=OPERATOR, at=PLANNED)

    again = actions.invite(event=event, affiliations=MEMBERS, by=OPERATOR, at=PLANNED)

    assert again == []
    assert queries.open_link(link.token) is not None


def test_a_renewed_link_replaces_the_old() -> None:
    branch = a_primary_branch()
    anna = a_person(branch=branch)
    event = a_meeting(branch=branch)
    (old,) = actions.invite(event=event, affiliations=MEMBERS, by=OPERATOR, at=PLANNED)

    new = actions.renew_link(event=event, person_id=anna.id, by=OPERATOR, at=PLANNED)

    assert queries.open_link(old.token) is None
    assert queries.open_link(new.token) is not None


def test_the_invited_answer_for_themselves_and_change_their_mind() -> None:
    branch = a_primary_branch()
    anna = a_person(branch=branch)
    event = a_meeting(branch=branch)
    actions.invite(event=event, affiliations=MEMBERS, by=OPERATOR, at=PLANNED)

    for answer in (Answer.UNSURE, Answer.YES, Answer.YES):
        actions.answer_invitation(event=event, answer=answer, by=oneself(anna), at=PLANNED)

    answers = queries.answers_of(event)
    assert (answers.invited, answers.yes, answers.unsure, answers.silent) == (1, 1, 0, 0)
    assert Entry.objects.filter(action="event.answered").count() == 2


def test_the_branch_writes_down_an_answer_but_not_over_the_persons_own() -> None:
    branch = a_primary_branch()
    anna = a_person(branch=branch)
    event = a_meeting(branch=branch)
    actions.invite(event=event, affiliations=MEMBERS, by=OPERATOR, at=PLANNED)

    noted = actions.record_answer(
        event=event, person_id=anna.id, answer=Answer.NO, by=OPERATOR, at=PLANNED
    )
    assert noted.answered_through == AnswerMeans.BRANCH
    actions.answer_invitation(event=event, answer=Answer.YES, by=oneself(anna), at=PLANNED)

    with pytest.raises(Refused, match="answered for themselves"):
        actions.record_answer(
            event=event, person_id=anna.id, answer=Answer.NO, by=OPERATOR, at=PLANNED
        )


@pytest.mark.parametrize("answer", ["", "maybe"])
def test_other_answers_are_refused(answer: str) -> None:
    branch = a_primary_branch()
    anna = a_person(branch=branch)
    event = a_meeting(branch=branch)
    actions.invite(event=event, affiliations=MEMBERS, by=OPERATOR, at=PLANNED)

    with pytest.raises(Refused, match="three answers"):
        actions.answer_invitation(event=event, answer=answer, by=oneself(anna), at=PLANNED)


def test_who_was_not_invited_cannot_answer() -> None:
    branch = a_primary_branch()
    anna = a_person(branch=branch)

    with pytest.raises(Refused, match="was not invited"):
        actions.answer_invitation(
            event=a_meeting(branch=branch), answer=Answer.YES, by=oneself(anna), at=PLANNED
        )


def test_nobody_is_invited_or_answers_once_it_has_begun() -> None:
    branch = a_primary_branch()
    anna = a_person(branch=branch)
    event = a_meeting(branch=branch)
    actions.invite(event=event, affiliations=MEMBERS, by=OPERATOR, at=PLANNED)

    with pytest.raises(Refused, match="has begun"):
        actions.invite(event=event, affiliations=MEMBERS, by=OPERATOR, at=DURING)
    with pytest.raises(Refused, match="has begun"):
        actions.answer_invitation(
            event=event, answer=Answer.YES, by=oneself(anna), at=STARTS + timedelta(seconds=1)
        )


def test_a_secretary_invites_no_one_from_elsewhere() -> None:
    branch = a_primary_branch()
    assert branch.parent is not None
    event = a_meeting(branch=branch)

    with pytest.raises(Forbidden):
        actions.invite(
            event=event,
            affiliations=MEMBERS,
            branch=branch.parent,
            by=head_of(branch),
            at=PLANNED,
        )


def test_an_erased_persons_link_is_dead_and_the_invitation_still_counts() -> None:
    branch = a_primary_branch()
    anna = a_person(branch=branch)
    event = a_meeting(branch=branch)
    (link,) = actions.invite(event=event, affiliations=MEMBERS, by=OPERATOR, at=PLANNED)

    erase_person(person=anna, by=OPERATOR, at=PLANNED)

    assert queries.open_link(link.token) is None
    assert queries.answers_of(event).invited == 1
