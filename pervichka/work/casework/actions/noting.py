"""Notes for those who see to an appeal; the applicant never reads them."""

from datetime import datetime

from django.db import transaction

from pervichka.register.access.actor import Actor
from pervichka.work.casework.actions.steps import locked_to_read, note_step, words
from pervichka.work.casework.models import Appeal, Step, StepKind


@transaction.atomic
def add_note(*, appeal: Appeal, text: str, by: Actor, at: datetime) -> Step:
    appeal = locked_to_read(appeal, by)
    plain = words(text, "text", message="write the note")
    return note_step(appeal, StepKind.NOTE, by=by, at=at, text=plain, fields=["note"])
