"""Lists of people that came in, and who of them may be one person."""

from django.db import models
from django.db.models import F, Q

from pervichka.foundation.ids import new_id
from pervichka.register.branches.placed import Placed
from pervichka.register.people.models.person import Person


class DuplicateSuspicion(Placed):
    """Two records that may be one person: kept apart until someone has looked."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="suspicions")
    other = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="suspected_by")
    reason = models.TextField()

    class Meta:
        db_table = "duplicate_suspicion"
        constraints = [
            models.UniqueConstraint(fields=["person", "other"], name="duplicate_suspicion_once"),
            models.CheckConstraint(condition=~Q(person=F("other")), name="duplicate_of_another"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} and {self.other_id}"


class PeopleImport(models.Model):
    """How far the import of one file has come: written with each batch, in its transaction.

    Holds nothing of the file but its digest, so that an import cut short goes on from there.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    digest = models.TextField()
    actor = models.TextField()
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    up_to_line = models.BigIntegerField(default=1)
    counts = models.JSONField(default=dict)

    class Meta:
        db_table = "people_import"
        constraints = [
            models.UniqueConstraint(
                fields=["digest", "actor"],
                condition=Q(finished_at=None),
                name="people_import_one_unfinished",
            )
        ]

    def __str__(self) -> str:
        return f"{self.digest[:12]} up to {self.up_to_line}"
