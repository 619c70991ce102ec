"""What is kept of an applicant ends with its purpose: name, contacts and every word.

The appeal itself, its days and how it ended stay, and count.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from pervichka.foundation.journal import journal
from pervichka.register.access.actor import Actor
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import demand
from pervichka.work.casework import terms
from pervichka.work.casework.models import Appeal, Attachment, Booking, Letter, Status, Step

_AT_ONCE = 500


def forget_applicants(*, by: Actor, at: datetime) -> int:
    """Destroy what is kept of appeals closed longer ago than the policy says. Returns how many."""
    demand(by, Permission.HANDLE_APPEALS)
    forgotten = 0
    while ids := list(to_forget(at).values_list("id", flat=True)[:_AT_ONCE]):
        for id_ in ids:
            forgotten += _forget(id_, by=by, at=at)
    return forgotten + _forget_visitors(by=by, at=at)


def to_forget(at: datetime) -> QuerySet[Appeal]:
    """Appeals whose applicant is kept for longer than the policy says."""
    before = at - timedelta(days=terms.policy().contacts_kept)
    return Appeal.objects.filter(status=Status.CLOSED, closed_at__lt=before, forgotten_at=None)


@transaction.atomic
def _forget(id_: UUID, *, by: Actor, at: datetime) -> int:
    waiting = to_forget(at).select_for_update(of=("self",)).select_related("branch")
    appeal = waiting.filter(id=id_).first()
    if appeal is None:
        # Reopened since it was listed, it is kept on.
        return 0
    Step.objects.filter(appeal=appeal).update(sealed_text=None)
    Letter.objects.filter(appeal=appeal).update(sealed_text=None, sealed_reply=None)
    Attachment.objects.filter(appeal=appeal).delete()
    appeal.sealed_applicant = appeal.sealed_words = None
    appeal.forgotten_at = at
    appeal.save(update_fields=["sealed_applicant", "sealed_words", "forgotten_at"])
    journal.append(
        by=by,
        at=at,
        action="applicant.forgotten",
        subject=appeal,
        branch=appeal.branch,
        fields=["applicant", "words", "steps"],
    )
    return 1


@transaction.atomic
def _forget_visitors(*, by: Actor, at: datetime) -> int:
    """Who booked a slot is kept no longer than who wrote."""
    before = at - timedelta(days=terms.policy().contacts_kept)
    old = Booking.objects.filter(begins_at__lt=before, sealed_visitor__isnull=False)
    forgotten = old.update(sealed_visitor=None)
    if forgotten:
        journal.append(
            by=by, at=at, action="applicant.forgotten", subject=("surgery_booking", "all")
        )
    return forgotten
