"""«На меня давили»: what a person tells the control commission, and nobody else."""

from django.db import models
from django.db.models import Q

from pervichka.foundation.ids import new_id
from pervichka.register.branches.models import Branch
from pervichka.register.branches.placed import Placed
from pervichka.register.people.models.person import Person


class PressedTo(models.TextChoices):
    """What somebody was pressed to do."""

    JOIN = "join"
    AGREE = "agree"
    COME = "come"
    OTHER = "other"


class PressureReport(Placed):
    """Somebody of a branch was pressed.

    The row lies at the top of the tree, where the control commission is, so that the database
    itself shows it to no branch below. It leads to a person only where they wish to be called: then
    nobody but the commission learns who it was. There is no room in it for words.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    about = models.ForeignKey(Branch, on_delete=models.PROTECT, related_name="+")
    pressed_to = models.TextField(choices=PressedTo)
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    reported_at = models.DateTimeField()
    handled_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "pressure_report"
        constraints = [
            models.CheckConstraint(
                condition=Q(pressed_to__in=PressedTo.values), name="pressure_report_pressed_to"
            )
        ]
        indexes = [
            models.Index(
                fields=["reported_at"], condition=Q(handled_at=None), name="pressure_report_open"
            )
        ]

    def __str__(self) -> str:
        return f"{self.pressed_to} {self.reported_at:%Y-%m-%d}"
