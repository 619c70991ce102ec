"""An appeal: what somebody asked for, where, and which branch sees to it."""

from typing import Final

from django.db import models
from django.db.models import Q

from pervichka.foundation.ids import new_id
from pervichka.foundation.postgres.scope import Scope
from pervichka.register.branches.models import Branch
from pervichka.register.branches.placed import Placed
from pervichka.register.posts.models import Post


class NextNumber(models.Func):
    """The next of the numbers that applicants are told."""

    template = "nextval('appeal_number')"
    output_field = models.BigIntegerField()


class Channel(models.TextChoices):
    """How it came. All but the first were entered by a branch for the applicant."""

    PAGE = "page"
    PHONE = "phone"
    SURGERY = "surgery"
    DOOR = "door"


class TellBy(models.TextChoices):
    """How the applicant wants to hear of it; what can't be sent stands on the status page."""

    PAGE = "page"
    EMAIL = "email"
    PHONE = "phone"
    PAPER = "paper"


class Status(models.TextChoices):
    RECEIVED = "received"  # came, and is not registered yet
    OPEN = "open"
    ANSWERED = "answered"  # and nobody has said yet whether that solves it
    CLOSED = "closed"


OPEN: Final = frozenset({Status.RECEIVED, Status.OPEN})


class Appeal(Placed):
    """An appeal. `branch` is the one that sees to it now, `origin` the one that it first came to.

    The applicant is nobody in the register of people. Towards the database they are known by the
    appeal's own id, which their number and code let them act under. Who they are and what they
    wrote is sealed, and empties when it is forgotten; the row itself stays and counts.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.BigIntegerField(unique=True, editable=False, db_default=NextNumber())
    channel = models.TextField(choices=Channel)
    subject = models.TextField()
    origin = models.ForeignKey(Branch, on_delete=models.PROTECT, related_name="+")
    status = models.TextField(choices=Status, default=Status.RECEIVED)
    received_at = models.DateTimeField()
    register_by = models.DateField()
    registered_at = models.DateTimeField(null=True)
    sealed_applicant = models.BinaryField(null=True)
    sealed_words = models.BinaryField(null=True)
    tell_by = models.TextField(choices=TellBy, default=TellBy.PAGE)
    # That whoever wrote on the public page agreed to be answered, and when.
    agreed_at = models.DateTimeField(null=True)
    # Entered by another unit than the one that saw to it then.
    from_above = models.BooleanField(default=False)
    assigned_to = models.ForeignKey(Post, null=True, on_delete=models.SET_NULL, related_name="+")
    # Of the round that is going on, so that lists need no join.
    due_on = models.DateField()
    closed_at = models.DateTimeField(null=True)
    forgotten_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "appeal"
        constraints = [
            models.CheckConstraint(condition=Q(channel__in=Channel.values), name="appeal_channel"),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="appeal_status"),
            models.CheckConstraint(condition=Q(tell_by__in=TellBy.values), name="appeal_tell_by"),
            models.CheckConstraint(
                condition=Q(status=Status.RECEIVED, registered_at=None)
                | (~Q(status=Status.RECEIVED) & Q(registered_at__isnull=False)),
                name="appeal_registered",
            ),
            models.CheckConstraint(
                condition=Q(status=Status.CLOSED, closed_at__isnull=False)
                | (~Q(status=Status.CLOSED) & Q(closed_at=None)),
                name="appeal_closed",
            ),
            # Nothing of an applicant is kept without their word, or a branch's that took it down.
            models.CheckConstraint(
                condition=~Q(channel=Channel.PAGE) | Q(agreed_at__isnull=False),
                name="appeal_agreed",
            ),
            models.CheckConstraint(
                condition=Q(forgotten_at=None) | Q(sealed_applicant=None, sealed_words=None),
                name="appeal_forgotten",
            ),
            models.CheckConstraint(
                condition=Q(forgotten_at=None) | Q(status=Status.CLOSED),
                name="appeal_forgotten_once_closed",
            ),
        ]
        indexes = [
            models.Index(
                fields=["place", "due_on"],
                condition=Q(status__in=["received", "open"]),
                name="appeal_open_due",
            ),
            models.Index(fields=["place", "-received_at"], name="appeal_place_received"),
        ]

    @classmethod
    def own(cls, scope: Scope) -> Q:
        """The one whose number and code were given."""
        return Q(id=scope.person_id) if scope.person_id else Q()

    def __str__(self) -> str:
        return f"No. {self.number}"

    @property
    def by_applicant(self) -> bool:
        """Whether the applicant wrote it themselves."""
        return self.channel == Channel.PAGE
