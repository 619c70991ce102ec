"""What was put right after an event was held, and what stood there before."""

from django.db import models
from django.db.models import Q

from pervichka.foundation.ids import new_id
from pervichka.register.branches.placed import Placed
from pervichka.work.events.models.event import Event


class Correction(Placed):
    """One field of an event that was put right. Append-only: the database refuses a change.

    The journal holds names of fields alone, so what stood there before is kept here. `before` and
    `after` never hold names of people: of those who came, only how many.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="corrections")
    field = models.TextField()
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    reason = models.TextField()
    corrected_at = models.DateTimeField()
    corrected_by = models.TextField()

    class Meta:
        db_table = "correction"
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="correction_has_a_reason")
        ]
        indexes = [models.Index(fields=["event", "corrected_at"], name="correction_of_event")]

    def __str__(self) -> str:
        return f"{self.field} of {self.event_id}"
