"""Answers to begin with, and what they say for one appeal."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone
from django.utils.formats import date_format

from pervichka.register.access.actor import Actor
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import demand
from pervichka.register.branches.queries.units import branch_label
from pervichka.work.casework.models import AnswerTemplate, Appeal
from pervichka.work.casework.queries.page import applicant_of

NAMES = {"ru": ("{имя}", "{номер}", "{день}"), "en": ("{name}", "{number}", "{day}")}
"""What is filled in, as whoever writes a template spells it in their language."""


@dataclass(frozen=True, kw_only=True)
class TemplateLine:
    """`own`: of the reader's own branch, who may withdraw it."""

    id: UUID
    title: str
    subject: str
    text: str
    branch_label: str
    own: bool


def templates_for(actor: Actor, *, subject: str = "") -> Sequence[TemplateLine]:
    """Those of the actor's branch and above, about that subject or any. One query."""
    demand(actor, Permission.HANDLE_APPEALS)
    found = AnswerTemplate.objects.filter(withdrawn_at=None).select_related("branch")
    if actor.scope is not None:
        found = found.filter(place__lte=actor.scope.start, branch__place_end__gte=actor.scope.end)
    if subject:
        found = found.filter(subject__in=["", subject])
    return [
        TemplateLine(
            id=each.id,
            title=each.title,
            subject=each.subject,
            text=each.text,
            branch_label=branch_label(each.branch),
            own=each.branch_id == actor.branch_id,
        )
        for each in found.order_by("title", "id")
    ]


def template_of(actor: Actor, template_id: UUID) -> AnswerTemplate:
    """Raises `AnswerTemplate.DoesNotExist` also for one out of sight."""
    demand(actor, Permission.HANDLE_APPEALS)
    return AnswerTemplate.objects.select_related("branch").get(id=template_id, withdrawn_at=None)


def filled(text: str, appeal: Appeal) -> str:
    """The text for one appeal; whatever else stands in braces stays as it is."""
    known = applicant_of(appeal)
    values = (
        known.name if known else "",
        str(appeal.number),
        date_format(timezone.localtime(appeal.received_at), "DATE_FORMAT"),
    )
    for names in NAMES.values():
        for name, value in zip(names, values, strict=True):
            text = text.replace(name, value)
    return text
