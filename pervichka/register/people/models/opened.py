"""Names that were opened from above the person's own branch, each with the reason given for it."""

from django.db import models
from django.db.models import Q

from pervichka.foundation.ids import new_id
from pervichka.foundation.postgres.scope import Scope
from pervichka.register.branches.placed import Placed
from pervichka.register.people.models.person import Person


class OpenedName(Placed):
    """Somebody above opened a person's name; the person reads who, when and why in My data.

    The journal says that it happened and keeps no values, so the reason stands here. `actor` is the
    journal's code of whoever opened it; `reason` is one of the quick choices' codes or their words.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="openings")
    actor = models.TextField()
    reason = models.TextField()
    opened_at = models.DateTimeField()

    class Meta:
        db_table = "opened_name"
        indexes = [models.Index(fields=["person", "actor", "-opened_at"], name="opened_name_last")]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="opened_name_reason_given")
        ]

    @classmethod
    def own(cls, scope: Scope) -> Q:
        return Q(person=scope.person_id) if scope.person_id else Q()

    def __str__(self) -> str:
        return f"{self.person_id} by {self.actor}"
