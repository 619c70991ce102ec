"""Letters of an appeal, opened for the branch that sees to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from pervichka.register.access.actor import Actor
from pervichka.work.casework import sealed
from pervichka.work.casework.models import Appeal, Letter
from pervichka.work.casework.queries.page import may_read


@dataclass(frozen=True, kw_only=True)
class LetterLine:
    """A letter; `overdue`: its reply was due and has not come."""

    id: UUID
    authority: str
    sent_on: date
    due_on: date
    replied_on: date | None
    text: str
    reply: str
    overdue: bool


def letters_of(actor: Actor, appeal: Appeal, *, on: date) -> Sequence[LetterLine]:
    """The oldest first; none above the branch. One query."""
    if not may_read(actor, appeal):
        return []
    return [
        LetterLine(
            id=each.id,
            authority=each.authority,
            sent_on=each.sent_on,
            due_on=each.due_on,
            replied_on=each.replied_on,
            text=sealed.LETTER.open(each.id, each.sealed_text) if each.sealed_text else "",
            reply=sealed.REPLY.open(each.id, each.sealed_reply) if each.sealed_reply else "",
            overdue=each.replied_on is None and each.due_on < on,
        )
        for each in Letter.objects.filter(appeal=appeal).order_by("sent_on", "id")
    ]


def letter_of(appeal: Appeal, letter_id: UUID) -> Letter:
    """Raises `Letter.DoesNotExist`."""
    return Letter.objects.select_related("appeal").get(id=letter_id, appeal=appeal)
