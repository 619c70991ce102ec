"""Answers to begin with: a branch writes them, all below it read them."""

from datetime import datetime

from django.db import transaction

from pervichka.foundation.journal import journal
from pervichka.foundation.refusal import Reason, Refused
from pervichka.register.access.actor import Actor
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import Forbidden, demand
from pervichka.register.branches.models import Branch
from pervichka.work.casework.actions.steps import words
from pervichka.work.casework.models import AnswerTemplate
from pervichka.work.casework.subjects import subjects

_TITLE_LENGTH = 100


@transaction.atomic
def write_template(
    *, branch: Branch, title: str, subject: str, text: str, by: Actor, at: datetime
) -> AnswerTemplate:
    """`{name}`, `{number}` and `{day}` in the text are filled from the appeal."""
    demand(by, Permission.HANDLE_APPEALS, branch)
    plain = words(text, "text", message="write the answer")
    if not title.strip() or len(title.strip()) > _TITLE_LENGTH:
        raise Refused(Reason(message="say in short what it is", column="title"))
    if subject and subject not in subjects():
        raise Refused(Reason(message="choose what it is about", column="subject"))
    template = AnswerTemplate.objects.create(
        branch=branch, title=title.strip(), subject=subject, text=plain
    )
    journal.append(by=by, at=at, action="answer_template.written", subject=template, branch=branch)
    return template


@transaction.atomic
def withdraw_template(*, template: AnswerTemplate, by: Actor, at: datetime) -> None:
    """It is offered no more; answers that began with it stay."""
    held = AnswerTemplate.objects.select_for_update(of=("self",)).select_related("branch")
    found = held.filter(id=template.id).first()
    if found is None:
        # It is read from below too; only whose scope it lies in may hold the row.
        raise Forbidden(by, Permission.HANDLE_APPEALS)
    template = found
    demand(by, Permission.HANDLE_APPEALS, template)
    if template.withdrawn_at is not None:
        return
    template.withdrawn_at = at
    template.save(update_fields=["withdrawn_at"])
    journal.append(
        by=by,
        at=at,
        action="answer_template.withdrawn",
        subject=template,
        branch=template.branch,
    )
