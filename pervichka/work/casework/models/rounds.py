"""From a question to its end: an appeal that is reopened begins another round."""

from django.db import models
from django.db.models import Q

from pervichka.foundation.ids import new_id
from pervichka.foundation.postgres.scope import Scope
from pervichka.register.branches.placed import Placed
from pervichka.work.casework.models.appeal import Appeal


class Outcome(models.TextChoices):
    SOLVED = "solved"
    SILENT = "silent"  # the applicant had time to object and did not
    REOPENED = "reopened"  # the answer did not solve it
    WITHDRAWN = "withdrawn"  # the applicant had all that they sent destroyed


class ConfirmedBy(models.TextChoices):
    """Who said how it ended: the applicant by their code, or the branch, which was told so."""

    APPLICANT = "applicant"
    BRANCH = "branch"


class Round(Placed):
    """A deadline and what came of it. `number` counts from 1."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    appeal = models.ForeignKey(Appeal, on_delete=models.PROTECT, related_name="rounds")
    number = models.SmallIntegerField()
    opened_at = models.DateTimeField()
    due_on = models.DateField()
    extended_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    outcome = models.TextField(choices=Outcome, blank=True, default="")
    confirmed_by = models.TextField(choices=ConfirmedBy, blank=True, default="")
    rating = models.SmallIntegerField(null=True)

    class Meta:
        db_table = "appeal_round"
        constraints = [
            models.UniqueConstraint(fields=["appeal", "number"], name="appeal_round_number"),
            models.CheckConstraint(
                condition=Q(outcome="", settled_at=None)
                | Q(outcome__in=Outcome.values, settled_at__isnull=False),
                name="appeal_round_settled",
            ),
            # Nothing is solved before it is answered.
            models.CheckConstraint(
                condition=Q(outcome__in=["", Outcome.WITHDRAWN]) | Q(answered_at__isnull=False),
                name="appeal_round_answered_first",
            ),
            # Solved is what somebody said to be so; silence nobody said.
            models.CheckConstraint(
                condition=Q(outcome__in=["", Outcome.SILENT, Outcome.WITHDRAWN], confirmed_by="")
                | Q(
                    outcome__in=[Outcome.SOLVED, Outcome.REOPENED],
                    confirmed_by__in=ConfirmedBy.values,
                ),
                name="appeal_round_confirmed",
            ),
            models.CheckConstraint(
                condition=Q(rating=None) | Q(rating__range=(1, 5), answered_at__isnull=False),
                name="appeal_round_rating",
            ),
        ]

    @classmethod
    def own(cls, scope: Scope) -> Q:
        return Q(appeal=scope.person_id) if scope.person_id else Q()

    def __str__(self) -> str:
        return f"round {self.number} of {self.appeal_id}"
