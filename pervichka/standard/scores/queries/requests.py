"""Requests for help and reported mistakes, for those who sent them and those who answer."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from pervichka.foundation.periods import Month
from pervichka.register.access.actor import Actor
from pervichka.register.access.permissions import Permission
from pervichka.register.branches.queries.units import branch_label
from pervichka.standard.scores.models import UnitRequest


@dataclass(frozen=True, kw_only=True)
class Listed:
    """A request as shown: `kind` is `help` or `mistake`; no name of whoever wrote it."""

    number: int
    kind: str
    unit_code: str
    unit_name: str
    addressee_name: str
    indicator: str
    month: Month | None
    words: str
    asked_at: datetime
    answer: str
    answered_at: datetime | None
    may_answer: bool


def awaiting(actor: Actor, *, most: int = 5) -> list[Listed]:
    """What waits for an answer by the actor's own unit, the oldest first."""
    found = _seen_by(actor).filter(answered_at=None, addressee_id=actor.branch_id)
    return [listed(request, actor) for request in found.order_by("id")[:most]]


def requests_of(branch_id: UUID, *, actor: Actor, most: int = 5) -> list[Listed]:
    """What a branch sent, the latest first."""
    found = _seen_by(actor).filter(branch_id=branch_id).order_by("-id")[:most]
    return [listed(request, actor) for request in found]


def request_numbered(number: int, *, actor: Actor) -> Listed | None:
    found = _seen_by(actor).filter(id=number).first()
    return None if found is None else listed(found, actor)


def listed(request: UnitRequest, actor: Actor) -> Listed:
    return Listed(
        number=request.id,
        kind=request.kind,
        unit_code=request.branch.code,
        unit_name=branch_label(request.branch),
        addressee_name=branch_label(request.addressee),
        indicator=request.indicator,
        month=None if request.month is None else Month.of(request.month),
        words=request.words,
        asked_at=request.asked_at,
        answer=request.answer,
        answered_at=request.answered_at,
        may_answer=request.answered_at is None
        and request.addressee_id == actor.branch_id
        and Permission.SEE_EVIDENCE in actor.permissions,
    )


def _seen_by(actor: Actor) -> QuerySet[UnitRequest]:
    if actor.scope is None or Permission.SEE_EVIDENCE not in actor.permissions:
        return UnitRequest.objects.none()
    return UnitRequest.objects.select_related("branch", "addressee").filter(
        Q(place__gte=actor.scope.start, place__lte=actor.scope.end)
    )
