"""The branch tree, the precincts of the country, and which branch covers which precinct when.

Dates are half open: a row is in force on `valid_from ≤ day < valid_to`; none means unbounded.
"""

from django.db import models
from django.db.models import F, Q

from pervichka.foundation.ids import new_id


class NextNumber(models.Func):
    """The next of the branches' numbers."""

    template = "nextval('branch_number')"
    output_field = models.BigIntegerField()


class LevelOfTree(models.TextChoices):
    """Levels from the root down; how an organisation calls them is its territory pack's matter."""

    FEDERAL = "federal"
    REGIONAL = "regional"
    LOCAL = "local"
    PRIMARY = "primary"


LEVEL_DEPTH = {level.value: depth for depth, level in enumerate(LevelOfTree)}


class Branch(models.Model):
    """A unit of the organisation.

    `place … place_end` is its preorder interval: a branch lies in the subtree of another if its
    place lies in the other's interval. A branch's own place is the interval's first number.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    # Short and stable, for files of columns outside the database.
    number = models.BigIntegerField(unique=True, editable=False, db_default=NextNumber())
    code = models.TextField(unique=True)
    level = models.TextField(choices=LevelOfTree)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    place = models.BigIntegerField()
    place_end = models.BigIntegerField()
    name = models.TextField()
    name_ru = models.TextField(blank=True, default="")
    voters = models.BigIntegerField(null=True)
    opened_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    merged_into = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="merged_from"
    )
    # Made from a list of precincts, and so kept in step with the next one.
    grown = models.BooleanField(default=False)

    class Meta:
        db_table = "branch"
        constraints = [
            models.UniqueConstraint(fields=["id", "place"], name="branch_id_place"),
            models.UniqueConstraint(
                fields=["place"], name="branch_place", deferrable=models.Deferrable.DEFERRED
            ),
            models.UniqueConstraint(
                fields=["parent"],
                condition=Q(parent=None),
                name="branch_one_root",
                nulls_distinct=False,
            ),
            models.CheckConstraint(condition=Q(place__lte=F("place_end")), name="branch_interval"),
            models.CheckConstraint(condition=Q(level__in=LevelOfTree.values), name="branch_level"),
            models.CheckConstraint(condition=~Q(code=""), name="branch_code_given"),
            models.CheckConstraint(
                condition=Q(voters=None) | Q(voters__gte=0), name="branch_voters"
            ),
            models.CheckConstraint(
                condition=Q(opened_on=None) | Q(closed_on=None) | Q(opened_on__lte=F("closed_on")),
                name="branch_dates",
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | Q(closed_on__isnull=False),
                name="branch_merged_is_closed",
            ),
        ]
        indexes = [models.Index(fields=["level", "place"], name="branch_level_place")]

    def __str__(self) -> str:
        return self.code


class Precinct(models.Model):
    """A polling precinct, for as long as it exists under one number in one region."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    region = models.TextField()
    territory = models.TextField()
    number = models.IntegerField()
    voters = models.IntegerField(null=True)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)

    class Meta:
        db_table = "precinct"
        constraints = [
            models.UniqueConstraint(
                fields=["region", "number"],
                condition=Q(valid_to=None),
                name="precinct_one_in_force",
            ),
            models.CheckConstraint(condition=Q(number__gt=0), name="precinct_number"),
            models.CheckConstraint(
                condition=Q(voters=None) | Q(voters__gte=0), name="precinct_voters"
            ),
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_from__lte=F("valid_to")),
                name="precinct_dates",
            ),
        ]
        indexes = [models.Index(fields=["region", "territory", "number"], name="precinct_key")]

    def __str__(self) -> str:
        return f"{self.region}/{self.number}"


class PrecinctLink(models.Model):
    """A branch covers a precinct, from one day to another."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    precinct = models.ForeignKey(Precinct, on_delete=models.PROTECT, related_name="links")
    branch = models.ForeignKey(Branch, on_delete=models.PROTECT, related_name="precinct_links")
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)

    class Meta:
        db_table = "precinct_link"
        constraints = [
            models.UniqueConstraint(
                fields=["precinct", "branch"],
                condition=Q(valid_to=None),
                name="precinct_link_one_in_force",
            ),
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_from__lte=F("valid_to")),
                name="precinct_link_dates",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.precinct_id} → {self.branch_id}"
