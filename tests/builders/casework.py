"""Appeals for tests. Everything begins on Monday, 5 October 2026."""

from datetime import UTC, datetime, timedelta

from pervichka.foundation.ids import new_id
from pervichka.register.access.actor import Actor
from pervichka.register.branches.acting import acting_as
from pervichka.register.branches.models import Branch
from pervichka.work.casework import actions
from pervichka.work.casework.actions import Given
from pervichka.work.casework.models import Appeal, Booking, Channel, TellBy
from pervichka.work.casework.queries import applicant
from tests.builders.actors import OPERATOR

CAME = datetime(2026, 10, 5, 9, tzinfo=UTC)  # 12:00 in Moscow
REGISTERED = CAME + timedelta(days=1)
ANSWERED = CAME + timedelta(days=10)
NAME, PHONE, WORDS = "Иванова Анна Петровна", "+79000000001", "Во дворе не горит фонарь."


def given(
    *,
    subject: str = "yard",
    words: str = WORDS,
    name: str = NAME,
    phone: str = PHONE,
    email: str = "",
    address: str = "",
    tell_by: str = TellBy.PAGE,
) -> Given:
    return Given(
        subject=subject,
        words=words,
        name=name,
        phone=phone,
        email=email,
        address=address,
        tell_by=tell_by,
    )


def an_appeal(*, branch: Branch, at: datetime = CAME, what: Given | None = None) -> Appeal:
    """Sent from the public page, by the applicant and in their scope alone."""
    sender = applicant(new_id())
    assert sender.person_id is not None
    with acting_as(sender):
        received = actions.receive_appeal(
            branch=branch,
            given=what or given(),
            agreed=True,
            appeal_id=sender.person_id,
            by=sender,
            at=at,
        )
    return received.appeal


def taken_down(
    *,
    branch: Branch,
    channel: str = Channel.PHONE,
    what: Given | None = None,
    by: Actor = OPERATOR,
    at: datetime = CAME,
) -> Appeal:
    """Entered by a branch for somebody."""
    return actions.record_appeal(
        branch=branch, channel=channel, given=what or given(), appeal_id=new_id(), by=by, at=at
    ).appeal


def registered(*, branch: Branch, at: datetime = CAME) -> Appeal:
    appeal = an_appeal(branch=branch, at=at)
    return actions.register_appeal(appeal=appeal, by=OPERATOR, at=at + timedelta(days=1))


def answered(*, branch: Branch, at: datetime = CAME) -> Appeal:
    appeal = registered(branch=branch, at=at)
    return actions.answer_appeal(
        appeal=appeal, text="Фонарь заменят.", by=OPERATOR, at=at + timedelta(days=10)
    )


def applicant_of(appeal: Appeal) -> Actor:
    return applicant(appeal.id)


def a_visit(
    *,
    branch: Branch,
    begins_at: datetime,
    at: datetime = CAME,
    name: str = "Вера",
    phone: str = PHONE,
) -> Booking:
    """Open hours announced, and their first slot booked by somebody who is no user."""
    (hours,) = actions.announce_surgeries(
        branch=branch,
        begins_at=begins_at,
        ends_at=begins_at + timedelta(hours=1),
        venue="Библиотека",
        by=OPERATOR,
        at=at,
    )
    visitor = applicant(new_id())
    assert visitor.person_id is not None
    with acting_as(visitor):
        return actions.book_slot(
            surgery=hours,
            begins_at=begins_at,
            name=name,
            phone=phone,
            subject="yard",
            agreed=True,
            booking_id=visitor.person_id,
            by=visitor,
            at=at,
        )
