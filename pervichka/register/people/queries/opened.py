"""For what reasons a person's name was opened from above their branch."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils.translation import get_language

from pervichka.register.access.actor import Actor
from pervichka.register.people.models import OpenedName, Person
from pervichka.register.people.queries.visible import people_visible_to
from pervichka.register.people.reasons import QUICK, REASON_HOLDS


@dataclass(frozen=True, kw_only=True)
class OpenedReason:
    """`reason` is in the reader's language where it was a quick choice, else as it was written.

    `actor` is the journal's code of whoever opened the name.
    """

    at: datetime
    actor: str
    reason: str


def reasons_for(person_id: UUID) -> Sequence[OpenedReason]:
    """Why the person's name was opened, the latest first.

    For the person themself, and for whoever's scope holds them: the scope in force decides.
    """
    rows = OpenedName.objects.filter(person=person_id).order_by("-opened_at", "-id")
    return [
        OpenedReason(at=row.opened_at, actor=row.actor, reason=reason_text(row.reason))
        for row in rows
    ]


def has_reason(person_id: UUID, *, by: Actor, at: datetime) -> bool:
    """Whether the actor gave a reason for this person that still holds."""
    return OpenedName.objects.filter(_holding(by, at), person=person_id).exists()


def opened_names(codes: Iterable[str], *, by: Actor, at: datetime) -> Mapping[str, Person]:
    """Of these people, by the codes that facts know them by, those whose names are open.

    Open are the names for which the actor gave a reason that still holds. One query.
    """
    open_to_me = OpenedName.objects.filter(_holding(by, at)).values("person_id")
    found = people_visible_to(by).filter(code__in=set(codes), id__in=open_to_me)
    return {person.code: person for person in found}


def reason_text(reason: str) -> str:
    """A reason in the reader's language, if it was one of the quick choices."""
    language = "ru" if (get_language() or "ru").startswith("ru") else "en"
    return QUICK[reason][language] if reason in QUICK else reason


def quick_reasons() -> Sequence[tuple[str, str]]:
    """The quick choices: codes and words."""
    return [(code, reason_text(code)) for code in QUICK]


def _holding(by: Actor, at: datetime) -> Q:
    return Q(actor=by.code, opened_at__gt=at - REASON_HOLDS, opened_at__lte=at)
