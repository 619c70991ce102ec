"""Many appeals of the past with all that belongs to them, written at once, as one act.

Rows come in clear and are sealed on the way. Facts are not derived from the journal then: whoever
loads rebuilds them afterwards.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from django.db import transaction

from pervichka.foundation import vault
from pervichka.foundation.journal import journal
from pervichka.register.access.actor import Actor
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import demand
from pervichka.register.branches.actions.bulk import copy_in
from pervichka.work.casework import sealed
from pervichka.work.casework.sealed import Applicant


class AppealRow(NamedTuple):
    """Fields in the order in which they are written; who asks and what, in clear."""

    id: UUID
    branch_id: UUID
    place: int
    channel: str
    subject: str
    origin_id: UUID
    status: str
    received_at: datetime
    register_by: date
    registered_at: datetime | None
    tell_by: str
    agreed_at: datetime | None
    from_above: bool
    due_on: date
    closed_at: datetime | None
    sealed_applicant: Applicant
    sealed_words: str


class RoundRow(NamedTuple):
    id: UUID
    branch_id: UUID
    place: int
    appeal_id: UUID
    number: int
    opened_at: datetime
    due_on: date
    extended_at: datetime | None
    answered_at: datetime | None
    settled_at: datetime | None
    outcome: str
    confirmed_by: str
    rating: int | None


class StepRow(NamedTuple):
    id: UUID
    branch_id: UUID
    place: int
    appeal_id: UUID
    kind: str
    public: bool
    at: datetime
    by: str
    told_through: str
    sealed_text: str


class SurgeryRow(NamedTuple):
    id: UUID
    branch_id: UUID
    place: int
    begins_at: datetime
    ends_at: datetime
    slot_minutes: int
    venue: str
    status: str
    announced_at: datetime
    held_at: datetime | None
    came: int | None
    cancel_reason: str
    cancelled_at: datetime | None
    held_from_above: bool


class TemplateRow(NamedTuple):
    id: UUID
    branch_id: UUID
    place: int
    title: str
    subject: str
    text: str


@transaction.atomic
def load_appeals(
    *,
    appeals: Iterable[AppealRow],
    rounds: Iterable[RoundRow],
    steps: Iterable[StepRow],
    surgeries: Iterable[SurgeryRow],
    templates: Iterable[TemplateRow],
    by: Actor,
    at: datetime,
) -> None:
    """Write appeals as they were, wherever they were; constraints hold as for any write."""
    demand(by, Permission.LOAD_IN_BULK)
    keys = vault.ring()
    copy_in("appeal", AppealRow._fields, (_appeal(row, keys) for row in appeals))
    copy_in("appeal_round", RoundRow._fields, rounds)
    copy_in("appeal_step", StepRow._fields, (_step(row, keys) for row in steps))
    copy_in("surgery", SurgeryRow._fields, surgeries)
    copy_in("answer_template", TemplateRow._fields, templates)
    journal.append(by=by, at=at, action="appeals.loaded", subject=("appeals", "all"))


def _appeal(row: AppealRow, keys: vault.Ring) -> tuple[object, ...]:
    who = sealed.APPLICANT.seal(row.id, row.sealed_applicant.as_text(), keys)
    return (*row[:-2], who, sealed.WORDS.seal(row.id, row.sealed_words, keys))


def _step(row: StepRow, keys: vault.Ring) -> tuple[object, ...]:
    text = sealed.STEP.seal(row.id, row.sealed_text, keys) if row.sealed_text else None
    return (*row[:-1], text)
