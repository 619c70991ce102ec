"""Sheets that are printed to be signed, and what came back of them."""

from django.db import models
from django.db.models import Q

from pervichka.foundation.ids import new_id
from pervichka.foundation.postgres.scope import Scope
from pervichka.register.branches.placed import Placed
from pervichka.register.people.models.person import Person
from pervichka.register.texts.models import Controller


class ConsentSheet(Placed):
    """A printed sheet: which version of which text, for which branch, under which controller.

    Its `number` stands on the paper and ends in two check digits. Nothing on it names a person but
    where it was printed for one. Once counted, it can't be counted again: the database holds that.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.TextField(unique=True)
    text_code = models.TextField()
    text_version = models.IntegerField()
    language = models.TextField()
    controller = models.ForeignKey(Controller, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    printed_by = models.TextField()
    printed_at = models.DateTimeField()
    counted_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "consent_sheet"
        constraints = [
            models.CheckConstraint(
                condition=Q(number__regex=r"^[0-9]{8,20}$"), name="consent_sheet_number"
            )
        ]
        indexes = [models.Index(fields=["branch", "-printed_at"], name="consent_sheet_branch")]

    def __str__(self) -> str:
        return self.number


class SignedSheet(Placed):
    """A sheet came back signed. The picture of it is sealed, and empties when its time is over."""

    sheet = models.OneToOneField(
        ConsentSheet, primary_key=True, on_delete=models.CASCADE, related_name="signed"
    )
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="signed_sheets")
    signed_on = models.DateField()
    recorded_at = models.DateTimeField()
    media_type = models.TextField(blank=True, default="")
    sealed = models.BinaryField(null=True)

    class Meta:
        db_table = "signed_sheet"
        constraints = [
            models.CheckConstraint(
                condition=Q(media_type="", sealed=None)
                | (Q(sealed__isnull=False) & ~Q(media_type="")),
                name="signed_sheet_image",
            )
        ]

    @classmethod
    def own(cls, scope: Scope) -> Q:
        return Q(person=scope.person_id) if scope.person_id else Q()

    def __str__(self) -> str:
        return f"{self.sheet_id} signed"
