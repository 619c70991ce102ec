"""What is kept of whoever asked ends: with its purpose, or at their own word.

Name, contacts, files and every word go at once. The appeal itself, its days and how it ended stay,
and count.
"""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from pervichka.foundation import vault
from pervichka.foundation.journal import journal
from pervichka.register.access.actor import Actor
from pervichka.register.access.permissions import Permission
from pervichka.register.access.policy import Forbidden
from pervichka.register.access.roles import Operator
from pervichka.work.casework import sealed
from pervichka.work.casework.actions.steps import current_round, locked, note_step
from pervichka.work.casework.models import (
    Appeal,
    Attachment,
    Booking,
    Letter,
    Outcome,
    Status,
    Step,
    StepKind,
)
from pervichka.work.casework.sealed import Applicant

_BATCH = 1_000


def forget_applicants(keys: Sequence[UUID], by: Actor, at: datetime) -> None:
    """Closed appeals of these ids, whose time is over."""
    for id_ in keys:
        with transaction.atomic():
            appeal = locked(Appeal(id=id_))
            # Reopened since it was listed, it is kept on.
            if appeal.status == Status.CLOSED and appeal.forgotten_at is None:
                _destroy(appeal, by=by, at=at)


def forget_visitors(keys: Sequence[UUID], by: Actor, at: datetime) -> None:
    """Bookings of these ids: who booked is kept no longer than who wrote."""
    for booking in Booking.objects.filter(id__in=keys).select_related("branch"):
        _destroy_visitor(booking, by=by, at=at)


@transaction.atomic
def withdraw_own(*, record_id: UUID, by: Actor, at: datetime) -> dict[str, int]:
    """All that was kept of whoever made this appeal or booking, at their own word.

    `by` is they themselves, by number and code, or the local operator whom they asked. Called in
    sight of the whole tree: notes and letters belong to it too, and applicants never see those. How
    much of what was destroyed; nothing where there is no such record. Raises `Forbidden`.
    """
    if by.person_id != record_id and by.role is not Operator:
        raise Forbidden(by, Permission.HANDLE_APPEALS)
    return _withdraw([record_id], by=by, at=at)


@transaction.atomic
def withdraw_all_of(
    *, contacts: Collection[tuple[str, str]], by: Actor, at: datetime
) -> dict[str, int]:
    """The same for every appeal and booking made with one of these numbers or addresses.

    For whoever erases a person everywhere, which is where the right to is asked for. They lie
    sealed and under no index, so that nobody can be looked for by them: each is opened, once.
    """
    wanted = {value for _kind, value in contacts}
    return _withdraw([*_made_with(wanted)], by=by, at=at) if wanted else {}


def _made_with(contacts: Collection[str]) -> Iterator[UUID]:
    keys = vault.ring()
    for cell, rows in (
        (sealed.APPLICANT, Appeal.objects.filter(forgotten_at=None)),
        (sealed.VISITOR, Booking.objects.filter(sealed_visitor__isnull=False)),
    ):
        for id_, kept in rows.values_list("id", cell.column).iterator(chunk_size=_BATCH):
            try:
                known = Applicant.of_text(cell.open(id_, kept, keys))
            except vault.Unopenable:
                # Damaged: nobody reads it any more.
                continue
            if known.phone in contacts or known.email in contacts:
                yield id_


def _withdraw(ids: Sequence[UUID], *, by: Actor, at: datetime) -> dict[str, int]:
    counts = {"appeals": 0, "appeal_files": 0, "visits": 0}
    for id_ in Appeal.objects.filter(id__in=ids, forgotten_at=None).values_list("id", flat=True):
        appeal = locked(Appeal(id=id_))
        _end(appeal, by=by, at=at)
        counts["appeal_files"] += _destroy(appeal, by=by, at=at)
        counts["appeals"] += 1
    for booking in Booking.objects.filter(id__in=ids, sealed_visitor__isnull=False):
        if booking.cancelled_at is None and booking.begins_at > at:
            booking.cancelled_at = at
            booking.save(update_fields=["cancelled_at"])
        _destroy_visitor(booking, by=by, at=at)
        counts["visits"] += 1
    return {name: number for name, number in counts.items() if number}


def _end(appeal: Appeal, *, by: Actor, at: datetime) -> None:
    """Whatever still went on ends; how a closed one ended stays."""
    if appeal.status == Status.CLOSED:
        return
    last = current_round(appeal)
    if not last.outcome:
        last.outcome, last.settled_at = Outcome.WITHDRAWN, at
        last.save(update_fields=["outcome", "settled_at"])
    appeal.status, appeal.closed_at = Status.CLOSED, at
    appeal.registered_at = appeal.registered_at or at
    appeal.save(update_fields=["status", "closed_at", "registered_at"])
    note_step(appeal, StepKind.WITHDRAWN, by=by, at=at, fields=["outcome"])


def _destroy(appeal: Appeal, *, by: Actor, at: datetime) -> int:
    """How many files went along."""
    Step.objects.filter(appeal=appeal).update(sealed_text=None)
    Letter.objects.filter(appeal=appeal).update(sealed_text=None, sealed_reply=None)
    files, _ = Attachment.objects.filter(appeal=appeal).delete()
    appeal.sealed_applicant = appeal.sealed_words = None
    appeal.forgotten_at = at
    appeal.save(update_fields=["sealed_applicant", "sealed_words", "forgotten_at"])
    journal.append(
        by=by,
        at=at,
        action="applicant.forgotten",
        subject=appeal,
        branch=appeal.branch,
        fields=["applicant", "words", "steps", "letters", "files"],
    )
    return files


def _destroy_visitor(booking: Booking, *, by: Actor, at: datetime) -> None:
    booking.sealed_visitor = None
    booking.save(update_fields=["sealed_visitor"])
    journal.append(
        by=by,
        at=at,
        action="applicant.forgotten",
        subject=booking,
        branch=booking.branch,
        fields=["visitor"],
    )
