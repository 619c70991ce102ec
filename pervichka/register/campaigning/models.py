"""Calendars of silence and imprints. Neither leads to a person: both are for everyone to read."""

from django.db import models
from django.db.models import F, Q

from pervichka.foundation.ids import new_id
from pervichka.register.branches.models import Branch


class SilenceCalendar(models.Model):
    """What is known of silence, from one day to another, both included. Insert-only.

    Of several that cover a day the last one loaded holds. On a day that none covers nothing is
    known, and so nobody may campaign.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    covers_from = models.DateField()
    covers_to = models.DateField()
    fingerprint = models.TextField()
    loaded_by = models.TextField()
    loaded_at = models.DateTimeField()

    class Meta:
        db_table = "silence_calendar"
        constraints = [
            models.CheckConstraint(
                condition=Q(covers_from__lte=F("covers_to")), name="silence_calendar_covers"
            )
        ]

    def __str__(self) -> str:
        return f"{self.covers_from}–{self.covers_to}"


class SilencePeriod(models.Model):
    """Whole local days, both included, on which nobody campaigns.

    `region` is the code of a regional branch; empty: everywhere. `what` is by language.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    calendar = models.ForeignKey(SilenceCalendar, on_delete=models.PROTECT, related_name="periods")
    first = models.DateField()
    last = models.DateField()
    region = models.TextField(blank=True, default="")
    what = models.JSONField(default=dict)

    class Meta:
        db_table = "silence_period"
        indexes = [models.Index(fields=["calendar", "last"], name="silence_period_last")]
        constraints = [
            models.CheckConstraint(condition=Q(first__lte=F("last")), name="silence_period_days")
        ]

    def __str__(self) -> str:
        return f"{self.first}–{self.last} {self.region}"


class Imprint(models.Model):
    """What must stand under a branch's campaigning and that of all below it, from a day on.

    Who made it, who ordered and paid it: by language. Insert-only; a later row takes the place of
    an earlier one, and a branch's own that of the branch above.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    branch = models.ForeignKey(Branch, on_delete=models.PROTECT, related_name="+")
    ru = models.TextField()
    en = models.TextField()
    valid_from = models.DateField()
    named_by = models.TextField()
    named_at = models.DateTimeField()

    class Meta:
        db_table = "imprint"
        indexes = [
            models.Index(fields=["branch", "-valid_from", "-named_at"], name="imprint_branch")
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(ru="") & ~Q(en=""), name="imprint_whole")
        ]

    def __str__(self) -> str:
        return f"{self.branch_id} from {self.valid_from}"
