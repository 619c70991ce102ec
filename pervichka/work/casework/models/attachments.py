"""Pictures and documents that belong to an appeal, sealed whole."""

from django.db import models
from django.db.models import Q

from pervichka.foundation.ids import new_id
from pervichka.foundation.postgres.scope import Scope
from pervichka.register.branches.placed import Placed
from pervichka.work.casework.models.appeal import Appeal


class FileKind(models.TextChoices):
    JPEG = "image/jpeg"
    PDF = "application/pdf"


class Attachment(Placed):
    """A file. The name that it came with is not kept: it may say who sent it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    appeal = models.ForeignKey(Appeal, on_delete=models.PROTECT, related_name="attachments")
    kind = models.TextField(choices=FileKind)
    size = models.IntegerField()
    added_at = models.DateTimeField()
    by_applicant = models.BooleanField()
    # What the branch adds for itself, the applicant does not see.
    public = models.BooleanField(default=True)
    sealed_content = models.BinaryField()

    class Meta:
        db_table = "appeal_attachment"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=FileKind.values), name="appeal_attachment_kind"
            ),
            models.CheckConstraint(
                condition=Q(public=True) | Q(by_applicant=False), name="appeal_attachment_shown"
            ),
        ]

    @classmethod
    def own(cls, scope: Scope) -> Q:
        return Q(appeal=scope.person_id, public=True) if scope.person_id else Q()

    def __str__(self) -> str:
        return f"{self.kind} of {self.appeal_id}"
