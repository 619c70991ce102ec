"""The mark of an organisation that is made up."""

from django.db import models


class MadeUpOrganisation(models.Model):
    """The mark of a database whose people and figures are invented; at most one row.

    `made_on` is the day it lives in: its work ends there. `stages` are those parts of it that stand
    already, so that loading cut short goes on.
    """

    single = models.BooleanField(primary_key=True, default=True)
    size = models.TextField()
    seed = models.BigIntegerField()
    made_on = models.DateField()
    stages = models.JSONField(default=list)

    class Meta:
        db_table = "made_up_organisation"
        constraints = [models.CheckConstraint(condition=models.Q(single=True), name="made_up_once")]

    def __str__(self) -> str:
        return f"{self.size}, seed {self.seed}"
