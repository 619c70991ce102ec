"""Published standards, the scores computed from them, and the periods that are closed."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from pervichka.foundation.ids import new_id
from pervichka.register.branches.models import Branch
from pervichka.register.branches.placed import Placed


class PublishedStandard(models.Model):
    """A document as it was published; immutable from then on."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    slug = models.TextField()
    version = models.TextField()
    valid_from = models.DateField()
    text = models.TextField()
    fingerprint = models.TextField()
    published_at = models.DateTimeField()
    # Among versions valid from one day the last published is in force.
    sequence = models.BigIntegerField(unique=True)

    class Meta:
        db_table = "published_standard"
        constraints = [
            models.UniqueConstraint(fields=["slug", "version"], name="published_standard_version")
        ]

    def __str__(self) -> str:
        return f"{self.slug} {self.version}"


class Score(models.Model):
    """One living branch in one month: arrays in the document's order.

    Numerators and denominators are nearest doubles of the exact counts. No points where nothing
    applies.
    """

    id = models.BigAutoField(primary_key=True)
    standard = models.ForeignKey(PublishedStandard, on_delete=models.PROTECT, related_name="scores")
    month = models.DateField()
    branch = models.ForeignKey(Branch, on_delete=models.PROTECT, related_name="scores")
    level = models.TextField()
    numerators = ArrayField(models.FloatField(null=True))
    denominators = ArrayField(models.FloatField(null=True))
    values = ArrayField(models.FloatField(null=True))
    indicator_points = ArrayField(models.FloatField(null=True))
    criterion_points = ArrayField(models.FloatField(null=True))
    points = models.FloatField(null=True)
    grade = models.TextField(null=True)  # noqa: DJ001 - no grade is not an empty grade
    # The size band among its level's branches, by which it has its peers.
    band = models.SmallIntegerField(null=True)

    class Meta:
        db_table = "score"
        constraints = [
            models.UniqueConstraint(
                fields=["standard", "month", "branch"], name="score_branch_month"
            )
        ]
        indexes = [
            models.Index(
                fields=["standard", "month", "level", "band", "points"], name="score_peers"
            ),
            models.Index(fields=["branch", "month"], name="score_branch"),
        ]

    def __str__(self) -> str:
        return f"{self.branch_id} {self.month:%Y-%m}: {self.points}"


class ScoredPeriod(models.Model):
    """A month computed under a standard, and, once closed, its link in the chain."""

    id = models.BigAutoField(primary_key=True)
    standard = models.ForeignKey(
        PublishedStandard, on_delete=models.PROTECT, related_name="periods"
    )
    month = models.DateField()
    computed_at = models.DateTimeField()

    class Meta:
        db_table = "scored_period"
        constraints = [
            models.UniqueConstraint(fields=["standard", "month"], name="scored_period_month")
        ]

    def __str__(self) -> str:
        return f"{self.standard_id} {self.month:%Y-%m}"


class ClosedPeriod(models.Model):
    """A closed month: the hash of its numbers and of the standard, chained to the one before."""

    number = models.BigAutoField(primary_key=True)
    standard = models.ForeignKey(
        PublishedStandard, on_delete=models.PROTECT, related_name="closings"
    )
    month = models.DateField()
    closed_at = models.DateTimeField()
    closed_by = models.TextField()
    rows = models.IntegerField()
    numbers_hash = models.TextField()
    previous_hash = models.TextField()
    hash = models.TextField(unique=True)

    class Meta:
        db_table = "closed_period"
        constraints = [
            models.UniqueConstraint(fields=["standard", "month"], name="closed_period_month")
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} closed"


class UnitRequest(Placed):
    """A branch asks the unit above it for help, or says that a number of its is mistaken.

    `words` are the branch's own; `indicator` and `month` are empty where help is asked in general.
    """

    class Kind(models.TextChoices):
        HELP = "help"
        MISTAKE = "mistake"

    id = models.BigAutoField(primary_key=True)
    kind = models.TextField(choices=Kind)
    addressee = models.ForeignKey(Branch, on_delete=models.PROTECT, related_name="+")
    indicator = models.TextField(blank=True, default="")
    month = models.DateField(null=True)
    words = models.TextField()
    asked_by = models.TextField()
    asked_at = models.DateTimeField()
    answer = models.TextField(blank=True, default="")
    answered_by = models.TextField(blank=True, default="")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "unit_request"
        constraints = [
            models.CheckConstraint(condition=~models.Q(words=""), name="unit_request_words_given"),
            models.CheckConstraint(
                condition=models.Q(answered_at=None) | ~models.Q(answer=""),
                name="unit_request_answer_given",
            ),
        ]
        indexes = [
            models.Index(
                fields=["addressee", "-id"],
                name="unit_request_waiting",
                condition=models.Q(answered_at=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id} of {self.branch_id}"
