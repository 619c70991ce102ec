"""What applicants are still to be told: the one seam for whoever sends.

This room sends nothing. Whoever does asks `to_be_told`, sends, and calls `mark_told`, which says
whether it was the first to; until then the same stands on the applicant's page and prints.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from pervichka.register.access.actor import Actor
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import demand
from pervichka.work.casework import sealed
from pervichka.work.casework.models import Step, TellBy
from pervichka.work.casework.sealed import Applicant

_AT_ONCE = 100


@dataclass(frozen=True, kw_only=True)
class ToTell:
    """A step that an applicant wants to hear of. `kind` says what; `text` is what was written."""

    appeal_id: UUID
    step_id: UUID
    number: int
    kind: str
    text: str
    to: str


def to_be_told(actor: Actor, *, through: str, limit: int = _AT_ONCE) -> Sequence[ToTell]:
    """The oldest first; `through` is `email`, `phone` or `paper`. One query.

    Only for the local operator and background work: it opens contacts without a look at each.
    """
    demand(actor, Permission.LOAD_IN_BULK)
    field = {TellBy.EMAIL: "email", TellBy.PHONE: "phone", TellBy.PAPER: "address"}[TellBy(through)]
    waiting = Step.objects.filter(
        public=True, told_at=None, appeal__tell_by=through, appeal__forgotten_at=None
    ).select_related("appeal")
    found = []
    for step in waiting.order_by("at", "id")[:limit]:
        appeal = step.appeal
        if appeal.sealed_applicant is None or step.by == f"applicant:{appeal.id}":
            continue
        known = Applicant.of_text(sealed.APPLICANT.open(appeal.id, appeal.sealed_applicant))
        found.append(
            ToTell(
                appeal_id=appeal.id,
                step_id=step.id,
                number=appeal.number,
                kind=step.kind,
                text=sealed.STEP.open(step.id, step.sealed_text) if step.sealed_text else "",
                to=getattr(known, field),
            )
        )
    return found
