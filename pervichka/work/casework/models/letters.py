"""Letters to authorities about an appeal, each with a deadline of its own."""

from django.db import models
from django.db.models import Q

from pervichka.foundation.ids import new_id
from pervichka.register.branches.placed import Placed
from pervichka.work.casework.models.appeal import Appeal


class Letter(Placed):
    """A letter to an authority. What it says and what was replied is sealed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    appeal = models.ForeignKey(Appeal, on_delete=models.PROTECT, related_name="letters")
    authority = models.TextField()
    sent_on = models.DateField()
    due_on = models.DateField()
    replied_on = models.DateField(null=True)
    sealed_text = models.BinaryField(null=True)
    sealed_reply = models.BinaryField(null=True)

    class Meta:
        db_table = "appeal_letter"
        constraints = [
            models.CheckConstraint(condition=~Q(authority=""), name="appeal_letter_to_somebody"),
            models.CheckConstraint(
                condition=Q(replied_on=None) | Q(replied_on__gte=models.F("sent_on")),
                name="appeal_letter_replied_after",
            ),
        ]
        indexes = [
            models.Index(
                fields=["place", "due_on"],
                condition=Q(replied_on=None),
                name="appeal_letter_awaited",
            )
        ]

    def __str__(self) -> str:
        return f"letter about {self.appeal_id}"
