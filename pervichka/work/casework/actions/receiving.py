"""An appeal comes: from the public page, or taken down by a branch for somebody."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from pervichka.foundation.refusal import Reason, Refused, refuse
from pervichka.register.access.actor import Actor
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import Forbidden, demand
from pervichka.register.branches.models import Branch
from pervichka.register.people.contact_values import email_address, phone_number
from pervichka.work.casework import sealed, terms
from pervichka.work.casework.actions.steps import (
    TEXT_LENGTH,
    begin_round,
    day_of,
    from_above,
    note_step,
)
from pervichka.work.casework.codes import code_of
from pervichka.work.casework.models import Appeal, Channel, Status, StepKind, TellBy
from pervichka.work.casework.sealed import Applicant
from pervichka.work.casework.subjects import subjects

_NAME_LENGTH = 200
_ENTERED = frozenset({Channel.PHONE, Channel.SURGERY, Channel.DOOR})


@dataclass(frozen=True, kw_only=True)
class Given:
    """What an applicant says, as it was typed."""

    subject: str
    words: str
    name: str
    phone: str = ""
    email: str = ""
    address: str = ""
    tell_by: str = TellBy.PAGE


@dataclass(frozen=True, kw_only=True)
class Received:
    """An appeal that came, and the code that opens it to the applicant: told this once."""

    appeal: Appeal
    code: str


@transaction.atomic
def receive_appeal(
    *, branch: Branch, given: Given, agreed: bool, appeal_id: UUID, by: Actor, at: datetime
) -> Received:
    """Take an appeal from the public page to the branch that it was routed to.

    `by` is the applicant, who acts under the appeal's own id (`applicant` in the queries). Sent
    twice, it comes once. Raises `Refused` with every reason, each of which names its field.
    """
    if by.person_id != appeal_id:
        raise Forbidden(by, Permission.HANDLE_APPEALS)
    there = Appeal.objects.filter(id=appeal_id).first()
    if there is not None:
        return Received(appeal=there, code=code_of(there.id))
    applicant = check_given(given, agreed=agreed)
    appeal = _write(
        branch, given, applicant, channel=Channel.PAGE, appeal_id=appeal_id, by=by, at=at
    )
    return Received(appeal=appeal, code=code_of(appeal.id))


@transaction.atomic
def record_appeal(
    *,
    branch: Branch,
    channel: str,
    given: Given,
    appeal_id: UUID,
    by: Actor,
    at: datetime,
) -> Received:
    """Take down what somebody said by phone, in open hours or at the door; it is registered too.

    Whoever takes it down reads number and code to the applicant, or prints them. Raises `Refused`.
    """
    demand(by, Permission.HANDLE_APPEALS, branch)
    there = Appeal.objects.filter(id=appeal_id).first()
    if there is not None:
        return _the_same(there, branch)
    if channel not in _ENTERED:
        raise refuse("say how it came: by phone, in open hours or at the door")
    if branch.closed_on is not None:
        raise refuse("{code} is closed", code=branch.code)
    applicant = check_given(given, agreed=True)
    appeal = _write(branch, given, applicant, channel=channel, appeal_id=appeal_id, by=by, at=at)
    note_step(appeal, StepKind.REGISTERED, by=by, at=at, fields=["registered_at"])
    return Received(appeal=appeal, code=code_of(appeal.id))


def check_given(given: Given, *, agreed: bool) -> Applicant:
    """The applicant, with phone and e-mail as they are kept. Raises `Refused`."""
    reasons = [*_wrong_words(given)]
    phone = phone_number(given.phone) if given.phone.strip() else ""
    email = email_address(given.email) if given.email.strip() else ""
    if phone is None:
        reasons.append(Reason(message="this can't be a phone number", column="phone"))
    if email is None:
        reasons.append(Reason(message="this can't be an e-mail address", column="email"))
    address = given.address.strip()
    if not (given.phone.strip() or given.email.strip() or address):
        reasons.append(
            Reason(message="give a phone number, an e-mail or a postal address", column="phone")
        )
    reasons += _wrong_way(given)
    if not agreed:
        reasons.append(
            Reason(message="without your consent we can't keep your contacts", column="agreed")
        )
    if reasons:
        raise Refused(*reasons)
    return Applicant(name=given.name.strip(), phone=phone or "", email=email or "", address=address)


def _wrong_words(given: Given) -> list[Reason]:
    reasons = []
    if given.subject not in subjects():
        reasons.append(Reason(message="choose what it is about", column="subject"))
    if not given.words.strip():
        reasons.append(Reason(message="write what happened and what you ask for", column="words"))
    if len(given.words.strip()) > TEXT_LENGTH:
        reasons.append(
            Reason(
                message="the text is longer than {length} characters",
                params={"length": TEXT_LENGTH},
                column="words",
            )
        )
    if not given.name.strip():
        reasons.append(Reason(message="say how to address you", column="name"))
    reasons += [
        Reason(
            message="the text is longer than {length} characters",
            params={"length": _NAME_LENGTH},
            column=column,
        )
        for column, text in (("name", given.name), ("address", given.address))
        if len(text.strip()) > _NAME_LENGTH
    ]
    return reasons


def _wrong_way(given: Given) -> list[Reason]:
    if given.tell_by not in TellBy.values:
        return [Reason(message="choose how to let you know", column="tell_by")]
    if given.tell_by == TellBy.EMAIL and not given.email.strip():
        message = "give an e-mail address, since you want the answer there"
        return [Reason(message=message, column="email")]
    if given.tell_by == TellBy.PHONE and not given.phone.strip():
        message = "give a phone number, since you want to be called"
        return [Reason(message=message, column="phone")]
    if given.tell_by == TellBy.PAPER and not given.address.strip():
        message = "give a postal address, since you want the answer on paper"
        return [Reason(message=message, column="address")]
    return []


def _write(
    branch: Branch,
    given: Given,
    applicant: Applicant,
    *,
    channel: str,
    appeal_id: UUID,
    by: Actor,
    at: datetime,
) -> Appeal:
    today = day_of(at)
    by_applicant = channel == Channel.PAGE
    register_by = terms.register_by(today)
    # Until it is registered, the answer is due as if that were done on the last day for it.
    due_on = terms.answer_by(register_by if by_applicant else today)
    appeal = Appeal(
        id=appeal_id,
        branch=branch,
        origin=branch,
        channel=channel,
        subject=given.subject,
        status=Status.RECEIVED if by_applicant else Status.OPEN,
        received_at=at,
        register_by=register_by,
        registered_at=None if by_applicant else at,
        sealed_applicant=sealed.APPLICANT.seal(appeal_id, applicant.as_text()),
        sealed_words=sealed.WORDS.seal(appeal_id, given.words.strip()),
        tell_by=given.tell_by,
        agreed_at=at if by_applicant else None,
        due_on=due_on,
    )
    appeal.from_above = not by_applicant and from_above(appeal, by)
    appeal.save()
    appeal.refresh_from_db(fields=["number"])
    begin_round(appeal, due_on=due_on, at=at)
    note_step(
        appeal, StepKind.RECEIVED, by=by, at=at, fields=["subject", "words", "applicant", "channel"]
    )
    return appeal


def _the_same(appeal: Appeal, branch: Branch) -> Received:
    if appeal.origin_id != branch.id:
        raise refuse("this identifier belongs to another appeal")
    return Received(appeal=appeal, code=code_of(appeal.id))
