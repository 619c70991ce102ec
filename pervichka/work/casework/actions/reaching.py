"""An applicant is called or written to; every look at their contacts is journalled."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from pervichka.foundation.journal import journal
from pervichka.register.access.actor import Actor
from pervichka.work.casework import sealed
from pervichka.work.casework.actions.steps import locked_to_read
from pervichka.work.casework.models import Appeal
from pervichka.work.casework.sealed import Applicant

WAYS = ("phone", "email", "address")


@dataclass(frozen=True, kw_only=True)
class Reached:
    kind: str
    value: str


@transaction.atomic
def reach_applicant(*, appeal: Appeal, way: str, by: Actor, at: datetime) -> Reached | None:
    """The contact in clear; none where there is no such one. Raises `Forbidden`."""
    appeal = locked_to_read(appeal, by)
    if appeal.sealed_applicant is None or way not in WAYS:
        return None
    known = Applicant.of_text(sealed.APPLICANT.open(appeal.id, appeal.sealed_applicant))
    value: str = getattr(known, way)
    if not value:
        return None
    journal.append(
        by=by,
        at=at,
        action="applicant.reached",
        subject=appeal,
        branch=appeal.branch,
        fields=[way],
        look=True,
    )
    return Reached(kind=way, value=value)
