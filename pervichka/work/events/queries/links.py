"""What a personal link opens: the event, and the first name of whose link it is. No other name."""

from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from pervichka.register.access.actor import Actor
from pervichka.register.access.roles import Nobody
from pervichka.work.events.codes import token_hash
from pervichka.work.events.models import Attendance, AttendanceMeans, Event, Invitation


@dataclass(frozen=True, kw_only=True)
class Opened:
    """`actor` is the invited person, acting on their own behalf."""

    actor: Actor
    event: Event
    first_name: str
    answer: str
    in_list: bool
    by_code: bool


def link_holder(token: str) -> Actor | None:
    """Whose link it is; none if nobody's: a typing error, renewed, or erased.

    The one question about a person that may be asked before it is known who asks.
    """
    with connection.cursor() as cursor:
        cursor.execute("select invitation_holder(%s)", [token_hash(token)])
        (person_id,) = cursor.fetchone()
    if person_id is None:
        return None
    return Actor(code=f"person:{person_id}", role=Nobody, scope=None, person_id=person_id)


def open_link(token: str) -> Opened | None:
    """What the token opens to its holder, who asks; none if it opens nothing."""
    invitation = (
        Invitation.objects.filter(token_hash=token_hash(token), person__isnull=False)
        .select_related("event__branch", "person")
        .first()
    )
    if invitation is None or invitation.person is None:
        return None
    person = invitation.person
    return _opened(
        Actor(code=f"person:{person.id}", role=Nobody, scope=None, person_id=person.id),
        invitation.event,
        first_name=person.first_name,
        answer=invitation.answer,
    )


def open_as(actor: Actor, event: Event, *, first_name: str = "") -> Opened:
    """The same for someone who is signed in and so needs no link."""
    answer = (
        Invitation.objects.filter(event=event, person_id__in=_own(actor))
        .values_list("answer", flat=True)
        .first()
    )
    return _opened(actor, event, first_name=first_name, answer=answer or "")


def _opened(actor: Actor, event: Event, *, first_name: str, answer: str) -> Opened:
    means = (
        Attendance.objects.filter(event=event, person_id__in=_own(actor))
        .values_list("means", flat=True)
        .first()
    )
    return Opened(
        actor=actor,
        event=event,
        first_name=first_name,
        answer=answer,
        in_list=means is not None,
        by_code=means == AttendanceMeans.CODE,
    )


def _own(actor: Actor) -> list[UUID]:
    return [] if actor.person_id is None else [actor.person_id]
