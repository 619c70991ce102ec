"""What happened to an appeal, step by step; notes among them that the applicant never sees."""

from typing import Final

from django.db import models
from django.db.models import Q

from pervichka.foundation.ids import new_id
from pervichka.foundation.postgres.scope import Scope
from pervichka.register.branches.models import Branch
from pervichka.register.branches.placed import Placed
from pervichka.work.casework.models.appeal import Appeal


class StepKind(models.TextChoices):
    RECEIVED = "received"
    REGISTERED = "registered"
    SUBJECT_CHANGED = "subject_changed"
    ASSIGNED = "assigned"
    FORWARDED = "forwarded"
    EXTENDED = "extended"
    NOTE = "note"
    ANSWERED = "answered"
    SOLVED = "solved"
    SILENT = "silent"
    REOPENED = "reopened"
    RATED = "rated"
    LETTER_SENT = "letter_sent"
    LETTER_REPLIED = "letter_replied"
    FILE_ADDED = "file_added"
    WITHDRAWN = "withdrawn"


# What the applicant reads on the status page, and is told of.
PUBLIC: Final = frozenset(
    {
        StepKind.RECEIVED,
        StepKind.REGISTERED,
        StepKind.FORWARDED,
        StepKind.EXTENDED,
        StepKind.ANSWERED,
        StepKind.SOLVED,
        StepKind.SILENT,
        StepKind.REOPENED,
        StepKind.RATED,
        StepKind.LETTER_SENT,
        StepKind.FILE_ADDED,
    }
)


class Step(Placed):
    """One step. Its words are sealed; `told_at` is when the applicant was told of it, and how."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    appeal = models.ForeignKey(Appeal, on_delete=models.PROTECT, related_name="steps")
    kind = models.TextField(choices=StepKind)
    public = models.BooleanField()
    at = models.DateTimeField()
    # The applicant's code, or nothing: who else it was the journal knows.
    by = models.TextField(blank=True, default="")
    sealed_text = models.BinaryField(null=True)
    to = models.ForeignKey(Branch, null=True, on_delete=models.PROTECT, related_name="+")
    told_at = models.DateTimeField(null=True)
    told_through = models.TextField(blank=True, default="")

    class Meta:
        db_table = "appeal_step"
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=StepKind.values), name="appeal_step_kind"),
            models.CheckConstraint(
                condition=Q(told_at=None, told_through="")
                | (Q(told_at__isnull=False, public=True) & ~Q(told_through="")),
                name="appeal_step_told",
            ),
        ]
        indexes = [models.Index(fields=["appeal", "at"], name="appeal_step_of_appeal")]

    @classmethod
    def own(cls, scope: Scope) -> Q:
        return Q(appeal=scope.person_id, public=True) if scope.person_id else Q()

    def __str__(self) -> str:
        return f"{self.kind} of {self.appeal_id}"
