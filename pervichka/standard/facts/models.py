"""Facts: what happened, one row each, derived from work or sent by another system."""

from django.db import models
from django.db.models import Q

from pervichka.register.branches.placed import Placed


class Fact(Placed):
    """One thing that happened in a branch.

    `person` is a code and leads to the register only through it; `value` is in thousandths;
    `evidence` is 0 self-reported, 1 observed, 2 verified. `(source, source_id)` names the record
    behind it: for work done here, the kind of work and the record's own identifier.
    """

    id = models.BigAutoField(primary_key=True)
    kind = models.TextField()
    person = models.TextField(null=True)  # noqa: DJ001 - no person and an empty code differ
    occurred_on = models.DateField()
    value = models.BigIntegerField(default=1000)
    evidence = models.SmallIntegerField(default=0)
    source = models.TextField()
    source_id = models.TextField()
    # The record of work that it is derived from; none for a fact of another system.
    subject = models.UUIDField(null=True)

    class Meta:
        db_table = "fact"
        constraints = [
            models.UniqueConstraint(fields=["source", "source_id"], name="fact_source"),
            models.CheckConstraint(condition=Q(evidence__in=[0, 1, 2]), name="fact_evidence"),
        ]
        indexes = [
            models.Index(fields=["occurred_on"], name="fact_occurred_on"),
            models.Index(fields=["kind", "occurred_on", "place"], name="fact_where_happened"),
            models.Index(fields=["person"], name="fact_person", condition=Q(person__isnull=False)),
            models.Index(
                fields=["subject"], name="fact_subject", condition=Q(subject__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.occurred_on} {self.source}:{self.source_id}"


class RegisteredKind(models.Model):
    """A kind of fact of another system: `x.…`, with the purpose for which it is held."""

    kind = models.TextField(primary_key=True)
    purpose = models.TextField()
    with_person = models.BooleanField(default=False)
    registered_at = models.DateTimeField()

    class Meta:
        db_table = "registered_kind"
        constraints = [
            models.CheckConstraint(condition=Q(kind__startswith="x."), name="registered_kind_name"),
            models.CheckConstraint(condition=~Q(purpose=""), name="registered_kind_purpose"),
        ]

    def __str__(self) -> str:
        return self.kind
