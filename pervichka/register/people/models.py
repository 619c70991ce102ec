"""People of the register: how to reach them, what they are here, what they agreed to."""

from typing import Any

from django.db import models
from django.db.models import F, Q

from pervichka.foundation.ids import new_id
from pervichka.register.branches.placed import Placed
from pervichka.register.people.names import name_key


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
    # What names are compared by, so that «Пётр» and «ПЕТР» are one; follows from the names.
    name_key = models.TextField(editable=False)
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
            models.Index(fields=["place", "last_name", "first_name"], name="person_place_name"),
            models.Index(fields=["born_on", "name_key"], name="person_born_name"),
        ]

    def __str__(self) -> str:
        return self.code

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.name_key = name_key(self.last_name, self.first_name, self.patronymic)
        super().save(*args, **kwargs)

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


class PersonAlias(Placed):
    """Another code by which other systems know a person who turned out to be the same."""

    code = models.TextField(primary_key=True)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="aliases")

    class Meta:
        db_table = "person_alias"
        constraints = [
            models.CheckConstraint(condition=~Q(code=""), name="person_alias_code_given")
        ]

    def __str__(self) -> str:
        return self.code


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
