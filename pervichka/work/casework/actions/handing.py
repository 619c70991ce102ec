"""Who sees to an appeal: a post of the branch, or a branch above or below."""

from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from pervichka.foundation.refusal import Reason, Refused, refuse
from pervichka.register.access.actor import Actor
from pervichka.register.branches.models import Branch
from pervichka.register.branches.queries.finding import line_of
from pervichka.register.posts.models import Post
from pervichka.work.casework.actions.steps import (
    day_of,
    locked_to_handle,
    locked_to_read,
    note_step,
    words,
)
from pervichka.work.casework.models import OPEN, Appeal, StepKind


@transaction.atomic
def assign_appeal(*, appeal: Appeal, post_id: UUID | None, by: Actor, at: datetime) -> Appeal:
    """Give it to a post of the branch, or to nobody in particular."""
    appeal = locked_to_read(appeal, by)
    post = None
    if post_id is not None:
        post = Post.objects.filter(id=post_id, branch=appeal.branch, closed_on=None).first()
        if post is None:
            raise refuse("this post is not of the branch that sees to it")
    if appeal.assigned_to_id == (post.id if post else None):
        return appeal
    appeal.assigned_to = post
    appeal.save(update_fields=["assigned_to"])
    note_step(appeal, StepKind.ASSIGNED, by=by, at=at, fields=["assigned_to"])
    return appeal


@transaction.atomic
def forward_appeal(*, appeal: Appeal, to: Branch, reason: str, by: Actor, at: datetime) -> Appeal:
    """Hand it to the branch above or to one right below, whose matter it is; the deadline stays.

    Sent up, it leaves the sender's sight. The applicant reads where it went.
    """
    appeal = locked_to_read(appeal, by)
    plain = words(reason, "reason", message="say why: those who get it will read it")
    if to.id not in {branch.id for branch in line_of(appeal.branch, on=day_of(at))}:
        raise Refused(Reason(message="it goes to a branch above or right below", column="to"))
    return _hand_over(appeal, to, plain, by=by, at=at)


@transaction.atomic
def take_over(*, appeal: Appeal, reason: str, by: Actor, at: datetime) -> Appeal:
    """The unit above sees to it itself from now on, and so reads who asks. Journalled."""
    appeal = locked_to_handle(appeal, by)
    plain = words(reason, "reason", message="say why you take it over")
    if by.branch_id is None:
        raise refuse("only a branch can see to an appeal")
    if by.branch_id == appeal.branch_id:
        return appeal
    return _hand_over(appeal, Branch.objects.get(id=by.branch_id), plain, by=by, at=at)


def _hand_over(appeal: Appeal, to: Branch, reason: str, *, by: Actor, at: datetime) -> Appeal:
    if appeal.status not in OPEN:
        raise refuse("it is answered already")
    if appeal.assigned_to_id is not None:
        appeal.assigned_to = None
        appeal.save(update_fields=["assigned_to"])
    note_step(appeal, StepKind.FORWARDED, by=by, at=at, text=reason, to=to, fields=["branch"])
    with connection.cursor() as cursor:
        # Where it goes may lie outside the sender's scope: the database writes it there.
        cursor.execute("select appeal_hand_over(%s, %s)", [appeal.id, to.id])
    appeal.branch, appeal.place = to, to.place
    return appeal
