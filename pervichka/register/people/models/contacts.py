"""How a person is reached."""

from django.db import models
from django.db.models import Q

from pervichka.foundation.ids import new_id
from pervichka.foundation.postgres.scope import Scope
from pervichka.register.branches.placed import Placed
from pervichka.register.people.models.person import Person
from pervichka.register.people.sealed_contacts import opened


class ContactKind(models.TextChoices):
    PHONE = "phone"
    EMAIL = "email"


class ContactPoint(Placed):
    """A phone number (E.164) or an e-mail address of a person; nothing of it lies here in clear.

    One that a person wrote down themself is `unconfirmed` until it is shown to be theirs: till then
    nobody is found by it, so that nobody gets at another's record by another's number.

    Equal values of a kind have equal blind indexes. Within a person they are unique; across people
    they are not, since a family shares a number, and a refusal would tell of people out of sight.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="contact_points")
    kind = models.TextField(choices=ContactKind)
    sealed = models.BinaryField()
    blind_index = models.BinaryField()
    unconfirmed = models.BooleanField(default=False, db_default=False)
    # Since when letters to it come back for good; nothing is sent there any more.
    bounced_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "contact_point"
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind", "blind_index"], name="contact_point_once_a_person"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=ContactKind.values), name="contact_point_kind"
            ),
        ]
        indexes = [models.Index(fields=["blind_index"], name="contact_point_blind")]

    @classmethod
    def own(cls, scope: Scope) -> Q:
        return Q(person=scope.person_id) if scope.person_id else Q()

    def __str__(self) -> str:
        return f"{self.kind} of {self.person_id}"

    @property
    def value(self) -> str:
        """In clear. Raises what the vault raises where its key is missing or wrong."""
        return opened(self.id, self.sealed)
