"""People of the register, how to reach them, what they are to the organisation, what they agreed to."""

from django.db import models
from django.db.models import F, Q

from pervichka.foundation.ids import new_id
from pervichka.register.branches.placed import Placed


class AffiliationKind(models.TextChoices):
    """The ladder, from the least bond to the closest."""

    CONTACT = "contact"
    SUPPORTER = "supporter"
    CANDIDATE = "candidate"
    MEMBER = "member"


class ContactKind(models.TextChoices):
    PHONE = "phone"
    EMAIL = "email"


class Person(Placed):
    """A person, in their home branch.

    `code` is what facts and the standard know the person by; `known_since` is the day from which
    the person counts, none meaning always.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.TextField(unique=True)
    last_name = models.TextField(blank=True, default="")
    first_name = models.TextField(blank=True, default="")
    patronymic = models.TextField(blank=True, default="")
    born_on = models.DateField(null=True)
    address = models.TextField(blank=True, default="")
    known_since = models.DateField(null=True)

    class Meta:
        db_table = "person"
        constraints = [
            models.CheckConstraint(
                condition=~Q(last_name="", first_name="", patronymic=""), name="person_named"
            ),
            models.CheckConstraint(condition=~Q(code=""), name="person_code_given"),
        ]
        indexes = [
            models.Index(fields=["place", "last_name", "first_name"], name="person_place_name")
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def full_name(self) -> str:
        names = (self.last_name, self.first_name, self.patronymic)
        return " ".join(name for name in names if name)

    @property
    def short_name(self) -> str:
        """«Иванова А. П.»."""
        initials = " ".join(f"{name[0]}." for name in (self.first_name, self.patronymic) if name)
        return f"{self.last_name} {initials}".strip()


class ContactPoint(Placed):
    """A phone number (E.164) or an e-mail address of a person."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="contact_points")
    kind = models.TextField(choices=ContactKind)
    value = models.TextField()

    class Meta:
        db_table = "contact_point"
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind", "value"], name="contact_point_once_a_person"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=ContactKind.values), name="contact_point_kind"
            ),
        ]
        indexes = [models.Index(fields=["kind", "value"], name="contact_point_value")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.person_id}"


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

    def __str__(self) -> str:
        return f"{self.person_id} {self.confirmed_on}"


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

    def __str__(self) -> str:
        return f"{self.person_id} {self.text_code}"
