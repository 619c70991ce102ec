"""Whoever asked has all that they sent destroyed, at their own word; counts stay."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from pervichka.register.access.policy import Forbidden
from pervichka.register.branches.acting import acting_as
from pervichka.register.branches.models import Branch
from pervichka.register.people import erasure_log
from pervichka.standard.facts.actions.deriving import rebuild_facts
from pervichka.standard.facts.actions.erasing import erase_own_appeal, replay_erasures
from pervichka.standard.facts.models import Fact
from pervichka.work.casework import actions
from pervichka.work.casework.models import Appeal, Attachment, Booking, Letter, Outcome, Step
from pervichka.work.casework.queries import code_of, follow, known_applicant
from tests.builders.actors import OPERATOR, head_of
from tests.builders.branches import a_primary_branch
from tests.builders.casework import (
    ANSWERED,
    CAME,
    a_visit,
    an_appeal,
    answered,
    applicant_of,
    registered,
)

pytestmark = pytest.mark.django_db(transaction=True)
LATE = CAME + timedelta(days=60)


@pytest.fixture
def branch() -> Branch:
    return a_primary_branch()


@pytest.fixture(autouse=True)
def log(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(
        erasure_log, "home", SimpleNamespace(folder=lambda: tmp_path, home=lambda: tmp_path)
    )


def delete(appeal: Appeal, at=ANSWERED):
    own = applicant_of(appeal)
    with acting_as(own):
        return erase_own_appeal(record_id=appeal.id, by=own, at=at)


def kinds() -> dict[str, int]:
    rebuild_facts()
    found = list(Fact.objects.values_list("kind", flat=True))
    return {kind: found.count(kind) for kind in found}


def nothing_is_left() -> bool:
    words = Step.objects.filter(sealed_text__isnull=False).exists()
    letters = Letter.objects.exclude(sealed_text=None, sealed_reply=None).exists()
    names = Appeal.objects.exclude(sealed_applicant=None, sealed_words=None).exists()
    return not (words or letters or names or Attachment.objects.exists())


def test_every_word_goes_and_the_code_opens_nothing(branch: Branch) -> None:
    appeal = registered(branch=branch)
    actions.send_letter(appeal=appeal, authority="Горсвет", text="Да.", by=OPERATOR, at=CAME)
    actions.add_note(appeal=appeal, text="Звонила дважды", by=OPERATOR, at=CAME)
    actions.add_file(appeal=appeal, content=b"%PDF-1.4", by=OPERATOR, at=CAME)
    assert not nothing_is_left()

    act = delete(appeal)

    assert act is not None
    assert act.counts == {"appeals": 1, "appeal_files": 1}
    assert nothing_is_left()
    with acting_as(applicant_of(appeal)):
        assert follow(applicant_of(appeal)) is None
    code = code_of(appeal.id)
    known = known_applicant(number=str(appeal.number), code=code, address="192.0.2.1", at=ANSWERED)
    assert known is None
    assert delete(appeal) is None


def test_nobody_deletes_anothers(branch: Branch) -> None:
    appeal, other = an_appeal(branch=branch), an_appeal(branch=branch)
    for by in (applicant_of(other), head_of(branch)):
        with acting_as(by), pytest.raises(Forbidden):
            erase_own_appeal(record_id=appeal.id, by=by, at=CAME)
    assert Appeal.objects.get(id=appeal.id).sealed_words is not None


def test_gone_before_its_deadline_nothing_was_due(branch: Branch) -> None:
    """Else a branch would talk people out of it."""
    delete(registered(branch=branch), at=CAME + timedelta(days=3))
    assert kinds() == {}
    assert Appeal.objects.get().rounds.get().outcome == Outcome.WITHDRAWN


def test_gone_when_it_was_late_it_stays_late(branch: Branch) -> None:
    """Else a branch would ask for it."""
    delete(registered(branch=branch), at=LATE)
    assert kinds() == {"appeal.due": 1}


def test_how_a_closed_one_ended_stays(branch: Branch) -> None:
    appeal = answered(branch=branch)
    with acting_as(applicant_of(appeal)):
        actions.confirm_solved(appeal=appeal, by=applicant_of(appeal), at=ANSWERED)
    before = kinds()
    assert before["appeal.solved"] == 1
    delete(appeal, at=LATE)
    assert kinds() == before


def test_answered_and_not_settled_it_counts_as_answered_and_not_as_closed(branch: Branch) -> None:
    delete(answered(branch=branch))
    assert kinds() == {"appeal.due": 1, "appeal.answered_on_time": 1}


def test_a_visit_is_called_off_and_its_visitor_gone(branch: Branch) -> None:
    booking = a_visit(branch=branch, begins_at=CAME + timedelta(days=2))
    own = applicant_of(booking)
    with acting_as(own):
        act = erase_own_appeal(record_id=booking.id, by=own, at=CAME)
    assert act is not None
    assert act.counts == {"visits": 1}
    gone = Booking.objects.get()
    assert gone.sealed_visitor is None
    assert gone.cancelled_at == CAME
    assert gone.begins_at in actions.free_slots(gone.surgery, at=CAME)


def test_a_backup_that_has_them_loses_them_again(branch: Branch) -> None:
    appeal = registered(branch=branch)
    kept = Appeal.objects.filter(id=appeal.id).values().get()
    delete(appeal)
    columns = ("status", "closed_at", "forgotten_at", "sealed_applicant", "sealed_words")
    Appeal.objects.filter(id=appeal.id).update(**{name: kept[name] for name in columns})

    assert replay_erasures(by=OPERATOR, at=LATE) == 1

    assert nothing_is_left()
    assert replay_erasures(by=OPERATOR, at=LATE) == 0
