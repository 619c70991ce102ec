"""What a person agreed to."""

from django.db import models
from django.db.models import Q

from pervichka.foundation.ids import new_id
from pervichka.foundation.postgres.scope import Scope
from pervichka.register.branches.placed import Placed
from pervichka.register.people.models.person import Person


class Consent(Placed):
    """A person's agreement to a text; asserted by whoever brought it until the person confirms."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="consents")
    text_code = models.TextField()
    given_on = models.DateField(null=True)
    withdrawn_on = models.DateField(null=True)
    asserted = models.BooleanField(default=True)

    class Meta:
        db_table = "consent"
        constraints = [
            models.UniqueConstraint(
                fields=["person", "text_code"],
                condition=Q(withdrawn_on=None),
                name="consent_one_in_force",
            )
        ]

    @classmethod
    def own(cls, scope: Scope) -> Q:
        return Q(person=scope.person_id) if scope.person_id else Q()

    def __str__(self) -> str:
        return f"{self.person_id} {self.text_code}"
