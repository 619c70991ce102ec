"""Open hours, announced beforehand, and the slots that visitors book in them."""

from django.db import models
from django.db.models import F, Q

from pervichka.foundation.ids import new_id
from pervichka.foundation.postgres.scope import Scope
from pervichka.register.branches.placed import Placed


class NextBookingNumber(models.Func):
    """The next of the numbers that visitors are told."""

    template = "nextval('booking_number')"
    output_field = models.BigIntegerField()


class SurgeryStatus(models.TextChoices):
    ANNOUNCED = "announced"
    HELD = "held"
    CANCELLED = "cancelled"


class Surgery(Placed):
    """Open hours of a branch on one day. Announced ones are public; slots follow one another."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    slot_minutes = models.SmallIntegerField()
    venue = models.TextField()
    status = models.TextField(choices=SurgeryStatus, default=SurgeryStatus.ANNOUNCED)
    announced_at = models.DateTimeField()
    held_at = models.DateTimeField(null=True)
    # How many came, booked or not, as the branch says.
    came = models.IntegerField(null=True)
    cancel_reason = models.TextField(blank=True, default="")
    cancelled_at = models.DateTimeField(null=True)
    # Another unit than the branch itself said that they were held.
    held_from_above = models.BooleanField(default=False)

    class Meta:
        db_table = "surgery"
        constraints = [
            models.UniqueConstraint(fields=["branch", "begins_at"], name="surgery_once"),
            models.CheckConstraint(
                condition=Q(begins_at__lt=F("ends_at")), name="surgery_ends_after"
            ),
            models.CheckConstraint(condition=Q(slot_minutes__range=(5, 120)), name="surgery_slot"),
            models.CheckConstraint(
                condition=Q(status__in=SurgeryStatus.values), name="surgery_status"
            ),
            models.CheckConstraint(
                condition=Q(status=SurgeryStatus.HELD, held_at__isnull=False, came__gte=0)
                | (~Q(status=SurgeryStatus.HELD) & Q(held_at=None, came=None)),
                name="surgery_held",
            ),
            models.CheckConstraint(
                condition=Q(status=SurgeryStatus.CANCELLED, cancelled_at__isnull=False)
                | (~Q(status=SurgeryStatus.CANCELLED) & Q(cancelled_at=None)),
                name="surgery_cancelled",
            ),
        ]
        indexes = [models.Index(fields=["place", "begins_at"], name="surgery_place_begins")]

    @classmethod
    def own(cls, _scope: Scope) -> Q:
        """All: they are a notice on the door. To write them needs the scope; the database sees."""
        return Q(status__in=SurgeryStatus.values)

    def __str__(self) -> str:
        return f"{self.begins_at:%Y-%m-%d %H:%M}"


class Booking(Placed):
    """A slot that somebody booked, known by number and code as an appeal is."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.BigIntegerField(unique=True, editable=False, db_default=NextBookingNumber())
    surgery = models.ForeignKey(Surgery, on_delete=models.PROTECT, related_name="bookings")
    begins_at = models.DateTimeField()
    subject = models.TextField()
    booked_at = models.DateTimeField()
    sealed_visitor = models.BinaryField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    # The visitor said by number and code that they were received.
    received_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "surgery_booking"
        constraints = [
            models.UniqueConstraint(
                fields=["surgery", "begins_at"],
                condition=Q(cancelled_at=None),
                name="surgery_booking_once",
            )
        ]

    @classmethod
    def own(cls, scope: Scope) -> Q:
        return Q(id=scope.person_id) if scope.person_id else Q()

    def __str__(self) -> str:
        return f"booking {self.number}"
