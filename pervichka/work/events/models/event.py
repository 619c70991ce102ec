"""A meeting or an event: when and where, whether it took place, how many heads were counted."""

import secrets
from typing import Final

from django.db import models
from django.db.models import F, Q

from pervichka.foundation.ids import new_id
from pervichka.foundation.postgres.scope import Scope
from pervichka.register.branches.placed import Placed
from pervichka.register.people.models import Person

_SECRET_BYTES = 16


class EventKind(models.TextChoices):
    """What people come together for. The first four are meetings: they decide, by a quorum."""

    GENERAL_MEETING = "general_meeting"
    COUNCIL = "council"
    PRESIDIUM = "presidium"
    CONFERENCE = "conference"
    RESIDENTS = "residents"  # a meeting with the people of the neighbourhood
    COMMUNITY_WORK = "community_work"
    LECTURE = "lecture"
    CELEBRATION = "celebration"
    OTHER = "other"


MEETINGS: Final = frozenset(
    {EventKind.GENERAL_MEETING, EventKind.COUNCIL, EventKind.PRESIDIUM, EventKind.CONFERENCE}
)


class EventStatus(models.TextChoices):
    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"


def new_secret() -> str:
    return secrets.token_hex(_SECRET_BYTES)


class Event(Placed):
    """A meeting or an event of a branch.

    `planned_at` is when it was entered: after `starts_at` means entered late. `electorate` and
    `quorum` are how many had a vote on the day and how many of them had to come; both are settled
    when the meeting is held, so that nobody's later joining or leaving changes the past.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.TextField(choices=EventKind)
    title = models.TextField()
    description = models.TextField(blank=True, default="")
    venue = models.TextField(blank=True, default="")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    status = models.TextField(choices=EventStatus, default=EventStatus.PLANNED)
    needs_quorum = models.BooleanField(default=False)
    planned_at = models.DateTimeField()
    held_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    cancel_reason = models.TextField(blank=True, default="")

    # The rotating code is computed from the secret while check-in is open; no code is stored.
    check_in_secret = models.TextField(default=new_secret, editable=False)
    check_in_opened_at = models.DateTimeField(null=True)
    check_in_closed_at = models.DateTimeField(null=True)

    head_count = models.IntegerField(null=True)
    head_counted_at = models.DateTimeField(null=True)
    head_counted_by = models.ForeignKey(
        Person, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    # The moment outlives the person: erasing who confirmed unconfirms nothing.
    head_count_confirmed_at = models.DateTimeField(null=True)
    # As of an attendance: counted by another unit and not yet confirmed by the branch's secretary.
    head_count_from_above = models.BooleanField(default=False, db_default=False)
    head_count_confirmed_by = models.ForeignKey(
        Person, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    electorate = models.IntegerField(null=True)
    quorum = models.IntegerField(null=True)

    class Meta:
        db_table = "event"
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=EventKind.values), name="event_kind"),
            models.CheckConstraint(condition=Q(status__in=EventStatus.values), name="event_status"),
            models.CheckConstraint(condition=~Q(title=""), name="event_titled"),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gt=F("starts_at")), name="event_ends_after"
            ),
            models.CheckConstraint(
                condition=Q(status=EventStatus.HELD, held_at__isnull=False)
                | (~Q(status=EventStatus.HELD) & Q(held_at=None)),
                name="event_held",
            ),
            models.CheckConstraint(
                condition=(
                    Q(status=EventStatus.CANCELLED, cancelled_at__isnull=False)
                    & ~Q(cancel_reason="")
                )
                | (~Q(status=EventStatus.CANCELLED) & Q(cancelled_at=None, cancel_reason="")),
                name="event_cancelled_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(head_count=None, head_counted_at=None)
                | Q(head_count__gte=1, head_counted_at__isnull=False),
                name="event_head_count",
            ),
            models.CheckConstraint(
                condition=Q(head_count_confirmed_at=None)
                | Q(head_counted_at__lte=F("head_count_confirmed_at")),
                name="event_confirmed_after_counted",
            ),
            # Whoever counted can't be the one who confirms.
            models.CheckConstraint(
                condition=Q(head_counted_by=None)
                | Q(head_count_confirmed_by=None)
                | ~Q(head_counted_by=F("head_count_confirmed_by")),
                name="event_confirmed_by_another",
            ),
            models.CheckConstraint(
                condition=Q(electorate=None, quorum=None) | Q(electorate__gte=0, quorum__gte=1),
                name="event_quorum",
            ),
        ]
        indexes = [
            models.Index(fields=["place", "-starts_at"], name="event_place_starts"),
            models.Index(fields=["-starts_at"], name="event_starts"),
        ]

    @classmethod
    def own(cls, scope: Scope) -> Q:
        """Those that the person was asked to, or came to."""
        if scope.person_id is None:
            return Q()
        asked = cls._base_manager.filter(invitations__person=scope.person_id)
        came = cls._base_manager.filter(attendances__person=scope.person_id)
        return Q(id__in=asked.values("id")) | Q(id__in=came.values("id"))

    def __str__(self) -> str:
        return f"{self.kind} {self.starts_at:%Y-%m-%d}"

    @property
    def is_meeting(self) -> bool:
        return self.kind in MEETINGS
