"""Letters to authorities about an appeal, and what they reply."""

from datetime import datetime

from django.db import transaction

from pervichka.foundation.ids import new_id
from pervichka.foundation.refusal import Reason, Refused, refuse
from pervichka.register.access.actor import Actor
from pervichka.work.casework import sealed, terms
from pervichka.work.casework.actions.steps import (
    day_of,
    demand_not_forgotten,
    locked_to_read,
    note_step,
    words,
)
from pervichka.work.casework.models import Appeal, Letter, StepKind

_NAME_LENGTH = 200


@transaction.atomic
def send_letter(*, appeal: Appeal, authority: str, text: str, by: Actor, at: datetime) -> Letter:
    """Write to an authority; its reply is due by the policy. The applicant reads to whom."""
    appeal = locked_to_read(appeal, by)
    demand_not_forgotten(appeal)
    name = authority.strip()
    if not name or len(name) > _NAME_LENGTH:
        raise Refused(Reason(message="say to which authority, in short", column="authority"))
    plain = words(text, "letter", message="write the letter")
    today, id_ = day_of(at), new_id()
    letter = Letter.objects.create(
        id=id_,
        appeal=appeal,
        branch=appeal.branch,
        authority=name,
        sent_on=today,
        due_on=terms.letter_by(today),
        sealed_text=sealed.LETTER.seal(id_, plain),
    )
    note_step(appeal, StepKind.LETTER_SENT, by=by, at=at, text=name, fields=["letter"])
    return letter


@transaction.atomic
def record_reply(*, letter: Letter, text: str, by: Actor, at: datetime) -> Letter:
    """What the authority replied; told again, it stays as it was told first."""
    appeal = locked_to_read(letter.appeal, by)
    letter = Letter.objects.select_for_update(of=("self",)).get(id=letter.id, appeal=appeal)
    if letter.replied_on is not None:
        raise refuse("the reply is written down already")
    plain = words(text, "reply", message="write what was replied")
    letter.replied_on = day_of(at)
    letter.sealed_reply = sealed.REPLY.seal(letter.id, plain)
    letter.save(update_fields=["replied_on", "sealed_reply"])
    note_step(
        appeal, StepKind.LETTER_REPLIED, by=by, at=at, text=letter.authority, fields=["reply"]
    )
    return letter
