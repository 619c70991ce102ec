"""What a person is to the organisation, and when they last said that they want to be in it."""

from django.db import models
from django.db.models import F, Q

from pervichka.foundation.ids import new_id
from pervichka.foundation.postgres.scope import Scope
from pervichka.register.branches.placed import Placed
from pervichka.register.people.models.person import Person


class AffiliationKind(models.TextChoices):
    """The ladder, from the least bond to the closest."""

    CONTACT = "contact"
    SUPPORTER = "supporter"
    CANDIDATE = "candidate"
    MEMBER = "member"


class Affiliation(Placed):
    """What a person is to the organisation, from one day up to but not including another."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="affiliations")
    kind = models.TextField(choices=AffiliationKind)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)

    class Meta:
        db_table = "affiliation"
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(valid_to=None), name="affiliation_one_in_force"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=AffiliationKind.values), name="affiliation_kind"
            ),
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_from__lte=F("valid_to")),
                name="affiliation_dates",
            ),
        ]

    @classmethod
    def own(cls, scope: Scope) -> Q:
        return Q(person=scope.person_id) if scope.person_id else Q()

    def __str__(self) -> str:
        return f"{self.kind} {self.valid_from}–{self.valid_to}"


class Confirmation(Placed):
    """The day on which a person said that they still want to be in the register."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="confirmations")
    confirmed_on = models.DateField()

    class Meta:
        db_table = "confirmation"
        constraints = [
            models.UniqueConstraint(
                fields=["person", "confirmed_on"], name="confirmation_once_a_day"
            )
        ]

    @classmethod
    def own(cls, scope: Scope) -> Q:
        return Q(person=scope.person_id) if scope.person_id else Q()

    def __str__(self) -> str:
        return f"{self.person_id} {self.confirmed_on}"
